import { expect, it } from 'vitest';
import { begun, wasNotRead } from '../../../../src/domain/audit/coverage-runs.ts';
import { plannedWindow } from '../../../../src/domain/audit/coverage-window.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';

/** A window that could not be read so many times, at the end of its hour. */
function putOff(tries: number, random: number): number {
  let window = plannedWindow(0, HOUR_MS, 0);
  for (let attempt = 0; attempt < tries; attempt++) {
    window = wasNotRead(begun(window), { at: HOUR_MS, reason: 'busy', blame: 'window' }, random);
  }
  return (window.dueAt ?? 0) - HOUR_MS;
}

it.each([
  { tries: 1, shortest: 0, longest: 0 },
  { tries: 2, shortest: 5 * MINUTE_MS, longest: 10 * MINUTE_MS },
  { tries: 3, shortest: 10 * MINUTE_MS, longest: 20 * MINUTE_MS },
  { tries: 60, shortest: 30 * MINUTE_MS, longest: HOUR_MS },
])('puts off a window that failed $tries times, half of the pause drawn', ({ tries, shortest, longest }) => {
  expect([0, 0.5, 1].map((random) => putOff(tries, random))).toEqual([
    shortest,
    (shortest + longest) / 2,
    longest,
  ]);
});
