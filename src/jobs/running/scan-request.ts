import { MINUTE_MS } from '../../domain/durations.ts';
import type { ScanRequested } from '../../domain/scan/scan-requested.ts';
import type { JobContext } from '../context.ts';
import type { Lease } from '../lease.ts';

const SCAN_REQUEST = 'scan-request';
/** A last read that Microsoft throttled is worth a word for this long, ms. */
const RECENTLY_MS = 15 * MINUTE_MS;

export type ScanRequests = {
  /** Notes the request as a row, so that it reaches the process that runs the jobs, and outlives a crash. */
  ask(): Promise<ScanRequested>;
  /** Whether somebody has asked since the last time; asked of the process that runs the jobs. */
  take(): Promise<boolean>;
};

/**
 * Requests to read the tenant now.
 * @param leads whether this process runs the jobs
 * @param placeOf the host and process of a lease's holder, for people
 */
export function createScanRequests(
  { store, clock, log }: JobContext,
  lease: Lease,
  leads: () => boolean,
  placeOf: (holder: string) => string,
): ScanRequests {
  async function judge(): Promise<ScanRequested> {
    let by: string | null = null;
    if (!leads()) {
      const held = await lease.current();
      if (held?.time !== 'running') {
        await store.jobs.started(SCAN_REQUEST, clock.now());
        return { kind: 'no-leader', last: held ? placeOf(held.holder) : null };
      }
      by = placeOf(held.holder);
    }
    const run = await store.jobs.last('scan');
    if (run && run.finishedAt === null) return { kind: 'running', since: run.startedAt, by };
    await store.jobs.started(SCAN_REQUEST, clock.now());
    return { kind: 'starts', by, throttled: await throttled() };
  }

  async function throttled(): Promise<string | null> {
    const last = await store.scans.last();
    const isRecent = last !== null && Math.abs(clock.now() - last.finishedAt) <= RECENTLY_MS;
    return isRecent && last.reasonCode === 'throttled' ? last.reason : null;
  }

  return {
    async ask() {
      try {
        return await judge();
      } catch (error) {
        log.error({ err: error }, 'a request to scan could not be stored');
        return { kind: 'not-stored', reason: error instanceof Error ? error.message : String(error) };
      }
    },
    async take() {
      const request = await store.jobs.last(SCAN_REQUEST);
      if (request?.finishedAt !== null) return false;
      await store.jobs.finished(SCAN_REQUEST, clock.now(), true, null);
      return true;
    },
  };
}
