import { describe, expect, it } from 'vitest';
import {
  approveIncident,
  progressIncident,
  snoozeIncident,
} from '../../../../src/domain/incident/life-cycle.ts';
import { anIncident } from '../../../builders/incident.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');
const open = anIncident({ userIds: ['a', 'b'] });

describe('the life of an incident', () => {
  it.each([
    {
      name: 'nobody has it back: the same incident',
      before: open,
      restored: [],
      status: 'open',
      revision: 1,
    },
    {
      name: 'one of two has it back: still open',
      before: open,
      restored: ['a'],
      status: 'open',
      revision: 2,
    },
    {
      name: 'both have it back: restored',
      before: open,
      restored: ['a', 'b'],
      status: 'restored',
      revision: 2,
    },
    {
      name: 'one lost it again: open, and said',
      before: anIncident({ userIds: ['a', 'b'], restoredUserIds: ['a'] }),
      restored: [],
      status: 'open',
      revision: 2,
    },
    {
      name: 'an approved incident stays approved',
      before: anIncident({ userIds: ['a'], status: 'approved' }),
      restored: ['a'],
      status: 'approved',
      revision: 1,
    },
    {
      name: 'a tenant-wide incident without users is not restored by anyone',
      before: anIncident({ userIds: [] }),
      restored: [],
      status: 'open',
      revision: 1,
    },
  ])('$name', ({ before, restored, status, revision }) => {
    const after = progressIncident(before, new Set(restored), NOW);
    expect(after).toMatchObject({ status, revision });
  });

  it('counts up its revision with each decision and keeps who was restored', () => {
    const snoozed = snoozeIncident(open, NOW + 60_000, 'after lunch', NOW);
    expect(snoozed).toMatchObject({ revision: 2, snoozedUntil: NOW + 60_000, snoozeReason: 'after lunch' });
    expect(approveIncident(snoozed, NOW)).toMatchObject({ revision: 3, status: 'approved', updatedAt: NOW });
  });
});
