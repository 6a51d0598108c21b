import { MINUTE_MS } from '../../domain/durations.ts';
import type { JobContext } from '../context.ts';
import type { Lease } from '../lease.ts';
import type { Job } from './job-table.ts';
import { missedRun, type Schedule } from './missed-run.ts';

/** Teams is asked again after this at the latest, whatever an earlier clock said, ms. */
const MAX_PAUSE_MS = 15 * MINUTE_MS;

/**
 * Makes up for what was due while nobody held the lease, or while a clock that was set skipped it: brings forward
 * what waits for a time that an earlier clock made too late, and starts each job that missed a run.
 */
export async function catchUp(
  { store, clock, settings }: JobContext,
  lease: Lease,
  jobs: readonly (Pick<Job, 'lastRun'> & { runs: Schedule; start(): void })[],
): Promise<void> {
  const now = clock.now();
  const snoozeEnds = (await store.incidents.open()).flatMap(({ snoozedUntil }) => snoozedUntil ?? []);
  const latest = { settleMs: settings.settleMs, longestPauseMs: MAX_PAUSE_MS, snoozeEnds };
  await lease.within(() => store.bringForward(now, latest));
  for (const { runs, start, lastRun } of jobs) if (missedRun(runs, await lastRun(), now)) start();
}
