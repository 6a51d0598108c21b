import type { ScanRecord } from '../../../src/domain/ports.ts';

/** A complete full scan that took five seconds and found nothing, unless told otherwise. */
export const aScanRecord = (over: Partial<ScanRecord> = {}): ScanRecord => ({
  id: 'scan-1',
  kind: 'full',
  startedAt: Date.parse('2026-11-23T08:15:00Z'),
  finishedAt: Date.parse('2026-11-23T08:15:05Z'),
  outcome: 'complete',
  reasonCode: null,
  reason: null,
  usersRead: 0,
  changes: 0,
  ...over,
});
