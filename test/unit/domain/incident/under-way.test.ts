import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../src/domain/durations.ts';
import { usersUnderWay } from '../../../../src/domain/incident-view/under-way.ts';
import type { RestoreStep } from '../../../../src/domain/restore/step.ts';
import { aRestoreStep } from '../../../builders/incident/decision.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { someRestoreFacts } from '../../../builders/restore/restore-facts.ts';

const NORA = '11111111-0000-4000-8000-000000000001';
const DONE_AT = Date.parse('2026-11-23T09:00:00Z');
const done = (over: Partial<RestoreStep> = {}) =>
  aRestoreStep({ status: 'done', updatedAt: DONE_AT, ...over });
const later = (over: Partial<RestoreStep>) => done({ decisionId: 'decision-2', ...over });

const without = aUserState();
const withE3 = aUserState({ assignments: [anAssignment()] });

describe('for whom what was decided is not over', () => {
  it.each([
    { when: 'nothing was decided', steps: [], want: false },
    { when: 'a step is planned', steps: [aRestoreStep()], want: true },
    { when: 'a step is on its way', steps: [done({ status: 'sending' })], want: true },
    { when: 'it is done, and the last read does not show it', steps: [done()], want: true },
    {
      when: 'it was so already, and the last read is older',
      steps: [done({ status: 'already' })],
      want: true,
    },
    { when: 'the last read shows it', steps: [done()], state: withE3, want: false },
    { when: 'Microsoft refused it', steps: [done({ status: 'refused' })], want: false },
    {
      when: 'one of two steps failed',
      steps: [done(), done({ stepNo: 2, status: 'failed' })],
      want: false,
    },
    {
      when: 'it does not show after half an hour',
      steps: [done()],
      now: DONE_AT + 30 * MINUTE_MS + 1,
      want: false,
    },
    {
      when: 'it does not show after just half an hour',
      steps: [done()],
      now: DONE_AT + 30 * MINUTE_MS,
      want: true,
    },
    {
      when: 'the license was lost once more since',
      steps: [done()],
      lostAt: DONE_AT + 1,
      want: false,
    },
    {
      when: 'the last of two decisions failed',
      steps: [done(), later({ status: 'failed' })],
      want: false,
    },
    { when: 'it is about somebody else', steps: [done({ userIds: ['another'] })], want: false },
  ])('$when: $want', ({ steps, state = without, now = DONE_AT + MINUTE_MS, lostAt, want }) => {
    const changes = [aChange(lostAt === undefined ? {} : { observedAfter: lostAt })];
    const facts = someRestoreFacts({ changes, present: [state], now });
    expect(usersUnderWay(steps, facts).has(NORA)).toBe(want);
  });

  it('is an account that was restored and has not been read', () => {
    const step = done({ action: { kind: 'restore-account', userId: NORA } });
    const facts = someRestoreFacts({ now: DONE_AT + MINUTE_MS });
    expect([...usersUnderWay([step], facts)]).toEqual([NORA]);
  });
});
