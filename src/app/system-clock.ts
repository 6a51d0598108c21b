import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../domain/ports.ts';

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => wait(ms, undefined, signal ? { signal } : {}),
};
