import type { JobLog } from '../context.ts';
import { LEASE_RENEWAL_MS, type Lease } from '../lease.ts';

/** Whoever does not hold the lease looks this often whether it is free, ms. */
const LOOK_MS = 5_000;

export type Leadership = {
  start(): Promise<void>;
  /** Whether this process runs the jobs: it holds the lease, and cannot have lost it by the time that passed. */
  leads(): boolean;
  /** Whether it led when the lease could be asked for last: nobody else is known to have taken over since. */
  ledLast(): boolean;
  /** Takes or renews the lease at once. */
  renew(): Promise<void>;
  /** Why the lease could not be taken or renewed, and since when (by uptime, ms); null when it could be asked for. */
  problem(): { since: number; error: unknown } | null;
  /** Stops asking; gives the lease back when it is held. */
  stop(): Promise<void>;
};

/** Keeps the lease on the jobs, or looks for it. `onGain` runs each time that this process begins to lead. */
export function createLeadership(
  lease: Lease,
  log: JobLog,
  uptime: () => number,
  onGain: () => Promise<void>,
): Leadership {
  let ours = false;
  let last = false;
  let timer: NodeJS.Timeout | null = null;
  let asking: Promise<void> | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let problem: { since: number; error: unknown } | null = null;

  async function ask(): Promise<void> {
    askedAt = uptime();
    try {
      const held = await lease.hold();
      problem = null;
      last = held;
      if (held !== ours) {
        log.info({ held }, held ? 'this process runs the jobs' : 'another process runs the jobs');
      }
      const gained = held && !ours;
      ours = held;
      if (gained) await onGain();
    } catch (err) {
      // Without the database there is nothing to run, and somebody else may have the lease by now.
      ours = false;
      problem = { since: problem?.since ?? askedAt, error: err };
      log.error({ err }, 'the lease on the jobs could not be renewed');
    }
  }

  function renew(): Promise<void> {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  }

  return {
    async start() {
      await renew();
      timer = setInterval(() => {
        if (!ours || !lease.isHeld() || uptime() - askedAt >= LEASE_RENEWAL_MS) void renew();
      }, LOOK_MS);
    },
    leads: () => ours && lease.isHeld(),
    ledLast: () => last,
    renew,
    problem: () => problem,
    async stop() {
      if (timer) clearInterval(timer);
      timer = null;
      await asking;
      if (ours) await lease.release();
      ours = false;
    },
  };
}
