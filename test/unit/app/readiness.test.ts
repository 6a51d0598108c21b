import { describe, expect, it } from 'vitest';
import { readinessLimits } from '../../../src/app/readiness.ts';
import { HOUR_MS, MINUTE_MS, WEEK_MS } from '../../../src/domain/durations.ts';

describe('how old what is known may be', () => {
  it.each([
    { schedule: '*/5 * * * *', limit: 15 * MINUTE_MS, why: 'three of its pauses' },
    { schedule: '0 */2 * * *', limit: 6 * HOUR_MS, why: 'three of its pauses' },
    { schedule: '*/10 * * * * *', limit: 5 * MINUTE_MS, why: 'never sooner than five minutes' },
    { schedule: '0 6 * * 1', limit: 3 * WEEK_MS, why: 'a weekly one' },
  ])('$schedule: $limit ms, $why', ({ schedule, limit }) => {
    const limits = readinessLimits({
      scanSchedule: schedule,
      fullScanSchedule: '0 */6 * * *',
      collectSchedule: '*/5 * * * *',
      timeZone: 'UTC',
    });
    expect(limits).toEqual({ scan: limit, fullScan: 18 * HOUR_MS, collection: 15 * MINUTE_MS });
  });
});
