import { describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';
import type { ApprovalRequest } from '../../../../src/domain/incident/decision.ts';
import {
  approveIncident,
  closeIncident,
  closeRequest,
  explainIncident,
  joinIncident,
  openIncident,
  progressIncident,
  requestApproval,
  snoozeIncident,
  undoIncident,
  wakeIncident,
} from '../../../../src/domain/incident/life-cycle.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { anIncidentGroup } from '../../../builders/incident/incident-group.ts';

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
    expect(after).toMatchObject({ status, revision, restoredAt: status === 'restored' ? NOW : null });
  });

  it('counts up its revision with each decision and keeps who was restored', () => {
    const snoozed = snoozeIncident(open, NOW + MINUTE_MS, 'after lunch', NOW);
    expect(snoozed).toMatchObject({
      revision: 2,
      snoozedUntil: NOW + MINUTE_MS,
      snoozeReason: 'after lunch',
    });
    expect(approveIncident(snoozed, NOW)).toMatchObject({ revision: 3, status: 'approved', updatedAt: NOW });
  });
});

const aRequest = (over: Partial<ApprovalRequest> = {}): ApprovalRequest => ({
  id: 'request-1',
  kind: 'reassign',
  by: { aadObjectId: 'megan', tenantId: null, name: 'Megan Bowen' },
  at: NOW,
  expiresAt: NOW + DAY_MS,
  userIds: null,
  way: 'as-it-was',
  undoes: null,
  ...over,
});

describe('an undo', () => {
  const restored = anIncident({ userIds: ['a', 'b'], restoredUserIds: ['a', 'b'], status: 'restored' });
  const undone = undoIncident(restored, ['a', 'b'], NOW);

  it('opens the incident again with nobody restored', () => {
    expect(undone).toMatchObject({
      status: 'open',
      restoredUserIds: [],
      undoneUserIds: ['a', 'b'],
      revision: 2,
    });
  });

  it('is not taken for a restore while its users still hold the license', () => {
    expect(progressIncident(undone, new Set(['a', 'b']), NOW)).toBe(undone);
  });

  it('leaves a user whose license was given back once more restored, after it was seen gone', () => {
    const seenGone = progressIncident(undone, new Set(['b']), NOW);
    expect(seenGone).toMatchObject({ undoneUserIds: ['b'], restoredUserIds: [], status: 'open' });
    expect(progressIncident(seenGone, new Set(['a', 'b']), NOW)).toMatchObject({
      undoneUserIds: ['b'],
      restoredUserIds: ['a'],
    });
  });

  it('of some users leaves the others restored', () => {
    expect(undoIncident(restored, ['a'], NOW)).toMatchObject({
      restoredAt: null,
      restoredUserIds: ['b'],
      undoneUserIds: ['a'],
    });
  });
});

describe('a request for a second operator', () => {
  const waiting = requestApproval(open, aRequest(), NOW);

  it.each([
    { name: 'is over when it is answered', after: closeRequest(waiting, NOW) },
    { name: 'is over when the change is approved', after: approveIncident(waiting, NOW) },
    { name: 'is over when the incident is closed', after: closeIncident(waiting, NOW) },
    { name: 'is over when an undo begins', after: undoIncident(waiting, ['a'], NOW) },
    {
      name: 'is over when everybody has everything back by other means',
      after: progressIncident(waiting, new Set(['a', 'b']), NOW),
    },
  ])('$name', ({ after }) => {
    expect(after.request).toBeNull();
  });

  it('waits on while some are restored, while it is snoozed and when it wakes', () => {
    const some = progressIncident(waiting, new Set(['a']), NOW);
    expect(wakeIncident(snoozeIncident(some, NOW + 1, '', NOW), NOW).request).toEqual(aRequest());
  });

  const joins: { name: string; asked: string[] | null; joining: string[]; want: string[] | null }[] = [
    { name: 'for all is for those of then when others join', asked: null, joining: ['c'], want: ['a', 'b'] },
    { name: 'for all stays for all when one of them loses more', asked: null, joining: ['a'], want: null },
    { name: 'for some stays for these', asked: ['a'], joining: ['c'], want: ['a'] },
  ];
  it.each(joins)('$name', ({ asked, joining, want }) => {
    const before = requestApproval(open, aRequest({ userIds: asked }), NOW);
    const after = joinIncident(before, anIncidentGroup({ userIds: joining }), ['change-9'], NOW);
    expect(after.request?.userIds).toEqual(want);
  });

  const splits: {
    name: string;
    asked: Partial<ApprovalRequest>;
    staying: string[];
    want: string[] | null | undefined;
  }[] = [
    { name: 'for all is for those who stay', asked: {}, staying: ['a'], want: null },
    { name: 'for some loses those who leave', asked: { userIds: ['a', 'b'] }, staying: ['a'], want: ['a'] },
    { name: 'for those who left is void', asked: { userIds: ['b'] }, staying: ['a'], want: undefined },
    {
      name: 'for an undo takes back what was written, whoever stays',
      asked: { kind: 'undo', userIds: ['b'], undoes: 'decision-1' },
      staying: ['a'],
      want: ['b'],
    },
  ];
  it.each(splits)('$name when late evidence takes the incident apart', ({ asked, staying, want }) => {
    const before = requestApproval(open, aRequest(asked), NOW);
    const group = anIncidentGroup({ userIds: staying, cause: 'admin-action' });
    expect(explainIncident(before, group, ['change-9'], NOW).request?.userIds).toEqual(want);
  });
});

describe('changes that join an incident', () => {
  it('leave a snooze in force, and keep that somebody is watched', () => {
    const before = snoozeIncident(
      anIncident({ userIds: ['a'], watched: true }),
      NOW + MINUTE_MS,
      'later',
      NOW,
    );
    const after = joinIncident(before, anIncidentGroup({ userIds: ['b'] }), ['change-9'], NOW);
    expect(after).toMatchObject({ snoozedUntil: NOW + MINUTE_MS, watched: true, userIds: ['a', 'b'] });
  });

  it('take back that a user was restored, or that an undo of theirs waits to be seen', () => {
    const before = anIncident({ userIds: ['a', 'b'], restoredUserIds: ['a'], undoneUserIds: ['b'] });
    const after = joinIncident(before, anIncidentGroup({ userIds: ['a', 'b'] }), ['change-9'], NOW);
    expect(after).toMatchObject({ restoredUserIds: [], undoneUserIds: [] });
  });

  it('open an incident that nobody has decided anything about yet', () => {
    expect(openIncident(anIncidentGroup(), ['change-1'], 'incident-1', NOW)).toMatchObject({
      status: 'open',
      revision: 1,
      request: null,
      hiddenByRuleId: null,
      exceededRuleId: null,
      undoneUserIds: [],
      snoozedUntil: null,
    });
  });
});

describe('an approval', () => {
  it('ends a snooze, and hides nothing: a rule made of it names the incident', () => {
    const snoozed = snoozeIncident(open, NOW + MINUTE_MS, 'later', NOW);
    expect(approveIncident(snoozed, NOW)).toMatchObject({
      status: 'approved',
      hiddenByRuleId: null,
      snoozedUntil: null,
      snoozeReason: null,
    });
  });
});
