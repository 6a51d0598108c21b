import {
  begun,
  dueRuns,
  missingWindows,
  type ReadFailure,
  type Run,
  wasNotRead,
  wasRead,
  windowsAhead,
  windowsLost,
} from '../../domain/audit/coverage-runs.ts';
import type { CoverageWindow } from '../../domain/audit/coverage-window.ts';
import { numeral } from '../../domain/numerals.ts';
import type { AuditReader } from '../../domain/ports/audit.ts';
import { type ReadFailureCode, TenantReadError } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { noteSwitches } from './auditing.ts';
import { FeedLedger, merged } from './feed-ledger.ts';

/** `problem`: why the feed cannot be read at present; null also when only some of its windows could not. */
export type FeedOutcome = { added: number; problem: TenantReadError | null };

/** Failures of a window alone: the next one may go well. All others are of the whole source. */
const OF_THE_WINDOW: ReadonlySet<ReadFailureCode> = new Set([
  'malformed',
  'invalid-row',
  'paging-loop',
  'too-many-pages',
  'cross-origin',
  'expired-page',
]);

/** The feed has to be opened first, or we stopped ourselves: the window stays as it was begun. */
const NO_OUTCOME: ReadonlySet<ReadFailureCode> = new Set(['closed', 'cancelled']);

/**
 * Reads the windows of a feed that are due, and notes in the ledger what came of each. Records are stored as
 * they come; a window changes in the ledger only after its last page and blob are stored, in one transaction.
 * A process that dies on the way leaves the window as begun, and the next one reads it again.
 */
export async function collectFeed(
  context: JobContext,
  reader: AuditReader,
  signal: AbortSignal,
): Promise<FeedOutcome> {
  const outcome: FeedOutcome = { added: 0, problem: null };
  try {
    const openedAt = await reader.open(signal);
    const ledger = await planned(context, reader, openedAt);
    for (const run of dueRuns(ledger.windows, context.clock.now(), reader.longestReadMs)) {
      outcome.added += await readRun(context, ledger, reader, run, signal);
    }
  } catch (error) {
    if (!(error instanceof TenantReadError)) throw error;
    // Opened at once, it loses as little as possible; what was made until now is noted as lost.
    if (error.code === 'closed') return reopened(context, reader, outcome.added, signal);
    const unwanted = reader.optional && error.code === 'forbidden';
    if (!unwanted) outcome.problem = error;
  }
  return outcome;
}

async function reopened(
  context: JobContext,
  reader: AuditReader,
  added: number,
  signal: AbortSignal,
): Promise<FeedOutcome> {
  try {
    await planned(context, reader, await reader.open(signal));
    return { added, problem: null };
  } catch (error) {
    if (!(error instanceof TenantReadError)) throw error;
    return { added, problem: error };
  }
}

/** The feed's newest windows up to now, with those added that were missing; the store has them as well. */
async function planned(
  context: JobContext,
  { feed }: AuditReader,
  openedAt: number | null,
): Promise<FeedLedger> {
  const now = context.clock.now();
  const ledger = await FeedLedger.open(context.store.audit, feed);
  const ahead = windowsAhead(ledger.windows, now);
  const known = ahead.length === 0 ? ledger.windows : merged(ledger.windows, ahead);
  const news = [...missingWindows(known, now, openedAt), ...windowsLost(known, now, openedAt)];
  if (ahead.length + news.length > 0) await ledger.save([...ahead, ...news]);
  return ledger;
}

async function readRun(
  context: JobContext,
  ledger: FeedLedger,
  reader: AuditReader,
  run: Run,
  signal: AbortSignal,
): Promise<number> {
  const { store, clock } = context;
  const askedAt = clock.now();
  const windows = run.windows.map(begun);
  await ledger.begin(windows);
  context.onStep('collect:begun');
  let added = 0;
  try {
    const unreadable: string[] = [];
    for await (const page of reader.read(run, store.audit.storedContents, signal)) {
      await noteSwitches(context, page.events);
      added += await store.audit.append(page.events, clock.now(), page.contents, context.detector);
      unreadable.push(...page.unreadable);
      context.onStep('collect:page');
    }
    const [first] = unreadable;
    if (first === undefined) {
      await ledger.save(windows.map((window) => wasRead(window, askedAt)));
    } else {
      const reason = unreadable.length === 1 ? first : `${first} (${numeral(unreadable.length)} times)`;
      await failed(context, ledger, reader, windows, { at: askedAt, reason, blame: 'content' });
    }
  } catch (error) {
    if (!(error instanceof TenantReadError) || NO_OUTCOME.has(error.code)) throw error;
    const blame = OF_THE_WINDOW.has(error.code) ? 'window' : 'source';
    await failed(context, ledger, reader, windows, { at: askedAt, reason: error.message, blame });
    if (blame === 'source') throw error;
  }
  context.onStep('collect:read');
  return added;
}

async function failed(
  context: JobContext,
  ledger: FeedLedger,
  { feed }: AuditReader,
  windows: readonly CoverageWindow[],
  failure: ReadFailure,
): Promise<void> {
  // Drawn once: what failed together is read together again.
  const random = context.random();
  await ledger.save(windows.map((window) => wasNotRead(window, failure, random)));
  const { from, to } = { from: windows[0]?.from, to: windows.at(-1)?.to };
  context.log.warn({ ...feed, from, to, reason: failure.reason }, 'audit window could not be read');
}
