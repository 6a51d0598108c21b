import { describe, expect, it } from 'vitest';
import { withoutCopies } from '../../../../src/domain/audit/copies.ts';
import { anAuditEvent } from '../../../builders/audit/audit-event.ts';

const licenses = { before: [], after: [] };
const part = (id: string, number: number) =>
  anAuditEvent({ id, sequence: { key: 'k', part: number, of: 3, fragment: '' } });

describe('the copies of an act', () => {
  it.each([
    [
      'in both logs are told once, by the record that says most',
      [
        anAuditEvent({ id: 'a', correlationId: 'c', source: 'activity', actor: null }),
        anAuditEvent({ id: 'd', correlationId: 'c', licenses }),
      ],
      [['d', 'a']],
    ],
    [
      'are known whatever the case of their operation',
      [
        anAuditEvent({ id: 'a', correlationId: 'c', source: 'activity', operation: 'change user License' }),
        anAuditEvent({ id: 'd', correlationId: 'c' }),
      ],
      [['a', 'd']],
    ],
    [
      'in parts are one act',
      [part('p3', 3), part('p1', 1), anAuditEvent({ id: 'other' })],
      [['p3', 'p1'], ['other']],
    ],
    [
      'are not two acts of one log',
      [anAuditEvent({ id: 'one', correlationId: 'c' }), anAuditEvent({ id: 'two', correlationId: 'c' })],
      [['one'], ['two']],
    ],
    [
      'are only what the fuller log has not told',
      [
        anAuditEvent({ id: 'one', correlationId: 'c' }),
        anAuditEvent({ id: 'two', correlationId: 'c' }),
        anAuditEvent({ id: 'a', correlationId: 'c', source: 'activity' }),
      ],
      [['one', 'a'], ['two']],
    ],
    [
      'are not records about others',
      [
        anAuditEvent({ id: 'nora', correlationId: 'c' }),
        anAuditEvent({
          id: 'bo',
          correlationId: 'c',
          source: 'activity',
          targets: [{ kind: 'user', id: 'bo', name: null }],
        }),
      ],
      [['nora'], ['bo']],
    ],
    [
      'are not records without a correlation id',
      [
        anAuditEvent({ id: 'a', correlationId: null, source: 'activity' }),
        anAuditEvent({ id: 'd', correlationId: null }),
      ],
      [['a'], ['d']],
    ],
  ])('%s', (_, events, expected) => {
    const told = withoutCopies(events).map(({ event, copies }) => [event.id, ...copies.map(({ id }) => id)]);
    expect(told).toEqual(expected);
  });
});
