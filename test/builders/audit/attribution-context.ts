import type { AttributionContext } from '../../../src/domain/attribution/verdict.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/durations.ts';

const after = Date.parse('2026-11-23T08:15:00Z');

/** Reads at eight and at a quarter past, logs complete, and nothing in them, unless told otherwise. */
export const anAttributionContext = (over: Partial<AttributionContext> = {}): AttributionContext => ({
  observedBefore: after - HOUR_MS / 4,
  observedAfter: after,
  now: after + 30 * HOUR_MS,
  changes: [],
  events: [],
  groups: [],
  serviceIssues: [],
  coverage: [{ source: 'directoryAudits', completeTo: after + DAY_MS }],
  auditingEnabled: true,
  ownAppIds: [],
  deletedUserIds: [],
  ...over,
});
