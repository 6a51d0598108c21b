import type { AuditSource } from '../domain/audit/event.ts';
import { type AuditReader, TenantReadError } from '../domain/ports.ts';
import type { JobContext } from './context.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * How long a source may take to tell what it knows, ms. What lies further back counts as told.
 * Entra's log usually takes minutes; the Management Activity API typically 60 to 90 minutes and promises
 * nothing (Microsoft, "Office 365 Management Activity API", latency).
 */
export const TYPICAL_DELAY_MS: Record<AuditSource, number> = {
  directoryAudits: 5 * 60_000,
  activity: 90 * 60_000,
  auditSearch: 0,
};

/** How far back the first collection reaches, ms: what the sources keep in every tenant. */
const REACH_BACK_MS = 7 * DAY - HOUR;
/** Each collection reads this much again, because records come late, ms. */
const OVERLAP_MS = 3 * HOUR;

/**
 * Brings new records of each source, and the open service issues, into the archive. A source that fails
 * does not stop the others; its coverage stays where it was and `status` says why.
 * @returns how many records were new, and the reasons of the sources that failed
 */
export async function collect(
  context: JobContext,
  signal: AbortSignal,
): Promise<{ added: number; problems: string[] }> {
  let added = 0;
  for (const reader of context.auditReaders) added += await collectFrom(context, reader, signal);
  await collectServiceIssues(context, signal);
  const problems = (await context.store.audit.problems()).map((problem) => problem.message);
  return { added, problems };
}

async function collectFrom(context: JobContext, reader: AuditReader, signal: AbortSignal): Promise<number> {
  const { store, clock, log, metrics } = context;
  const { source } = reader;
  const to = clock.now();
  const covered =
    (await store.audit.coverage()).find((coverage) => coverage.source === source)?.completeTo ?? null;
  const earliest = to - REACH_BACK_MS;
  const from = covered === null ? earliest : Math.max(earliest, covered - OVERLAP_MS);
  let added = 0;
  try {
    for await (const page of reader.read({ from, to }, signal)) {
      added += await store.audit.append(page, clock.now());
    }
    await store.audit.setCoverage(source, Math.max(covered ?? 0, to - TYPICAL_DELAY_MS[source]));
    await store.audit.setProblem(source, null);
  } catch (error) {
    if (!(error instanceof TenantReadError)) throw error;
    await store.audit.setProblem(source, { code: error.code, message: error.message, at: clock.now() });
    log.warn({ source, code: error.code, reason: error.message }, 'audit records could not be collected');
  }
  metrics.auditCollected(source, added);
  return added;
}

async function collectServiceIssues(context: JobContext, signal: AbortSignal): Promise<void> {
  const { reader, store, log } = context;
  try {
    await store.audit.saveServiceIssues(await reader.serviceIssues(signal));
  } catch (error) {
    if (!(error instanceof TenantReadError)) throw error;
    log.warn({ code: error.code, reason: error.message }, 'service health could not be read');
  }
}
