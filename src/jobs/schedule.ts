import cron from 'node-cron';
import type { ScanRequested } from '../domain/scan/scan-requested.ts';
import { attributeDue } from './attribute.ts';
import { checkAuditing } from './auditing.ts';
import { collect } from './collect.ts';
import type { JobContext } from './context.ts';
import { deliver, type LoadIncidentView } from './deliver.ts';
import { endSnoozes } from './end-snoozes.ts';
import { expireRequests } from './expire-requests.ts';
import type { Lease } from './lease.ts';
import { missedRun, type Schedule } from './missed-run.ts';
import { purge } from './purge.ts';
import { carryOut } from './restore/carry-out.ts';
import { followUp } from './restore/follow-up.ts';
import { review } from './review.ts';
import { createCronClock } from './running/cron-clock.ts';
import { createLeadership } from './running/leadership.ts';
import { createRunner, JobIncomplete } from './running/runner.ts';
import { createScanRequests } from './running/scan-request.ts';
import { createWriteWatch } from './running/write-watch.ts';
import { type ScanRequest, scan } from './scan.ts';
import { raiseScanAlarm } from './scan-alarm.ts';
import { readSignIns } from './sign-ins.ts';
import { verify } from './verify.ts';

/** How long jobs may take to notice that they should stop, ms. */
const STOP_WITHIN_MS = 5_000;
/** Old records are removed in the small hours, cron line. */
const PURGE_SCHEDULE = '30 3 * * *';
/** Looked for each hour, read once a day: a read that failed is tried again soon. Cron line. */
const SIGN_INS_SCHEDULE = '40 * * * *';
/** Teams is asked again after this at the latest, whatever an earlier clock said, ms. */
const LONGEST_PAUSE_MS = 15 * 60_000;
/** How often it is looked whether the database takes writes, ms. */
const WRITE_WATCH_MS = 30_000;
const BEAT = 'tend';
const RESTORE = 'restore';
const FOLLOW_UP = 'follow-up';
/** Too frequent to be noted in the store. */
const UNNOTED: ReadonlySet<string> = new Set([BEAT, RESTORE, FOLLOW_UP]);

export type ScheduleSettings = {
  scan: string;
  fullScan: string;
  collect: string;
  auditCheck: string;
  /** How long audit records are kept; null: forever. */
  auditRetentionDays: number | null;
  timeZone: string;
  /** How often due changes, decisions and cards are looked for, ms. */
  tendMs: number;
  /** How long after a held read the second one is made, ms. */
  confirmAfterMs: number;
};

export type Scheduler = {
  start(): Promise<void>;
  /** Asks whichever process runs the jobs for a scan now, unless one is running. Never throws. */
  requestScan(): Promise<ScanRequested>;
  /** Looks for due work at once, instead of at the next beat. */
  nudge(): void;
  /**
   * Stops what runs and gives the lease back. A job that does not stop in time, such as a card that Teams
   * does not take, is left in the middle: the next start makes it good, as after a crash.
   */
  stop(): Promise<void>;
};

/** A job that runs by a cron line, and is made up for when it was missed. */
type ScheduledJob = {
  name: string;
  /** Cron line, read in the time zone of the settings. */
  schedule: string;
  start(): void;
  /** When it last began, ms UTC; null when it never did. */
  lastRun(): Promise<number | null>;
};

/**
 * Runs the jobs: cron for the reads, and a short beat that tends to what is due (explain, deliver). What writes
 * to the tenant, and what reads the outcome, run beside the beat: a long restore holds up no card. No job overlaps
 * itself; a read that was due while no process ran, or that a clock which was set skipped, is made up for.
 */
export function createScheduler(
  context: JobContext,
  settings: ScheduleSettings,
  lease: Lease,
  loadView: LoadIncidentView,
  parts: {
    /** Ms from some beginning, by a clock that nobody sets. */
    uptime(): number;
    /** The host and process that a holder of the lease names, for people. */
    placeOf(holder: string): string;
  },
): Scheduler {
  const { uptime } = parts;
  const { store, clock, log } = context;
  const stopping = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  const leadership = createLeadership(lease, log, uptime, catchUp);
  const { run, running, ended } = createRunner({
    context,
    lease,
    signal: stopping.signal,
    leads: leadership.leads,
    unnoted: UNNOTED,
    onLeaseLost: () => void leadership.renew(),
  });

  const writeWatch = createWriteWatch(context, leadership.ledLast);
  const requests = createScanRequests(context, lease, leadership.leads, parts.placeOf);

  const byCron = (name: string, schedule: string, work: () => Promise<unknown>): ScheduledJob => ({
    name,
    schedule,
    start: () => run(name, work),
    lastRun: async () => (await store.jobs.last(name))?.startedAt ?? null,
  });

  /** In the order in which they are made up for: a full read makes a quick one unnecessary. */
  const jobs: readonly ScheduledJob[] = [
    {
      name: 'full-scan',
      schedule: settings.fullScan,
      start: () => startRead({ kind: 'full' }),
      lastRun: async () => (await store.scans.last({ kind: 'full', outcome: 'complete' }))?.startedAt ?? null,
    },
    {
      name: 'scan',
      schedule: settings.scan,
      start: () => startRead({ kind: 'delta' }),
      lastRun: async () => (await store.scans.lastWhole())?.startedAt ?? null,
    },
    byCron('collect', settings.collect, gather),
    byCron('auditing', settings.auditCheck, askAuditing),
    byCron('purge', PURGE_SCHEDULE, () => purge(context, settings.auditRetentionDays)),
    byCron('sign-ins', SIGN_INS_SCHEDULE, () => readSignIns(context, stopping.signal)),
  ];
  const scheduled = jobs.map((job): ScheduledJob & { runs: Schedule } => ({
    ...job,
    runs: cron.createTask(job.schedule, () => undefined, { timezone: settings.timeZone }),
  }));
  const cronClock = createCronClock({
    now: () => clock.now(),
    uptime,
    entries: scheduled.map(({ runs, start }) => ({ schedule: runs, start })),
    onJump: (ms) => void clockWasSet(ms),
  });

  async function tend(): Promise<void> {
    if (await requests.take()) startRead({ kind: 'delta' });
    await attributeDue(context);
    await endSnoozes(context);
    await expireRequests(context);
    await deliver(context, loadView, stopping.signal);
  }

  const tendSoon = (): void => run(BEAT, tend, true);

  async function writeDecided(): Promise<void> {
    if ((await carryOut(context, stopping.signal)) > 0) run(FOLLOW_UP, readWritten, true);
  }

  async function readWritten(): Promise<void> {
    if (await followUp(context, stopping.signal)) run(RESTORE, writeDecided, true);
  }

  /** All that may be due at any moment. */
  function beat(): void {
    tendSoon();
    run(RESTORE, writeDecided, true);
    run(FOLLOW_UP, readWritten);
  }

  async function read(request: ScanRequest): Promise<void> {
    const record = await scan(context, request, stopping.signal);
    await verify(context);
    await raiseScanAlarm(context);
    if (record.outcome === 'held') later(settings.confirmAfterMs, () => startRead({ kind: 'full' }));
    tendSoon();
    if (record.outcome === 'incomplete') throw new JobIncomplete(record.reason ?? 'The read is incomplete.');
  }

  /** One read at a time. A quick scan that falls into another read is not needed; a full one waits its turn. */
  function startRead(request: ScanRequest): void {
    run('scan', () => read(request), request.kind === 'full');
  }

  async function gather(): Promise<void> {
    const { problems } = await collect(context, stopping.signal);
    await review(context);
    tendSoon();
    // What came in is kept, but a collection that misses a source is not a good one: readiness says so.
    if (problems.length > 0) throw new JobIncomplete(problems.join(' '));
  }

  async function askAuditing(): Promise<void> {
    await checkAuditing(context, stopping.signal);
    tendSoon();
  }

  function later(ms: number, work: () => void): void {
    timers.push(setTimeout(work, ms));
  }

  /** Starts what was due while nobody held the lease, or while the clock skipped it. */
  async function catchUp(): Promise<void> {
    const now = clock.now();
    const { settleMs } = context.settings;
    const snoozeEnds = (await store.incidents.open()).flatMap(({ snoozedUntil }) => snoozedUntil ?? []);
    const latest = { settleMs, longestPauseMs: LONGEST_PAUSE_MS, snoozeEnds };
    await lease.within(() => store.bringForward(now, latest));
    for (const { runs, start, lastRun } of scheduled) if (missedRun(runs, await lastRun(), now)) start();
    beat();
  }

  async function clockWasSet(ms: number): Promise<void> {
    log.warn({ ms: Math.round(ms) }, 'the clock of this machine was set, or it slept: schedules start over');
    try {
      await leadership.renew();
      if (!leadership.leads()) return;
      await lease.within(() => store.outbox.endPauses(clock.now()));
      await catchUp();
    } catch (err) {
      log.error({ err }, 'what the clock skipped could not be made up for');
    }
  }

  return {
    async start() {
      await leadership.start();
      cronClock.start();
      timers.push(setInterval(beat, settings.tendMs));
      timers.push(setInterval(() => void writeWatch.look(), WRITE_WATCH_MS));
    },
    async requestScan() {
      const requested = await requests.ask();
      tendSoon();
      return requested;
    },
    nudge: beat,
    async stop() {
      stopping.abort();
      cronClock.stop();
      for (const timer of timers) clearTimeout(timer);
      const patience = new AbortController();
      await Promise.race([ended(), clock.sleep(STOP_WITHIN_MS, patience.signal).catch(() => undefined)]);
      patience.abort();
      if (running().length > 0) log.warn({ jobs: running() }, 'stopped in the middle of jobs');
      await leadership.stop();
    },
  };
}
