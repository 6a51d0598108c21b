import type { LicenseDatesRun } from '../../domain/dates/license-dates.ts';
import { DAY_MS, MINUTE_MS } from '../../domain/durations.ts';
import { type DatesRead, TenantReadError } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';

/** Between two pages, ms: 200,000 users take some forty minutes, and nobody else waits for Microsoft because of it. */
const PAUSE_MS = 1_000;
/** A read that was cut off goes on within this time, ms; older than that, what it has is worth reading again. */
const GOES_ON_WITHIN_MS = DAY_MS;

/** What Graph says to a page link that it no longer knows. */
const STALE_LINK: ReadonlySet<string> = new Set(['expired-page', 'refused']);

export type LicenseDatesOutcome = 'read' | 'not-due';

/**
 * Reads Microsoft's dates of everybody's licenses, once a day, page by page with a pause between them, beside the
 * scans: `assignedPlans` would multiply each page of a scan. Every page is kept with the place to go on, so that a
 * read which is cut off goes on there. What is stored is true as of the time at which that user was read.
 * Throws TenantReadError when Microsoft could not be read.
 */
export async function readLicenseDates(
  context: JobContext,
  signal: AbortSignal,
): Promise<LicenseDatesOutcome> {
  const { store, clock } = context;
  const run = await store.licenseDates.run();
  if (run.open === null && run.readAt !== null && clock.now() - run.readAt < DAY_MS) return 'not-due';
  try {
    await readEverybody(context, run.open, signal);
    return 'read';
  } catch (error) {
    if (!(error instanceof TenantReadError) || error.code === 'cancelled') throw error;
    const { code, message } = error;
    // Since when it fails is worth more than when it did last.
    await store.licenseDates.setProblem({ code, message, at: run.problem?.at ?? clock.now() });
    if (run.problem?.message !== message) {
      context.log.warn({ code, reason: message }, 'license dates could not be read');
    }
    throw error;
  }
}

async function readEverybody(
  context: JobContext,
  open: LicenseDatesRun['open'],
  signal: AbortSignal,
): Promise<void> {
  const { store, clock, log } = context;
  const age = open === null ? null : clock.now() - open.startedAt;
  let link = open !== null && age !== null && age >= 0 && age < GOES_ON_WITHIN_MS ? open.next : null;
  let resumed = link !== null;
  if (!resumed) await store.licenseDates.begin(clock.now());
  const seen = new Set<string>();
  const total = { users: 0, leftOut: 0 };
  for (;;) {
    try {
      const page = await keepPage(context, link, signal);
      total.users += page.users;
      total.leftOut += page.leftOut;
      link = page.next;
    } catch (error) {
      if (!resumed || !(error instanceof TenantReadError) || !STALE_LINK.has(error.code)) throw error;
      await store.licenseDates.begin(clock.now());
      link = null;
      resumed = false;
      continue;
    }
    resumed = false;
    if (link === null) break;
    if (seen.has(link)) {
      throw new TenantReadError(
        'paging-loop',
        'To read license dates, Microsoft sent the same page link twice.',
      );
    }
    seen.add(link);
    await clock.sleep(PAUSE_MS, signal);
  }
  await store.licenseDates.finish(clock.now());
  log.info(total, 'license dates were read');
}

async function keepPage(
  { reader, store, clock, onStep }: JobContext,
  link: string | null,
  signal: AbortSignal,
): Promise<{ users: number; leftOut: number; next: string | null }> {
  const readAt = clock.now();
  const { dates, leftOut, next } = await reader.licenseDatesPage(link, signal);
  await store.licenseDates.addPage({ dates: asOf(dates, readAt), next });
  onStep('license-dates:page');
  return { users: dates.length, leftOut, next };
}

const asOf = (dates: readonly DatesRead[], readAt: number) => dates.map((one) => ({ ...one, readAt }));

/** What was read this recently (ms) is not asked for again. */
const FRESH_MS = 10 * MINUTE_MS;
/** An answer waits this long for Microsoft, ms: then it has what was stored before. */
const ANSWER_WAITS_MS = 3_000;

/**
 * Reads Microsoft's dates of a few people's licenses now, when somebody asks about them. What cannot be read in
 * time leaves what is stored as it is; the log says why.
 */
export async function refreshLicenseDates(
  { reader, store, clock, log }: Pick<JobContext, 'reader' | 'store' | 'clock' | 'log'>,
  userIds: readonly string[],
): Promise<void> {
  const now = clock.now();
  const known = new Map((await store.licenseDates.byUsers(userIds)).map((one) => [one.userId, one.readAt]));
  const wanted = userIds.filter((id) => now - (known.get(id) ?? Number.NEGATIVE_INFINITY) > FRESH_MS);
  if (wanted.length === 0) return;
  try {
    const dates = await reader.licenseDatesOf(wanted, AbortSignal.timeout(ANSWER_WAITS_MS));
    await store.licenseDates.put(asOf(dates, now));
  } catch (error) {
    if (!(error instanceof TenantReadError)) throw error;
    log.warn({ code: error.code, reason: error.message }, 'license dates could not be read for an answer');
  }
}
