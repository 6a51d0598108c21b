import { MINUTE_MS } from '../durations.ts';
import { type CoverageWindow, isLost } from './coverage-window.ts';
import type { AuditSource, SourceCoverage } from './event.ts';

/**
 * How long a source usually takes to tell what happened, ms. What lies further back than this before a
 * complete read counts as told. Entra's log takes minutes; the Management Activity API typically 60 to 90
 * minutes and promises nothing (Microsoft, "Office 365 Management Activity API", latency).
 */
const TYPICAL_DELAY_MS: Record<AuditSource, number> = {
  directoryAudits: 5 * MINUTE_MS,
  activity: 90 * MINUTE_MS,
  auditSearch: 0,
};

/**
 * Between which times a source has told everything, as its windows say: from the end of the last hole to the
 * first window that is not read. Late records apart, for which the hours are read again. A source that was
 * opened so lately that it may not have told anything yet is complete to no time: never to one before its own
 * beginning.
 * @param windows the newest windows of the feed that tells of licenses, in order
 * @param earlier what was known of the source before; the windows may not reach back to its beginning
 */
export function extentOf(
  source: AuditSource,
  windows: readonly CoverageWindow[],
  earlier: SourceCoverage | null,
): SourceCoverage {
  const afterHole = windows.findLastIndex(isLost) + 1;
  const known = windows.slice(afterHole);
  const first = known[0]?.from ?? null;
  const before = afterHole === 0 ? (earlier?.completeFrom ?? first) : first;
  const from = first !== null && before !== null ? Math.min(first, before) : first;
  let readTo: number | null = null;
  for (const window of known) {
    if (window.readTo === null) break;
    readTo = window.readTo;
    if (window.readTo < window.to) break;
  }
  if (readTo === null) return { source, completeTo: null, completeFrom: null };
  const completeTo = readTo - TYPICAL_DELAY_MS[source];
  return { source, completeTo: completeTo < (from ?? completeTo) ? null : completeTo, completeFrom: from };
}

/** Which feed of a source tells of licenses; the others hold mail, files and the rest. */
export const LICENSE_FEED: Readonly<Record<AuditSource, string>> = {
  directoryAudits: 'directoryAudits',
  activity: 'Audit.AzureActiveDirectory',
  auditSearch: 'auditLogQueries',
};
