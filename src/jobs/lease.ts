import type { Clock, LeaseStore } from '../domain/ports.ts';

/**
 * What only one process at a time does. `jobs`: with several processes on one database, only the holder runs
 * jobs; all of them answer. `restore`: who writes to the tenant, also while the lease on the jobs changes hands.
 */
export type LeaseName = 'jobs' | 'restore';

/** A holder that has not renewed for this long is gone, ms. */
const TTL_MS: Record<LeaseName, number> = {
  jobs: 60_000,
  // Longer than Microsoft may take to answer a batch: what a lost process has sent is over by then.
  restore: 180_000,
};
/** The holder renews this often, ms. */
export const LEASE_RENEWAL_MS = 15_000;

export type Lease = {
  /** Takes or renews the lease; true while it is ours. */
  hold(): Promise<boolean>;
  release(): Promise<void>;
};

/**
 * @param holder names this process, as `host:pid`
 * @param isAlive whether the process that a holder names may still run; a holder on this host that is dead
 *   is replaced at once, so that a restart after a crash does not wait for the lease to run out
 */
export function createLease(
  leases: LeaseStore,
  clock: Clock,
  holder: string,
  isAlive: (holder: string) => boolean,
  name: LeaseName = 'jobs',
): Lease {
  const acquire = (): Promise<boolean> => leases.acquire(name, holder, clock.now(), TTL_MS[name]);
  return {
    async hold() {
      if (await acquire()) return true;
      const other = await leases.holder(name);
      if (other === null || isAlive(other)) return false;
      await leases.release(name, other);
      return acquire();
    },
    release: () => leases.release(name, holder),
  };
}
