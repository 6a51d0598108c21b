import { describe, expect, it } from 'vitest';
import { readinessLimits } from '../../src/compose-readiness.ts';

const HOUR = 60 * 60_000;

describe('how old what is known may be', () => {
  it.each([
    { schedule: '*/5 * * * *', hours: 1, why: 'at least an hour, so that one slow read is no outage' },
    { schedule: '0 */2 * * *', hours: 6, why: 'three of its pauses' },
    { schedule: '*/10 * * * * *', hours: 1, why: 'seconds are fine' },
    { schedule: '0 6 * * 1', hours: 3 * 7 * 24, why: 'a weekly one' },
  ])('$schedule: $hours h, $why', ({ schedule, hours }) => {
    const limits = readinessLimits({
      scanSchedule: schedule,
      collectSchedule: '*/5 * * * *',
      timeZone: 'UTC',
    });
    expect(limits).toEqual({ scanAge: hours * HOUR, collectionAge: HOUR });
  });
});
