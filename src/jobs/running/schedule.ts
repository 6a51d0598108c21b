import cron from 'node-cron';
import type { ScanRequested } from '../../domain/scan/scan-requested.ts';
import type { JobContext } from '../context.ts';
import type { LoadIncidentView } from '../delivery/deliver.ts';
import type { Lease } from '../lease.ts';
import { hasNotified } from '../notifications/read-notified.ts';
import { catchUp } from './catch-up.ts';
import { createCronClock } from './cron-clock.ts';
import { createDueWork, UNNOTED } from './due-work.ts';
import { createGathering } from './gathering.ts';
import { type Job, jobTable, NOTIFIED, type ReadSettings } from './job-table.ts';
import { createLater } from './later.ts';
import { createLeadership } from './leadership.ts';
import type { Schedule } from './missed-run.ts';
import { createRunner } from './runner.ts';
import { createScanRequests } from './scan-request.ts';
import { createWriteWatch } from './write-watch.ts';

/** How long jobs may take to notice that they should stop, ms. */
const STOP_WITHIN_MS = 5_000;
/** How often it is looked whether the database takes writes, ms. */
const WRITE_WATCH_MS = 30_000;

export type ScheduleSettings = ReadSettings & {
  timeZone: string;
  /** How often due changes, decisions and cards are looked for, ms. */
  tickMs: number;
};

export type Scheduler = {
  start(): Promise<void>;
  /** Asks whichever process runs the jobs for a scan now, unless one is running. Never throws. */
  requestScan(): Promise<ScanRequested>;
  /** Looks for due work at once, instead of at the next beat. */
  wakeUp(): void;
  /** Says that so many notifications came in: they are read in one go once no more come. */
  notified(count: number): void;
  /**
   * Stops what runs and gives the lease back. A job that does not stop in time, such as a card that Teams
   * does not take, is left in the middle: the next start makes it good, as after a crash.
   */
  stop(): Promise<void>;
};

export type SchedulerParts = {
  /** Ms from some beginning, by a clock that nobody sets. */
  uptime(): number;
  /** The host and process that a holder of the lease names, for people. */
  placeOf(holder: string): string;
};

/**
 * Runs the jobs of the table by their cron lines, and looks for due work at a short beat. No job overlaps itself;
 * a read that was due while no process ran, or that a clock which was set skipped, is made up for.
 */
export function createScheduler(
  context: JobContext,
  settings: ScheduleSettings,
  lease: Lease,
  loadView: LoadIncidentView,
  { uptime, placeOf }: SchedulerParts,
): Scheduler {
  const { store, clock, log } = context;
  const stopping = new AbortController();
  const { signal } = stopping;
  const timers: NodeJS.Timeout[] = [];
  const leadership = createLeadership(lease, log, uptime, makeUp);
  const onLeaseLost = (): void => void leadership.renew();
  const { leads } = leadership;
  const { run, running, ended } = createRunner({
    context,
    lease,
    signal,
    leads,
    unnoted: UNNOTED,
    onLeaseLost,
  });
  const requests = createScanRequests(context, lease, leads, placeOf);
  const writeWatch = createWriteWatch(context, leadership.ledLast);

  const startOf =
    ({ name, runsAs = name, waitsItsTurn = false, work }: Job) =>
    (): void =>
      run(runsAs, () => work(signal), waitsItsTurn);
  const startNamed = (name: string): void => jobs.find((job) => job.name === name)?.start();
  const { tick, runDueWorkSoon } = createDueWork({
    context,
    loadView,
    signal,
    run,
    async startRequested() {
      if (await requests.take()) startNamed('scan');
      // Of what another process took in, nobody else tells this one.
      if (!gathering.isOpen() && (await hasNotified(context))) startNamed(NOTIFIED);
    },
  });
  const later = createLater(startNamed);
  const gathering = createGathering(() => startNamed(NOTIFIED));
  const table = jobTable(context, settings, { runDueWorkSoon, startLater: later.start });
  const jobs = table.map((job) => ({
    ...job,
    start: startOf(job),
    runs: runsIn(job.schedule, settings),
  }));
  const cronClock = createCronClock({
    now: () => clock.now(),
    uptime,
    entries: jobs.map(({ runs, start }) => ({ schedule: runs, start })),
    onJump: (ms) => void clockWasSet(ms),
  });

  async function makeUp(): Promise<void> {
    await catchUp(context, lease, jobs);
    tick();
  }

  async function clockWasSet(ms: number): Promise<void> {
    log.warn({ ms: Math.round(ms) }, 'the clock of this machine was set, or it slept: schedules start over');
    try {
      await leadership.renew();
      if (!leads()) return;
      await lease.within(() => store.outbox.endPauses(clock.now()));
      await makeUp();
    } catch (err) {
      log.error({ err }, 'what the clock skipped could not be made up for');
    }
  }

  return {
    async start() {
      await leadership.start();
      cronClock.start();
      timers.push(setInterval(tick, settings.tickMs));
      timers.push(setInterval(() => void writeWatch.look(), WRITE_WATCH_MS));
    },
    async requestScan() {
      const requested = await requests.ask();
      runDueWorkSoon();
      return requested;
    },
    wakeUp: tick,
    notified: gathering.note,
    async stop() {
      stopping.abort();
      cronClock.stop();
      for (const timer of timers) clearTimeout(timer);
      later.stop();
      gathering.stop();
      const patience = new AbortController();
      await Promise.race([ended(), clock.sleep(STOP_WITHIN_MS, patience.signal).catch(() => undefined)]);
      patience.abort();
      if (running().length > 0) log.warn({ jobs: running() }, 'stopped in the middle of jobs');
      await leadership.stop();
    },
  };
}

/** When a cron line runs, in the time zone that is set when one looks. */
function runsIn(line: string, settings: Pick<ScheduleSettings, 'timeZone'>): Schedule {
  const taskIn = (timezone: string): Schedule => cron.createTask(line, () => undefined, { timezone });
  let now = { zone: settings.timeZone, task: taskIn(settings.timeZone) };
  return {
    match(date) {
      const zone = settings.timeZone;
      if (zone !== now.zone) now = { zone, task: taskIn(zone) };
      return now.task.match(date);
    },
  };
}
