import type { AuditReader } from '../../domain/audit/archive.ts';
import { extentOf, LICENSE_FEED } from '../../domain/audit/coverage-extent.ts';
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
} from '../../domain/audit/coverage-plan.ts';
import type { CoverageWindow } from '../../domain/audit/coverage-window.ts';
import { DAY_MS } from '../../domain/durations.ts';
import { numeral } from '../../domain/numerals.ts';
import { type ReadFailureCode, TenantReadError } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { noteSwitches } from './auditing.ts';

/** What is known of a feed beyond what its source keeps, so that an old hole is seen, ms. */
const LEDGER_MS = 10 * DAY_MS;

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
    const windows = await planned(context, reader, openedAt);
    for (const run of dueRuns(windows, context.clock.now(), reader.longestReadMs)) {
      outcome.added += await readRun(context, reader, run, signal);
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

/** The feed's newest windows up to now, with those added that were missing; the ledger has them as well. */
async function planned(
  context: JobContext,
  { feed }: AuditReader,
  openedAt: number | null,
): Promise<CoverageWindow[]> {
  const now = context.clock.now();
  const stored = await context.store.audit.windows(feed, LEDGER_MS);
  const ahead = windowsAhead(stored, now);
  const known = ahead.length === 0 ? stored : merged(stored, ahead);
  const news = [...missingWindows(known, now, openedAt), ...windowsLost(known, now, openedAt)];
  if (ahead.length + news.length === 0) return known;
  await save(context, feed, [...ahead, ...news]);
  return merged(known, news);
}

async function readRun(
  context: JobContext,
  reader: AuditReader,
  run: Run,
  signal: AbortSignal,
): Promise<number> {
  const { store, clock } = context;
  const { feed } = reader;
  const askedAt = clock.now();
  const windows = run.windows.map(begun);
  await store.audit.saveWindows(feed, windows, null);
  context.onStep('collect:begun');
  let added = 0;
  try {
    const unreadable: string[] = [];
    for await (const page of reader.read(run, store.audit.storedContents, signal)) {
      await noteSwitches(context, page.events);
      added += await store.audit.append(page.events, clock.now(), page.contents);
      unreadable.push(...page.unreadable);
      context.onStep('collect:page');
    }
    const [first] = unreadable;
    if (first === undefined) {
      await save(
        context,
        feed,
        windows.map((window) => wasRead(window, askedAt)),
      );
    } else {
      const reason = unreadable.length === 1 ? first : `${first} (${numeral(unreadable.length)} times)`;
      await failed(context, reader, windows, { at: askedAt, reason, blame: 'content' });
    }
  } catch (error) {
    if (!(error instanceof TenantReadError) || NO_OUTCOME.has(error.code)) throw error;
    const blame = OF_THE_WINDOW.has(error.code) ? 'window' : 'source';
    await failed(context, reader, windows, { at: askedAt, reason: error.message, blame });
    if (blame === 'source') throw error;
  }
  context.onStep('collect:read');
  return added;
}

async function failed(
  context: JobContext,
  { feed }: AuditReader,
  windows: readonly CoverageWindow[],
  failure: ReadFailure,
): Promise<void> {
  // Drawn once: what failed together is read together again.
  const random = context.random();
  await save(
    context,
    feed,
    windows.map((window) => wasNotRead(window, failure, random)),
  );
  const { from, to } = { from: windows[0]?.from, to: windows.at(-1)?.to };
  context.log.warn({ ...feed, from, to, reason: failure.reason }, 'audit window could not be read');
}

/** Writes windows, and where they tell of licenses also how far that makes the source complete. */
async function save(
  context: JobContext,
  feed: AuditReader['feed'],
  windows: readonly CoverageWindow[],
): Promise<void> {
  const { audit } = context.store;
  if (LICENSE_FEED[feed.source] !== feed.contentType) return audit.saveWindows(feed, windows, null);
  const earlier = (await audit.coverage()).find(({ source }) => source === feed.source) ?? null;
  const all = merged(await audit.windows(feed, LEDGER_MS), windows);
  return audit.saveWindows(feed, windows, extentOf(feed.source, all, earlier));
}

/** The windows with the new ones in place of those with the same beginning, in order. */
const merged = (old: readonly CoverageWindow[], news: readonly CoverageWindow[]): CoverageWindow[] =>
  [...new Map([...old, ...news].map((window) => [window.from, window])).values()].sort(
    (a, b) => a.from - b.from,
  );
