import { describe, expect, it } from 'vitest';
import type { IncidentView } from '../../../../src/domain/incident-view/view.ts';
import { incidentCard } from '../../../../src/teams/cards/incident/card.ts';
import type { Viewer } from '../../../../src/teams/cards/incident/viewer.ts';
import { timesIn } from '../../../../src/teams/cards/times.ts';
import { affectedUsers, anIncidentView } from '../../../builders/incident/incident-view.ts';
import { aViewer } from '../../../builders/incident/viewer.ts';
import { textOf } from '../bot-under-test.ts';
import { elementsOf } from './check-card.ts';

const users = affectedUsers(5);
const all = aViewer(
  'operator',
  users.map(({ userId }) => userId),
);

const inputOf = (id: string, fields: Partial<IncidentView>, viewer: Viewer = aViewer('operator')) => {
  const card = incidentCard({
    view: anIncidentView({ users, ...fields }),
    viewer,
    times: timesIn('Europe/Amsterdam', 'UTC'),
    key: null,
    notice: null,
  });
  const input = elementsOf(card).find((one) => one.id === id);
  const values = (input?.choices as { value: string }[] | undefined)?.map(({ value }) => value);
  return { input, values, text: textOf(card) };
};

describe('the Approve form', () => {
  it('offers reasons, and words for another one', () => {
    expect(inputOf('approveWhy', {}).values).toEqual(['leaver', 'moved', 'other']);
    expect(inputOf('approveReason', {}).input?.maxLength).toBe(500);
  });

  it('offers a rule, and says what it would expect, only where one can be made', () => {
    const ruleOffer = 'Removals by Leaver runbook from the group LIC-Leavers';
    const offered = inputOf('ruleFor', { ruleOffer });
    expect(offered.values).toEqual(['no', '30d', '90d', '1y']);
    expect(offered.input?.value, 'no rule unless chosen').toBe('no');
    expect(offered.text).toContain(`This means: ${ruleOffer}. They stay in the history`);
    expect(inputOf('ruleFor', { ruleOffer: null }).input).toBeUndefined();
  });

  it('offers no rule, which would be about everybody, to whoever may act on some', () => {
    const { input, values } = inputOf('ruleFor', { ruleOffer: 'Removals by Anna' }, all);
    expect([input, values]).toEqual([undefined, undefined]);
    expect(inputOf('approveWhy', {}, all).values).toHaveLength(3);
  });
});

describe('the Snooze form', () => {
  it.each<[string, Partial<IncidentView>, Viewer, string[]]>([
    ['an operator', {}, aViewer('operator'), ['incident', 'users', 'skus']],
    [
      'an operator, where a group is behind it',
      { cause: 'group-membership' },
      aViewer('operator'),
      ['incident', 'users', 'skus', 'group'],
    ],
    ['a scoped operator', { cause: 'group-membership' }, all, ['incident', 'users']],
    ['an operator, about nobody', { users: [], userCount: 0 }, aViewer('operator'), ['incident', 'skus']],
  ])('offers what one may be quiet about: %s', (_name, fields, viewer, values) => {
    const about = inputOf('about', fields, viewer);
    expect(about.values).toEqual(values);
    expect(about.input?.value).toBe('incident');
  });

  it('wants a length and a reason', () => {
    expect(inputOf('length', {}).values).toEqual(['4h', '1d', '3d', '7d']);
    expect(inputOf('snoozeReason', {}).input?.isRequired).toBe(true);
  });
});
