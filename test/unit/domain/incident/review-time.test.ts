import { expect, it } from 'vitest';
import type { SourceCoverage } from '../../../../src/domain/audit/event.ts';
import { HOUR_MS } from '../../../../src/domain/durations.ts';
import { isReviewDue } from '../../../../src/domain/incident/review-time.ts';

const openedAt = Date.parse('2026-11-23T08:20:00Z');
const logs = (...hours: (number | null)[]): SourceCoverage[] =>
  hours.map((after) => ({
    source: 'directoryAudits',
    completeTo: after === null ? null : openedAt + after * HOUR_MS,
  }));

it.each([
  { name: 'before the first hour is over', since: 0.2, now: 0.9, due: false },
  { name: 'at one hour', since: 0.9, now: 1, due: true },
  { name: 'after one hour, when it was made', since: 1, now: 2, due: false },
  { name: 'at 24 hours', since: 23.9, now: 24.1, due: true },
  { name: 'at 48 hours', since: 47, now: 48, due: true },
  { name: 'at seven days', since: 160, now: 168, due: true },
  { name: 'after an outage over several of them', since: 2, now: 60, due: true },
])('a review $name is due: $due', ({ since, now, due }) => {
  const incident = { openedAt, level: 'unexplained' } as const;
  expect(isReviewDue(incident, logs(0), openedAt + since * HOUR_MS, openedAt + now * HOUR_MS)).toBe(due);
});

it.each([
  { name: 'all logs are complete to a day later', level: 'unexplained', coverage: logs(24, 25), due: true },
  { name: 'one log is not', level: 'unexplained', coverage: logs(24, 23), due: false },
  { name: 'one log was never read', level: 'unexplained', coverage: logs(24, null), due: false },
  { name: 'no log is known', level: 'unexplained', coverage: [], due: false },
  { name: 'it was said already', level: 'unrecorded', coverage: logs(24, 25), due: false },
] as const)('when $name, a review is due: $due', ({ level, coverage, due }) => {
  expect(isReviewDue({ openedAt, level }, coverage, openedAt + 30 * HOUR_MS, openedAt + 31 * HOUR_MS)).toBe(
    due,
  );
});
