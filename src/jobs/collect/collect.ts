import type { AuditSource } from '../../domain/audit/event.ts';
import type { AuditReader } from '../../domain/ports/audit.ts';
import { SERVICE_HEALTH_READ, TenantReadError } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { noteLeftOut } from '../left-out.ts';
import { noteAnswer, tellFailingSources } from './auditing.ts';
import { collectFeed, type FeedOutcome } from './collect-feed.ts';

/**
 * Brings new records of each feed, and the open service issues, into the archive. A feed that fails does not
 * stop the others; the ledger says what is missing, and `status` why.
 * @returns how many records were new, and the reasons of the sources that could not be read
 */
export async function collect(
  context: JobContext,
  signal: AbortSignal,
): Promise<{ added: number; problems: string[] }> {
  const sources = Map.groupBy(context.auditReaders, ({ feed }) => feed.source);
  // The sources are two services with a pace each; the feeds of one share it.
  const outcomes = await Promise.all(
    [...sources].map(([source, readers]) => collectSource(context, source, readers, signal)),
  );
  await tellFailingSources(context);
  await collectServiceIssues(context, signal);
  const problems = (await context.store.audit.problems()).map((problem) => problem.message);
  return { added: outcomes.reduce((sum, added) => sum + added, 0), problems };
}

async function collectSource(
  context: JobContext,
  source: AuditSource,
  readers: readonly AuditReader[],
  signal: AbortSignal,
): Promise<number> {
  const { store, clock, log, metrics } = context;
  const outcomes: FeedOutcome[] = [];
  for (const reader of readers) outcomes.push(await collectFeed(context, reader, signal));
  const added = outcomes.reduce((sum, outcome) => sum + outcome.added, 0);
  metrics.auditCollected(source, added);
  const problem = outcomes.find((outcome) => outcome.problem)?.problem ?? null;
  // A collection that we stopped ourselves says nothing of the source.
  if (problem?.code === 'cancelled') return added;
  if (problem) {
    const { code, message } = problem;
    await store.audit.setProblem(source, { code, message, at: clock.now() });
    log.warn({ source, code, reason: message }, 'audit records could not be collected');
    if (code === 'auditing-off') await noteAnswer(context, 'off', message);
  } else {
    await store.audit.setProblem(source, null);
  }
  return added;
}

async function collectServiceIssues(context: JobContext, signal: AbortSignal): Promise<void> {
  const { reader, store, log, clock } = context;
  await store.jobs.started(SERVICE_HEALTH_READ, clock.now());
  const done = (ok: boolean, detail: string | null): Promise<void> =>
    store.jobs.finished(SERVICE_HEALTH_READ, clock.now(), ok, detail);
  try {
    const { issues, leftOut } = await reader.serviceIssues(signal);
    await noteLeftOut(context, 'serviceIssues', leftOut);
    await store.audit.saveServiceIssues(issues);
    await done(true, null);
  } catch (error) {
    if (!(error instanceof TenantReadError)) throw error;
    await done(false, error.message);
    log.warn({ code: error.code, reason: error.message }, 'service health could not be read');
  }
}
