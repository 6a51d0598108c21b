import type { JobContext } from './context.ts';

const DAY = 86_400_000;

/**
 * Removes audit records that are older than they are to be kept, for ever, and says how many; what else the
 * archive need not remember goes as well.
 * @param keptDays null keeps every record
 * @returns how many records were removed
 */
export async function purge(
  { store, clock, log }: Pick<JobContext, 'store' | 'clock' | 'log'>,
  keptDays: number | null,
): Promise<number> {
  const at = clock.now();
  const before = keptDays === null ? null : at - keptDays * DAY;
  const removed = await store.audit.purge(before, at);
  if (before !== null) {
    log.info({ removed, before: new Date(before).toISOString(), keptDays }, 'audit records were purged');
  }
  return removed;
}
