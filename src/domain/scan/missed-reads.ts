import type { ScanRecord } from './scan-record.ts';

/**
 * The reads of the whole tenant that could not be completed since the last one that could, newest first.
 * A targeted read is no such read, and one that we cancelled ourselves tells nothing about the tenant.
 * @param newestFirst recent scans; those before the last good one do not count
 */
export function missedReads(newestFirst: readonly ScanRecord[]): ScanRecord[] {
  const told = newestFirst.filter(
    ({ kind, reasonCode }) => kind !== 'targeted' && reasonCode !== 'cancelled',
  );
  const firstGood = told.findIndex(({ outcome }) => outcome !== 'incomplete');
  return firstGood === -1 ? told : told.slice(0, firstGood);
}
