import { DAY_MS } from '../../domain/durations.ts';
import type { JobContext } from '../context.ts';

/** Why people were alerted or were not is kept for this long, days: a year and a month. */
const NOTES_KEPT_DAYS = 400;

/** Sentences that were not understood or not clear are kept for this long, days. */
const SENTENCES_KEPT_DAYS = 90;

/** What was told in a digest is kept for this long, days: so long it is not told again. */
const DIGEST_KEPT_DAYS = 400;

/**
 * Removes audit records that are older than they are to be kept, forever, and says how many; what else the
 * archive need not remember goes as well.
 * @param keptDays null keeps every record
 * @returns how many records were removed
 */
export async function purge(
  { store, clock, log }: Pick<JobContext, 'store' | 'clock' | 'log'>,
  keptDays: number | null,
): Promise<number> {
  const at = clock.now();
  const before = keptDays === null ? null : at - keptDays * DAY_MS;
  const removed = await store.audit.purge(before, at);
  const notes = await store.alerts.purge(at - NOTES_KEPT_DAYS * DAY_MS);
  if (notes > 0) log.info({ removed: notes, keptDays: NOTES_KEPT_DAYS }, 'notes on alerts were purged');
  const sentences = await store.sentences.purge(at - SENTENCES_KEPT_DAYS * DAY_MS);
  if (sentences > 0) log.info({ removed: sentences, keptDays: SENTENCES_KEPT_DAYS }, 'sentences were purged');
  await store.digest.purge(at - DIGEST_KEPT_DAYS * DAY_MS);
  if (before !== null) {
    log.info({ removed, before: new Date(before).toISOString(), keptDays }, 'audit records were purged');
  }
  return removed;
}
