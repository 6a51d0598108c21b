import type { AttributionContext } from './verdict.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Clocks differ: evidence may lie this much outside the two reads. */
export const SLACK_MS = 2 * MINUTE;
/** The group edit, rule or attribute change behind a change may lie this much earlier. */
export const LOOK_BACK_MS = 24 * HOUR;
/** A source that is complete to this long after the later read has told all that it will tell of the change. */
const SETTLED_MS = 24 * HOUR;

/** Where evidence may lie, ms UTC, both ends included. */
export type Window = { from: number; to: number; rootFrom: number };

/** The window of the records of a change (`from` to `to`), and of what lies behind it (`rootFrom` to `to`). */
export const windowOf = (context: Pick<AttributionContext, 'observedBefore' | 'observedAfter'>): Window => ({
  from: context.observedBefore - SLACK_MS,
  to: context.observedAfter + SLACK_MS,
  rootFrom: context.observedBefore - SLACK_MS - LOOK_BACK_MS,
});

/** Whether every source has told all that it will tell of changes between these reads. */
export const logsAreComplete = (context: AttributionContext): boolean =>
  context.coverage.length > 0 &&
  context.coverage.every(
    ({ completeTo }) => completeTo !== null && completeTo >= context.observedAfter + SETTLED_MS,
  );
