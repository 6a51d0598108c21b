import { MINUTE_MS } from '../domain/durations.ts';
import type { HeldLease, LeaseStore, LeaseTerm } from '../domain/ports.ts';

/**
 * What only one process at a time does. `jobs`: with several processes on one database, only the holder runs
 * jobs; all of them answer. `restore`: who writes to the tenant, also while the lease on the jobs changes hands.
 */
export type LeaseName = 'jobs' | 'restore';

/** How long a lease lasts: a holder that has not renewed it for this long is gone, ms. */
export const LEASE_MS: Record<LeaseName, number> = {
  jobs: MINUTE_MS,
  // Longer than Microsoft may take to answer a batch: what a lost process has sent is over by then.
  restore: 180_000,
};
/** The holder renews this often, ms. */
export const LEASE_RENEWAL_MS = 15_000;
/** How long a row must stand still before a hint that its holder is gone counts, ms: more than a renewal. */
const STILL_MS: Record<LeaseName, number> = { jobs: 20_000, restore: LEASE_MS.restore };

/** What a holder's name tells to other processes. */
export type Holders = {
  /** Names this process and this start of it. */
  readonly own: string;
  /**
   * `gone`: it is certain that this process has ended. `other-boot`: its machine, if it is this one, has been
   * started again since. `foreign`: the name is not one that this version gives.
   */
  stateOf(holder: string): 'gone' | 'other-boot' | 'foreign' | 'unknown';
  /** Ms from some beginning, by a clock that nobody sets. */
  uptime(): number;
};

export type Lease = {
  /** Takes or renews the lease; true while it is ours. */
  hold(): Promise<boolean>;
  /** Whether the lease was ours a moment ago and cannot have run out since. Asks nobody. */
  isHeld(): boolean;
  /**
   * Runs work in the term that is held now: once somebody else holds the lease, its writes throw an error that
   * `isLeaseLost` tells, however long it slept meanwhile.
   */
  within<T>(work: () => Promise<T>): Promise<T>;
  /** Who holds it, expired or not; null when nobody does. */
  current(): Promise<HeldLease | null>;
  release(): Promise<void>;
};

/** Whether a job was stopped because another process has taken over. */
export const isLeaseLost = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'lease-lost';

/** A lease of this process. Several processes on one database may ask for it; their clocks may differ. */
export function createLease(leases: LeaseStore, holders: Holders, name: LeaseName = 'jobs'): Lease {
  const length = LEASE_MS[name];
  let term: LeaseTerm | null = null;
  let heldUntil = 0;
  /** How somebody else's row looked, and since when it has looked so, by our own uptime. */
  let watched: { row: string; since: number } | null = null;

  function stoodStillFor(seen: HeldLease): number {
    const row = `${seen.holder} ${seen.token} ${seen.renewals} ${seen.expiresAt}`;
    if (watched?.row !== row) watched = { row, since: holders.uptime() };
    return holders.uptime() - watched.since;
  }

  /** Whether a lease of somebody else's may be taken. No clock but the database's and our own uptime says so. */
  function isFree(seen: HeldLease): boolean {
    const still = stoodStillFor(seen);
    const state = holders.stateOf(seen.holder);
    if (state === 'gone' || still >= length) return true;
    const isNoTime = seen.time !== 'running';
    // A database of one machine has the clock of whichever process asks: that is a hint, as a reboot is.
    if (leases.oneMachine && state !== 'foreign')
      return (isNoTime || state === 'other-boot') && still >= STILL_MS[name];
    return isNoTime;
  }

  return {
    async hold() {
      const askedAt = holders.uptime();
      if (term && !(await leases.renew(term, length))) term = null;
      if (!term) {
        const seen = await leases.current(name, length);
        if (seen === null || isFree(seen)) term = await leases.take(name, holders.own, length, seen);
      }
      if (term) heldUntil = askedAt + length;
      return term !== null;
    },
    isHeld: () => term !== null && holders.uptime() < heldUntil,
    async within(work) {
      if (!term) throw new LeaseLost(name);
      return leases.under(term, work);
    },
    current: () => leases.current(name, length),
    async release() {
      const given = term;
      term = null;
      if (given) await leases.release(given);
    },
  };
}

/** The process does not hold the lease that the work needs. */
class LeaseLost extends Error {
  readonly code = 'lease-lost';
  constructor(name: LeaseName) {
    super(`This process does not hold the lease on the ${name}.`);
    this.name = 'LeaseLost';
  }
}
