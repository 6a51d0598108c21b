import { describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';
import type { IncidentFacts } from '../../../../src/domain/incident-view/build-view.ts';
import type { RestoreStep } from '../../../../src/domain/restore/step.ts';
import { aDecision } from '../../../builders/incident/decision.ts';
import { aRequest, done, incidentOf, NORA, NOW, OMAR, reassign, viewOf } from './view-of-two-users.ts';

describe('the undo of a reassign', () => {
  const undone = aDecision({ id: 'decision-2', kind: 'undo', at: NOW - MINUTE_MS, about: reassign.id });
  const takenBack = (decisionId: string, status: RestoreStep['status'] = 'done') => {
    const step = done();
    return { ...step, decisionId, status, action: step.undo ?? step.action, undo: null };
  };
  const cases: { name: string; over: Partial<IncidentFacts>; want: string | null }[] = [
    { name: 'is offered for what was done', over: {}, want: reassign.id },
    {
      name: 'is offered when everything is back',
      over: { incident: incidentOf({ status: 'restored' }) },
      want: reassign.id,
    },
    {
      name: 'is offered for the newest of several',
      over: {
        decisions: [reassign, aDecision({ id: 'decision-2', at: NOW - MINUTE_MS })],
        steps: [done(), done({ decisionId: 'decision-2' })],
      },
      want: 'decision-2',
    },
    {
      name: 'is offered for the one before when the newest is undone',
      over: {
        decisions: [
          reassign,
          aDecision({ id: 'decision-2', at: NOW - MINUTE_MS }),
          aDecision({ id: 'decision-3', kind: 'undo', about: 'decision-2', at: NOW - 30_000 }),
        ],
        steps: [done(), done({ decisionId: 'decision-2' }), takenBack('decision-3')],
      },
      want: reassign.id,
    },
    {
      name: 'is offered to whoever may act on those who got something back',
      over: { acts: new Set([NORA.id]) },
      want: reassign.id,
    },
    {
      name: 'is not offered to whoever may act on others only',
      over: { acts: new Set([OMAR.id]) },
      want: null,
    },
    {
      name: 'is not offered twice',
      over: { decisions: [reassign, undone], steps: [done(), takenBack(undone.id)] },
      want: null,
    },
    {
      name: 'is offered again for what could not be taken back',
      over: { decisions: [reassign, undone], steps: [done(), takenBack(undone.id, 'refused')] },
      want: reassign.id,
    },
    {
      name: 'is not offered after a day',
      over: { decisions: [aDecision({ at: NOW - DAY_MS - 1 })] },
      want: null,
    },
    {
      name: 'is not offered where nothing was changed',
      over: { steps: [done({ status: 'already' })] },
      want: null,
    },
    {
      name: 'is not offered while anything is under way',
      over: { steps: [done(), done({ stepNo: 2, status: 'sending' })] },
      want: null,
    },
    {
      name: 'is not offered while a request waits',
      over: { incident: incidentOf({ request: aRequest() }) },
      want: null,
    },
    {
      name: 'is not offered once the change was approved',
      over: { incident: incidentOf({ status: 'approved' }) },
      want: null,
    },
  ];
  it.each(cases)('$name', ({ over, want }) => {
    const { undo } = viewOf({ decisions: [reassign], steps: [done()], ...over }).can;
    expect(undo?.decisionId ?? null).toBe(want);
  });

  it('says until when, and what it does', () => {
    const { undo } = viewOf({ decisions: [reassign], steps: [done()] }).can;
    expect(undo).toMatchObject({ until: reassign.at + DAY_MS });
    expect(undo?.sentence).toMatch(/^Takes /);
  });
});
