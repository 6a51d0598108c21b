import type { Clock, LeaseStore } from '../domain/ports.ts';

/** With several processes on one database, only the holder of this lease runs jobs; all of them answer. */
const LEASE = 'jobs';
/** A holder that has not renewed for this long is gone, ms. */
const LEASE_TTL_MS = 60_000;
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
): Lease {
  return {
    async hold() {
      if (await leases.acquire(LEASE, holder, clock.now(), LEASE_TTL_MS)) return true;
      const other = await leases.holder(LEASE);
      if (other === null || isAlive(other)) return false;
      await leases.release(LEASE, other);
      return leases.acquire(LEASE, holder, clock.now(), LEASE_TTL_MS);
    },
    release: () => leases.release(LEASE, holder),
  };
}
