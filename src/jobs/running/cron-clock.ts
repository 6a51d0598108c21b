import type { Schedule } from './missed-run.ts';

/** The clock is looked at this often, ms. */
const TICK_MS = 1_000;
const SECOND = 1_000;
/** A clock that moved this much more or less than the time that passed was set, ms; slower corrections are none. */
const JUMP_MS = 2_000;
/** After a pause of our own, runs further back are left to catching up, s. */
const LOOK_BACK_S = 60;

export type CronEntry = { schedule: Schedule; start(): void };

export type CronClockParts = {
  /** The time of day, ms UTC; somebody may set it. */
  now(): number;
  /** Ms from some beginning, by a clock that nobody sets. */
  uptime(): number;
  entries: readonly CronEntry[];
  /** The clock was set by so many ms, forward or back, or this machine slept. Nothing was started for what was skipped. */
  onJump(ms: number): void;
};

export type CronClock = { start(): void; tick(): void; stop(): void };

/**
 * Starts what is due by looking at the time every second, instead of waiting for a moment that a clock set back
 * puts off. Every second of the day is looked at once, so that nothing starts twice.
 */
export function createCronClock({ now, uptime, entries, onJump }: CronClockParts): CronClock {
  let timer: NodeJS.Timeout | null = null;
  let last = { wall: now(), up: uptime() };
  /** The last second of the day that was looked at, s UTC. */
  let lookedTo = Math.floor(last.wall / SECOND);

  function tick(): void {
    const here = { wall: now(), up: uptime() };
    const jump = here.wall - last.wall - (here.up - last.up);
    last = here;
    const second = Math.floor(here.wall / SECOND);
    const isBehind = lookedTo - second > JUMP_MS / SECOND;
    if (Math.abs(jump) >= JUMP_MS || isBehind) {
      lookedTo = second;
      onJump(jump);
      return;
    }
    const from = Math.max(lookedTo, second - LOOK_BACK_S) + 1;
    if (from > second) return;
    lookedTo = second;
    for (const { schedule, start } of entries) if (fallsWithin(schedule, from, second)) start();
  }

  return {
    start() {
      timer ??= setInterval(tick, TICK_MS);
    },
    tick,
    stop() {
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}

function fallsWithin(schedule: Schedule, from: number, to: number): boolean {
  for (let second = from; second <= to; second++) {
    if (schedule.match(new Date(second * SECOND))) return true;
  }
  return false;
}
