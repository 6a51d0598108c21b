import type { SourceCoverage } from '../audit/event.ts';
import { DAY_MS, MINUTE_MS } from '../durations.ts';
import type { AttributionContext } from './verdict.ts';

/** Clocks differ: evidence may lie this much outside the two reads. */
export const SLACK_MS = 2 * MINUTE_MS;
/** The group edit, rule or attribute change behind a change may lie this much earlier. */
const LOOK_BACK_MS = DAY_MS;
/** A source that is complete to this long after the later read has told all that it will tell of the change. */
const SETTLED_MS = DAY_MS;

/** Where evidence may lie, ms UTC, both ends included. */
export type Window = { from: number; to: number; rootFrom: number };

/** The window of the records of a change (`from` to `to`), and of what lies behind it (`rootFrom` to `to`). */
export const windowOf = (context: Pick<AttributionContext, 'observedBefore' | 'observedAfter'>): Window => ({
  from: context.observedBefore - SLACK_MS,
  to: context.observedAfter + SLACK_MS,
  rootFrom: context.observedBefore - SLACK_MS - LOOK_BACK_MS,
});

/** Whether a source has no gap from one instant on and is complete to another (ms UTC, both included). */
export const speaksOf = (
  { completeFrom, completeTo }: SourceCoverage,
  span: { from: number; to: number },
): boolean => completeTo !== null && completeTo >= span.to && (completeFrom ?? span.from) <= span.from;

/** The logs that are collected all the time; a search of older records is made on demand and proves no absence. */
export const standingLogs = (coverage: readonly SourceCoverage[]): SourceCoverage[] =>
  coverage.filter(({ source }) => source !== 'auditSearch');

/** The time of which the logs must have told everything before a missing record counts; ms UTC. */
export const settledSpan = ({
  observedBefore,
  observedAfter,
}: Pick<AttributionContext, 'observedBefore' | 'observedAfter'>): { from: number; to: number } => ({
  from: observedBefore,
  to: observedAfter + SETTLED_MS,
});

/**
 * Whether every source has told all that it will tell of changes between these reads. A record that could not
 * be read may be the one that is missed.
 */
export function logsAreComplete(context: AttributionContext): boolean {
  if ((context.unreadRecords ?? 0) > 0) return false;
  const logs = standingLogs(context.coverage);
  const span = settledSpan(context);
  return logs.length > 0 && logs.every((log) => speaksOf(log, span));
}
