import cron from 'node-cron';
import { describe, expect, it } from 'vitest';
import { missedRun } from '../../../src/jobs/running/missed-run.ts';

const at = (text: string): number => Date.parse(`2026-11-23T${text}Z`);
const schedule = (pattern: string) => cron.createTask(pattern, () => undefined, { timezone: 'UTC' });

describe('a run that was due while no process ran', () => {
  it.each([
    { pattern: '*/5 * * * *', last: null, now: '10:00:00', want: true, why: 'it never ran' },
    { pattern: '*/5 * * * *', last: '09:58:00', now: '09:59:30', want: false, why: 'none was due' },
    { pattern: '*/5 * * * *', last: '09:58:00', now: '10:00:10', want: true, why: 'ten o’clock was missed' },
    { pattern: '0 */6 * * *', last: '06:00:00', now: '11:59:00', want: false, why: 'the next is at twelve' },
    { pattern: '0 */6 * * *', last: '06:00:00', now: '12:01:00', want: true, why: 'twelve was missed' },
    {
      pattern: '30 * * * * *',
      last: '10:00:31',
      now: '10:01:10',
      want: false,
      why: 'half a minute is not up',
    },
    { pattern: '30 * * * * *', last: '10:00:31', now: '10:01:31', want: true, why: 'a second was missed' },
  ])('$pattern, last at $last, now $now: $want ($why)', ({ pattern, last, now, want }) => {
    expect(missedRun(schedule(pattern), last === null ? null : at(last), at(now))).toBe(want);
  });
});
