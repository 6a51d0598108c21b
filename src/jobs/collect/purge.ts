import { DAY_MS } from '../../domain/durations.ts';
import type { JobContext } from '../context.ts';

/** Why people were alerted or were not is kept for this long, days: a year and a month. */
const NOTES_KEPT_DAYS = 400;

/** Sentences that were not understood or not clear are kept for this long, days. */
const SENTENCES_KEPT_DAYS = 90;

/** What was told in a digest is kept for this long, days: so long it is not told again. */
const DIGEST_KEPT_DAYS = 400;

/**
 * Removes audit records that are older than they are to be kept, forever, and says how many by which policy; what
 * else the archive need not remember goes as well. Policies that cannot be read remove nothing: throws their error
 * after all the rest is done.
 * @returns how many records were removed
 */
export async function purge({
  store,
  clock,
  log,
  retention,
}: Pick<JobContext, 'store' | 'clock' | 'log' | 'retention'>): Promise<number> {
  const at = clock.now();
  await purgeNotes({ store, log }, at);
  const removed = await store.audit.purge(await retention(), at);
  for (const { policy, records } of removed)
    log.info({ policy, removed: records }, 'audit records were purged');
  return removed.reduce((sum, { records }) => sum + records, 0);
}

async function purgeNotes({ store, log }: Pick<JobContext, 'store' | 'log'>, at: number): Promise<void> {
  const notes = await store.alerts.purge(at - NOTES_KEPT_DAYS * DAY_MS);
  if (notes > 0) log.info({ removed: notes, keptDays: NOTES_KEPT_DAYS }, 'notes on alerts were purged');
  const sentences = await store.sentences.purge(at - SENTENCES_KEPT_DAYS * DAY_MS);
  if (sentences > 0) log.info({ removed: sentences, keptDays: SENTENCES_KEPT_DAYS }, 'sentences were purged');
  await store.digest.purge(at - DIGEST_KEPT_DAYS * DAY_MS);
  const pruned = await store.upkeep.prune(at);
  const some = [...pruned].filter(([, rows]) => rows > 0);
  if (some.length > 0) log.info(Object.fromEntries(some), 'rows that nobody needs any more were removed');
}
