import { expect, it } from 'vitest';
import type { Subject } from '../../../../src/domain/access/person.ts';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import { silenceOver } from '../../../../src/domain/suppression/silence-over.ts';
import type { Silence } from '../../../../src/domain/suppression/suppression.ts';
import { aSilence } from '../../../builders/incident/suppression.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');
const over = (kind: Subject['kind'], id: string, days: number, rest: Partial<Silence> = {}): Silence =>
  aSilence({ subject: { kind, id }, until: NOW + days * DAY_MS, reason: `${kind} ${id}`, ...rest });

const incident = { userIds: ['u1', 'u2'], skuIds: ['e3', 'visio'], groupId: 'sales' };

it.each<{ name: string; silences: Silence[]; days: number | null; of?: Partial<typeof incident> }>([
  { name: 'no silence', silences: [], days: null },
  { name: 'one of its users', silences: [over('user', 'u1', 3)], days: null },
  {
    name: 'each of its users, until the first may be told of again',
    silences: [over('user', 'u1', 3), over('user', 'u2', 1)],
    days: 1,
  },
  {
    name: 'a user twice, counted with the longer one',
    silences: [over('user', 'u1', 1), over('user', 'u1', 5), over('user', 'u2', 4)],
    days: 4,
  },
  { name: 'one of its products', silences: [over('sku', 'e3', 3)], days: null },
  { name: 'each of its products', silences: [over('sku', 'e3', 3), over('sku', 'visio', 2)], days: 2 },
  { name: 'its group', silences: [over('group', 'sales', 7)], days: 7 },
  { name: 'another group', silences: [over('group', 'leavers', 7)], days: null },
  {
    name: 'its group and its products, for as long as one of them holds',
    silences: [over('group', 'sales', 1), over('sku', 'e3', 3), over('sku', 'visio', 2)],
    days: 2,
  },
  { name: 'a silence that is over', silences: [over('group', 'sales', 0)], days: null },
  { name: 'a silence that was lifted', silences: [over('group', 'sales', 7, { endedAt: NOW })], days: null },
  {
    name: 'a user whose id is that of the group',
    silences: [over('user', 'sales', 7)],
    days: null,
  },
  {
    name: 'nothing of an incident without users, products and group',
    silences: [over('user', 'u1', 3)],
    days: null,
    of: { userIds: [], skuIds: [] },
  },
])('with silence over $name an incident is quiet for $days days', ({ silences, days, of }) => {
  const quiet = silenceOver({ ...incident, ...of }, silences, NOW);
  expect(quiet?.until ?? null).toBe(days === null ? null : NOW + days * DAY_MS);
});

it('tells the reason of the silence that decides', () => {
  const silences = [over('group', 'sales', 1), over('user', 'u1', 9), over('user', 'u2', 3)];
  expect(silenceOver(incident, silences, NOW)?.reason).toBe('user u2');
});
