import cron, { type ScheduledTask } from 'node-cron';
import { attributeDue } from './attribute.ts';
import { collect } from './collect.ts';
import type { JobContext } from './context.ts';
import { deliver, type LoadIncidentView } from './deliver.ts';
import { endSnoozes } from './end-snoozes.ts';
import { expireRequests } from './expire-requests.ts';
import { LEASE_RENEWAL_MS, type Lease } from './lease.ts';
import { missedRun } from './missed-run.ts';
import { purge } from './purge.ts';
import { carryOut } from './restore/carry-out.ts';
import { followUp } from './restore/follow-up.ts';
import { review } from './review.ts';
import { type ScanRequest, scan } from './scan.ts';
import { raiseScanAlarm } from './scan-alarm.ts';
import { readSignIns } from './sign-ins.ts';
import { verify } from './verify.ts';

const SCAN_REQUEST = 'scan-request';
/** How long jobs may take to notice that they should stop, ms. */
const STOP_WITHIN_MS = 5_000;
/** Old records are removed in the small hours, cron line. */
const PURGE_SCHEDULE = '30 3 * * *';
/** Looked for each hour, read once a day: a read that failed is tried again soon. Cron line. */
const SIGN_INS_SCHEDULE = '40 * * * *';
const BEAT = 'tend';
const RESTORE = 'restore';
const FOLLOW_UP = 'follow-up';
/** Too frequent to be noted in the store. */
const UNNOTED: ReadonlySet<string> = new Set([BEAT, RESTORE, FOLLOW_UP]);

export type ScheduleSettings = {
  scan: string;
  fullScan: string;
  collect: string;
  /** How long audit records are kept; null for ever. */
  auditRetentionDays: number | null;
  timeZone: string;
  /** How often due changes, decisions and cards are looked for, ms. */
  tendMs: number;
  /** How long after a held read the second one is made, ms. */
  confirmAfterMs: number;
};

export type Scheduler = {
  start(): Promise<void>;
  /** Asks whichever process runs the jobs for a scan now, unless one is running. */
  requestScan(): Promise<'started' | 'already-running'>;
  /** Looks for due work at once, instead of at the next beat. */
  nudge(): void;
  /**
   * Stops what runs and gives the lease back. A job that does not stop in time, such as a card that Teams
   * does not take, is left in the middle: the next start makes it good, as after a crash.
   */
  stop(): Promise<void>;
};

/**
 * Runs the jobs: cron for the reads, and a short beat that tends to what is due (explain, deliver). What writes
 * to the tenant, and what reads the outcome, run beside the beat: a long restore holds up no card. No job overlaps
 * itself; a read that was due while no process ran is made up for at the start.
 */
export function createScheduler(
  context: JobContext,
  settings: ScheduleSettings,
  lease: Lease,
  loadView: LoadIncidentView,
): Scheduler {
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  const again = new Map<string, () => Promise<unknown>>();
  const tasks: ScheduledTask[] = [];
  const timers: NodeJS.Timeout[] = [];
  let ours = false;

  /** Runs a job unless it runs already; with `repeat`, it then runs once more afterwards. */
  function run(name: string, work: () => Promise<unknown>, repeat = false): void {
    if (stopping.signal.aborted) return;
    if (running.has(name)) {
      if (repeat) again.set(name, work);
      return;
    }
    const done = recorded(context, name, work).finally(() => {
      running.delete(name);
      const next = again.get(name);
      again.delete(name);
      if (next) run(name, next);
    });
    running.set(name, done);
  }

  async function tend(): Promise<void> {
    if (!ours) return;
    await takeScanRequest();
    await attributeDue(context);
    await endSnoozes(context);
    await expireRequests(context);
    await deliver(context, loadView, stopping.signal);
  }

  const tendSoon = (): void => run(BEAT, tend, true);

  async function writeDecided(): Promise<void> {
    if (!ours) return;
    if ((await carryOut(context, stopping.signal)) > 0) run(FOLLOW_UP, readWritten, true);
  }

  async function readWritten(): Promise<void> {
    if (ours && (await followUp(context, stopping.signal))) run(RESTORE, writeDecided, true);
  }

  /** All that may be due at any moment. */
  function beat(): void {
    tendSoon();
    run(RESTORE, writeDecided, true);
    run(FOLLOW_UP, readWritten);
  }

  async function read(request: ScanRequest): Promise<void> {
    if (!ours) return;
    const record = await scan(context, request, stopping.signal);
    await verify(context);
    await raiseScanAlarm(context);
    if (record.outcome === 'held') later(settings.confirmAfterMs, () => startRead({ kind: 'full' }));
    tendSoon();
  }

  /** One read at a time. A quick scan that falls into another read is not needed; a full one waits its turn. */
  const startRead = (request: ScanRequest): void => run('scan', () => read(request), request.kind === 'full');

  /** A request is a row, so that it reaches the process that runs the jobs, and outlives a crash. */
  async function takeScanRequest(): Promise<void> {
    const { jobs, scans } = context.store;
    const [request, last] = [await jobs.last(SCAN_REQUEST), await scans.last()];
    if (request && request.finishedAt === null) {
      await jobs.finished(SCAN_REQUEST, context.clock.now(), true, null);
      if (!last || last.startedAt <= request.startedAt) startRead({ kind: 'delta' });
    }
  }

  async function gather(): Promise<void> {
    if (!ours) return;
    const { problems } = await collect(context, stopping.signal);
    await review(context);
    tendSoon();
    // What came in is kept, but a collection that misses a source is not a good one: readiness says so.
    if (problems.length > 0) throw new CollectionIncomplete(problems);
  }

  const removeOld = async (): Promise<unknown> => ours && purge(context, settings.auditRetentionDays);

  const lookForSignIns = async (): Promise<unknown> => ours && readSignIns(context, stopping.signal);

  function later(ms: number, work: () => void): void {
    timers.push(setTimeout(work, ms));
  }

  async function renew(): Promise<void> {
    try {
      const held = await lease.hold();
      if (held !== ours)
        context.log.info({ held }, held ? 'this process runs the jobs' : 'another process runs the jobs');
      const gained = held && !ours;
      ours = held;
      if (gained) await catchUp();
    } catch (err) {
      // Without the database there is nothing to run, and somebody else may have the lease by now.
      ours = false;
      context.log.error({ err }, 'the lease on the jobs could not be renewed');
    }
  }

  /** Makes up for reads that were due while nobody held the lease. */
  async function catchUp(): Promise<void> {
    const now = context.clock.now();
    const [scanTask, fullTask, collectTask, purgeTask, signInsTask] = tasks;
    const missed = (task: ScheduledTask | undefined, lastAt: number | null): boolean =>
      task !== undefined && missedRun(task, lastAt, now);
    const full = await context.store.scans.last({ kind: 'full', outcome: 'complete' });
    const any = await context.store.scans.lastWhole();
    if (missed(fullTask, full?.startedAt ?? null)) startRead({ kind: 'full' });
    else if (missed(scanTask, any?.startedAt ?? null)) startRead({ kind: 'delta' });
    const collected = await context.store.jobs.last('collect');
    if (missed(collectTask, collected?.startedAt ?? null)) run('collect', gather);
    const purged = await context.store.jobs.last('purge');
    if (missed(purgeTask, purged?.startedAt ?? null)) run('purge', removeOld);
    const signIns = await context.store.jobs.last('sign-ins');
    if (missed(signInsTask, signIns?.startedAt ?? null)) run('sign-ins', lookForSignIns);
    beat();
  }

  return {
    async start() {
      const options = { timezone: settings.timeZone };
      tasks.push(
        cron.schedule(settings.scan, () => startRead({ kind: 'delta' }), { ...options, name: 'scan' }),
        cron.schedule(settings.fullScan, () => startRead({ kind: 'full' }), {
          ...options,
          name: 'full-scan',
        }),
        cron.schedule(settings.collect, () => run('collect', gather), { ...options, name: 'collect' }),
        cron.schedule(PURGE_SCHEDULE, () => run('purge', removeOld), { ...options, name: 'purge' }),
        cron.schedule(SIGN_INS_SCHEDULE, () => run('sign-ins', lookForSignIns), {
          ...options,
          name: 'sign-ins',
        }),
      );
      await renew();
      timers.push(setInterval(() => void renew(), LEASE_RENEWAL_MS));
      timers.push(setInterval(beat, settings.tendMs));
    },
    async requestScan() {
      if (running.has('scan')) return 'already-running';
      await context.store.jobs.started(SCAN_REQUEST, context.clock.now());
      tendSoon();
      return 'started';
    },
    nudge: beat,
    async stop() {
      stopping.abort();
      for (const timer of timers) clearTimeout(timer);
      await Promise.allSettled(tasks.map((task) => task.destroy()));
      const ended = Promise.allSettled(running.values());
      const patience = new AbortController();
      await Promise.race([
        ended,
        context.clock.sleep(STOP_WITHIN_MS, patience.signal).catch(() => undefined),
      ]);
      patience.abort();
      if (running.size > 0) context.log.warn({ jobs: [...running.keys()] }, 'stopped in the middle of jobs');
      if (ours) await lease.release();
    },
  };
}

/** Some source of audit records could not be read; the others were. */
class CollectionIncomplete extends Error {
  readonly code = 'collection-incomplete';
  constructor(problems: readonly string[]) {
    super(problems.join(' '));
    this.name = 'CollectionIncomplete';
  }
}

/** Notes the start and the end of a job run; a job that throws is logged and runs again at its next time. */
async function recorded(context: JobContext, name: string, work: () => Promise<unknown>): Promise<void> {
  const { store, clock, log, metrics } = context;
  const noted = !UNNOTED.has(name);
  let problem: string | null = null;
  try {
    if (noted) await store.jobs.started(name, clock.now());
    await work();
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
    if (error instanceof CollectionIncomplete) log.warn({ job: name, reason: problem }, 'job is incomplete');
    else log.error({ job: name, err: error }, 'job failed');
  }
  metrics.jobFinished(name, problem === null, clock.now());
  if (!noted) return;
  await store.jobs
    .finished(name, clock.now(), problem === null, problem)
    .catch((error: unknown) => log.error({ job: name, err: error }, 'end of a job could not be noted'));
}
