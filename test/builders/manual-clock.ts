import type { Clock } from '../../src/domain/ports.ts';

export type ManualClock = Clock & {
  /** Every pause that was asked for, ms. */
  readonly pauses: number[];
  advance(ms: number): void;
};

/** A clock in which sleeping takes no time but moves the time on. `startAt` is ms UTC. */
export function aManualClock(startAt = Date.parse('2026-11-23T09:00:00Z')): ManualClock {
  let now = startAt;
  const pauses: number[] = [];
  return {
    pauses,
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      pauses.push(ms);
      now += ms;
    },
  };
}
