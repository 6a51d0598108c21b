import type { AttributionContext } from '../../../src/domain/attribution/verdict.ts';

const HOUR = 3_600_000;
const after = Date.parse('2026-11-23T08:15:00Z');

/** Reads at eight and at a quarter past, logs complete, and nothing in them, unless told otherwise. */
export const anAttributionContext = (over: Partial<AttributionContext> = {}): AttributionContext => ({
  observedBefore: after - HOUR / 4,
  observedAfter: after,
  now: after + 30 * HOUR,
  changes: [],
  events: [],
  groups: [],
  serviceIssues: [],
  coverage: [{ source: 'directoryAudits', completeTo: after + 24 * HOUR }],
  auditingEnabled: true,
  ownAppIds: [],
  deletedUserIds: [],
  ...over,
});
