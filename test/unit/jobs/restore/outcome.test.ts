import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';
import type { WriteOutcome } from '../../../../src/domain/ports.ts';
import type { StepStatus } from '../../../../src/domain/restore/step.ts';
import { noteOf, skippedBy } from '../../../../src/jobs/restore/outcome.ts';
import { pauseAfter } from '../../../../src/jobs/restore/pause.ts';
import { aRestoreStep } from '../../../builders/incident/decision.ts';

const AT_ONCE = { decidedAt: 0, tried: 0, now: 0 };
const refused: WriteOutcome = { ok: false, retryable: false, code: 'no-seats', message: 'Buy a seat.' };
const busy = (retryAfterMs: number | null) =>
  ({
    ok: false,
    retryable: true,
    code: 'throttled',
    message: 'Microsoft is busy.',
    retryAfterMs,
  }) satisfies WriteOutcome;
const broken: WriteOutcome = { ...busy(null), code: 'server-error' };

describe('what is noted of a step', () => {
  it.each<{
    name: string;
    code?: string;
    outcome: WriteOutcome;
    tried?: number;
    now?: number;
    status: StepStatus;
  }>([
    { name: 'carried out', outcome: { ok: true, changed: true }, status: 'done' },
    { name: 'found so', outcome: { ok: true, changed: false }, status: 'already' },
    {
      name: 'found so after an attempt without an answer: that was ours',
      code: 'timeout',
      outcome: { ok: true, changed: false },
      status: 'done',
    },
    {
      name: 'found so after an attempt that was throttled',
      code: 'throttled',
      outcome: { ok: true, changed: false },
      status: 'already',
    },
    { name: 'refused', outcome: refused, status: 'refused' },
    { name: 'throttled', outcome: busy(null), status: 'planned' },
    { name: 'throttled for hours', outcome: busy(null), tried: 60, now: 9 * HOUR_MS, status: 'planned' },
    { name: 'not answered for an hour', outcome: broken, tried: 60, now: HOUR_MS, status: 'planned' },
    {
      name: 'not answered for more than an hour',
      outcome: broken,
      tried: 4,
      now: HOUR_MS + 1,
      status: 'failed',
    },
    {
      name: 'not answered when its turn came late',
      outcome: broken,
      tried: 3,
      now: HOUR_MS + 1,
      status: 'planned',
    },
  ])('$name: $status', ({ code = null, outcome, tried = 0, now = 0, status }) => {
    expect(noteOf(aRestoreStep({ code }), outcome, { decidedAt: 0, tried, now })).toMatchObject({
      stepNo: 1,
      status,
    });
  });

  it('says of each step that falls with it why', () => {
    const step = aRestoreStep();
    const later = aRestoreStep({ stepNo: 2 });
    expect(skippedBy(step, noteOf(step, refused, AT_ONCE), [step, later])).toEqual([
      {
        decisionId: 'decision-1',
        stepNo: 2,
        status: 'skipped',
        code: 'skipped',
        message: 'A step before it did not succeed: Buy a seat.',
      },
    ]);
    expect(skippedBy(step, noteOf(step, busy(null), AT_ONCE), [step, later])).toEqual([]);
  });
});

describe('the pause before the next batch', () => {
  it.each<{ name: string; outcomes: WriteOutcome[]; tries: number; ms: number }>([
    { name: 'none while all goes well', outcomes: [{ ok: true, changed: true }], tries: 0, ms: 0 },
    { name: 'none while others wait', outcomes: [busy(null)], tries: 0, ms: 0 },
    { name: 'what Microsoft asks for', outcomes: [busy(7_000), busy(3_000)], tries: 0, ms: 7_000 },
    { name: 'five minutes at most', outcomes: [busy(HOUR_MS)], tries: 0, ms: 300_000 },
    { name: 'our own when only the failed are left', outcomes: [busy(null)], tries: 1, ms: 5_000 },
    { name: 'longer each time', outcomes: [busy(null)], tries: 3, ms: 20_000 },
    { name: 'a minute at most of our own', outcomes: [busy(null)], tries: 50, ms: MINUTE_MS },
  ])('is $name', ({ outcomes, tries, ms }) => {
    expect(pauseAfter(outcomes, tries, 1)).toBe(ms);
  });
});
