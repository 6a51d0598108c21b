import cron from 'node-cron';
import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import { createCronClock } from '../../../src/jobs/running/cron-clock.ts';

/** A clock that ticks each second, and can be set. */
function aDay(pattern: string) {
  let wall = Date.parse('2026-11-23T09:59:30Z');
  let up = 0;
  const starts: number[] = [];
  const jumps: number[] = [];
  const clock = createCronClock({
    now: () => wall,
    uptime: () => up,
    entries: [
      {
        schedule: cron.createTask(pattern, () => undefined, { timezone: 'UTC' }),
        start: () => starts.push(up),
      },
    ],
    onJump: (ms) => jumps.push(ms),
  });
  return {
    starts,
    jumps,
    pass(ms: number) {
      for (const end = up + ms; up < end; ) {
        up += 1_000;
        wall += 1_000;
        clock.tick();
      }
    },
    set(ms: number) {
      wall += ms;
    },
  };
}

describe('schedules by a clock that is set', () => {
  it('start once for each time that comes', () => {
    const day = aDay('* * * * *');
    day.pass(5 * MINUTE_MS);
    expect(day.starts).toHaveLength(5);
    expect(day.jumps).toEqual([]);
  });

  it.each([
    ['three hours forward', 3 * HOUR_MS],
    ['three minutes forward', 3 * MINUTE_MS],
    ['three hours back', -3 * HOUR_MS],
    ['three minutes back', -3 * MINUTE_MS],
    ['five seconds back', -5_000],
  ])('go on within a minute when it is set %s', (_what, ms) => {
    const day = aDay('* * * * *');
    day.pass(MINUTE_MS);
    day.set(ms);
    const before = day.starts.length;
    day.pass(MINUTE_MS + 1_000);
    expect(day.jumps).toEqual([ms]);
    expect(day.starts.length).toBeGreaterThan(before);
  });

  it('start nothing twice when it is corrected by a second', () => {
    const day = aDay('* * * * *');
    day.pass(31_000);
    day.set(-1_500);
    day.pass(10_000);
    expect(day.starts).toHaveLength(1);
    expect(day.jumps).toEqual([]);
  });
});
