import type { Forwarding, ScanRecord } from '../../domain/ports.ts';
import { checkAuditing, checkAuditingHourly } from '../collect/auditing.ts';
import { awaitsRecord, LOOK_AGAIN_MS } from '../collect/awaits-record.ts';
import { collect } from '../collect/collect.ts';
import { readLicenseDates } from '../collect/license-dates.ts';
import { purge } from '../collect/purge.ts';
import { readSignIns } from '../collect/sign-ins.ts';
import { problemsOf, readUsage } from '../collect/usage.ts';
import type { JobContext } from '../context.ts';
import { closeQuietAlerts } from '../detect/close-quiet.ts';
import { detect } from '../detect/detect.ts';
import { noteRules } from '../detect/note-rules.ts';
import { noteOwnAccess } from '../detect/own-access.ts';
import { review } from '../explain/review.ts';
import { forward } from '../forward/forward.ts';
import { keepSubscribed } from '../notifications/keep-subscribed.ts';
import { readNotified } from '../notifications/read-notified.ts';
import { type ScanRequest, scan } from '../scan/scan.ts';
import { raiseScanAlarm } from '../scan/scan-alarm.ts';
import { noteCredentialEnd } from '../upkeep/credential-end.ts';
import { sealHead } from '../upkeep/seal-head.ts';
import { verify } from '../upkeep/verify.ts';
import type { Did } from './did.ts';
import { JobIncomplete } from './runner.ts';

/** Old records are removed in the small hours, cron line. */
const PURGE_SCHEDULE = '30 3 * * *';
/** What came in is passed on within a minute. Cron line. */
const FORWARD_SCHEDULE = '* * * * *';
/** Each morning hour of a day would do; hourly, so that a restart misses none. Cron line. */
const CREDENTIAL_SCHEDULE = '20 * * * *';
/** Whatever the settings say, whether the tenant audits and what it lets us see is asked within the hour. Cron line. */
const OWN_ACCESS_SCHEDULE = '5,35 * * * *';
/** Late in each hour, so that the last one of a UTC day is nearly its end. Cron line. */
const SEAL_SCHEDULE = '58 * * * *';
/** Looked for each hour, read once a day: a read that failed is tried again soon. Cron line. */
const SIGN_INS_SCHEDULE = '40 * * * *';
/** Likewise: looked for each hour, read once a day, and gone on with where it was cut off. Cron line. */
const LICENSE_DATES_SCHEDULE = '50 * * * *';
/** Likewise: each report once a day, and one that failed again within the hour. Cron line. */
const USAGE_SCHEDULE = '15 * * * *';

/** A subscription lives for days; one that Graph ended is made again soon. Cron line. */
const SUBSCRIPTIONS_SCHEDULE = '*/10 * * * *';
/** Notified users that the last read missed are read again within a minute. Cron line. */
const NOTIFIED_SCHEDULE = '* * * * *';

/** What came in beside a collection is looked at within minutes, cron line. */
const DETECT_SCHEDULE = '*/5 * * * *';

/** The job that reads the users that notifications named. */
export const NOTIFIED = 'notified';

/** Cron lines and limits of the jobs, as the settings have them. */
export type ReadSettings = {
  scan: string;
  fullScan: string;
  collect: string;
  auditCheck: string;
  /** How long after a held read the second one is made, ms. */
  confirmAfterMs: number;
};

/** A job that runs by a cron line, in the term of the lease, and is made up for when it was missed. */
export type Job = {
  /** Readiness, metrics and the store know it by this name. */
  name: string;
  /** Runs under this name never overlap: both kinds of scan share one. The job's own name unless given. */
  runsAs?: string;
  /** Cron line, read in the time zone of the settings. */
  schedule: string;
  /** Whether it runs once more when it falls into its own run; otherwise that run is left out. */
  waitsItsTurn?: boolean;
  /** Does the work, and returns what it did, for its line in the log; throws JobIncomplete when it did only a part. */
  work(signal: AbortSignal): Promise<unknown>;
  /** When it last began, ms UTC; null when it never did. */
  lastRun(): Promise<number | null>;
};

/** What a job asks of its runner. */
export type JobHost = {
  /** Looks for due changes and cards now, as there may be some. */
  runDueWorkSoon(): void;
  /** Starts a job of the table by its name, after a time, ms; one that will start by then anyway is not started twice. */
  startLater(name: string, ms: number): void;
};

/** The jobs, in the order in which they are made up for: a full read makes a quick one unnecessary. */
export function jobTable(context: JobContext, settings: ReadSettings, host: JobHost): readonly Job[] {
  const { store } = context;
  const lastNoted = (name: string) => async () => (await store.jobs.last(name))?.startedAt ?? null;

  async function read(request: ScanRequest, signal: AbortSignal): Promise<Did> {
    const record = await scan(context, request, signal);
    if (record.outcome === 'complete' && record.changes > 0) {
      await store.notifications.count({ changesScanned: record.changes }, context.clock.now());
    }
    return follow(record);
  }

  /** Reads the users that Microsoft’s notifications named. */
  async function readWhoChanged(signal: AbortSignal): Promise<Did> {
    const record = await readNotified(context, signal);
    return record === null ? { users: 0 } : follow(record);
  }

  async function follow(record: ScanRecord): Promise<Did> {
    const restored = await verify(context);
    await raiseScanAlarm(context);
    if (record.outcome === 'held') host.startLater('full-scan', settings.confirmAfterMs);
    host.runDueWorkSoon();
    if (record.outcome === 'complete' && record.changes > 0) host.startLater('collect', LOOK_AGAIN_MS);
    if (record.outcome === 'incomplete') throw new JobIncomplete(record.reason ?? 'The read is incomplete.');
    const { kind, outcome, usersRead: users, changes } = record;
    return { kind, outcome, users, changes, restored };
  }

  async function gather(signal: AbortSignal): Promise<Did> {
    await context.lookAtRules();
    await noteRules(context);
    const { added: records, problems } = await collect(context, signal);
    // Before anything else: anybody who is attacked waits for this.
    host.startLater('detect', 0);
    const explainedAgain = await review(context);
    if (await awaitsRecord(context)) host.startLater('collect', LOOK_AGAIN_MS);
    host.runDueWorkSoon();
    // What came in is kept, but a collection that misses a source is not a good one: readiness says so.
    if (problems.length > 0) throw new JobIncomplete(problems.join(' '));
    return { records, explainedAgain };
  }

  return [
    {
      name: 'full-scan',
      runsAs: 'scan',
      schedule: settings.fullScan,
      waitsItsTurn: true,
      work: (signal) => read({ kind: 'full' }, signal),
      lastRun: async () => (await store.scans.last({ kind: 'full', outcome: 'complete' }))?.startedAt ?? null,
    },
    {
      // A quick scan that falls into another read is not needed.
      name: 'scan',
      schedule: settings.scan,
      work: (signal) => read({ kind: 'delta' }, signal),
      lastRun: async () => (await store.scans.lastWhole())?.startedAt ?? null,
    },
    {
      name: 'notifications',
      schedule: SUBSCRIPTIONS_SCHEDULE,
      async work(signal) {
        const { subscriptions, problem } = await keepSubscribed(context, signal);
        if (problem !== null) throw new JobIncomplete(problem);
        return { subscriptions };
      },
      lastRun: lastNoted('notifications'),
    },
    ...(context.settings.notificationUrl === null
      ? []
      : [
          {
            // Not under the name of the scans: a run that waits its turn there would replace one of theirs.
            name: NOTIFIED,
            schedule: NOTIFIED_SCHEDULE,
            waitsItsTurn: true,
            work: readWhoChanged,
            lastRun: lastNoted(NOTIFIED),
          },
        ]),
    { name: 'collect', schedule: settings.collect, work: gather, lastRun: lastNoted('collect') },
    {
      // After each collection, and by itself for what a back-fill or an import brought.
      name: 'detect',
      schedule: DETECT_SCHEDULE,
      waitsItsTurn: true,
      async work(signal) {
        const matches = await detect(context, signal);
        const closed = await closeQuietAlerts(context);
        host.runDueWorkSoon();
        return { matches, closed };
      },
      lastRun: lastNoted('detect'),
    },
    {
      name: 'auditing',
      schedule: settings.auditCheck,
      async work(signal) {
        await checkAuditing(context, signal);
        host.runDueWorkSoon();
        return { auditing: (await store.audit.auditing()).state };
      },
      lastRun: lastNoted('auditing'),
    },
    {
      name: 'own-access',
      schedule: OWN_ACCESS_SCHEDULE,
      async work(signal) {
        await checkAuditingHourly(context, signal);
        await noteOwnAccess(context, signal);
        host.runDueWorkSoon();
        return { permissions: (await store.ownAccess.known()).length };
      },
      lastRun: lastNoted('own-access'),
    },
    {
      name: 'purge',
      schedule: PURGE_SCHEDULE,
      work: async () => ({ removed: await purge(context) }),
      lastRun: lastNoted('purge'),
    },
    ...(context.forwarding === null ? [] : [forwardJob(context, context.forwarding)]),
    {
      name: 'archive-head',
      schedule: SEAL_SCHEDULE,
      async work() {
        await sealHead(context);
        return { links: (await store.archive.head())?.seq ?? 0 };
      },
      lastRun: lastNoted('archive-head'),
    },
    {
      name: 'credential',
      schedule: CREDENTIAL_SCHEDULE,
      async work() {
        await noteCredentialEnd(context);
        host.runDueWorkSoon();
        const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
        return {
          endsAt: iso(await context.credentialEndsAt()),
          botEndsAt: iso(await context.botCredentialEndsAt()),
        };
      },
      lastRun: lastNoted('credential'),
    },
    {
      name: 'sign-ins',
      schedule: SIGN_INS_SCHEDULE,
      work: async (signal) => ({ outcome: await readSignIns(context, signal) }),
      lastRun: lastNoted('sign-ins'),
    },
    {
      name: 'license-dates',
      schedule: LICENSE_DATES_SCHEDULE,
      work: async (signal) => ({ outcome: await readLicenseDates(context, signal) }),
      // A read that was cut off goes on as soon as a process leads again.
      lastRun: async () =>
        (await store.licenseDates.run()).open === null ? lastNoted('license-dates')() : null,
    },
    {
      name: 'usage',
      schedule: USAGE_SCHEDULE,
      async work(signal) {
        const problem = problemsOf((await readUsage(context, signal)).problems);
        if (problem !== null) throw new JobIncomplete(problem);
      },
      lastRun: lastNoted('usage'),
    },
  ];
}

/** Passes records on to the SIEM. One that does not take them is no success, and holds nothing else up. */
function forwardJob(context: JobContext, forwarding: Forwarding): Job {
  return {
    name: 'forward',
    schedule: FORWARD_SCHEDULE,
    async work(signal) {
      const sent = async (): Promise<number> =>
        (await context.store.forwarding.state(forwarding.sender.name)).sent;
      const before = await sent();
      const problem = await forward(context, forwarding, signal);
      if (problem !== null) throw new JobIncomplete(problem);
      return { records: (await sent()) - before };
    },
    lastRun: async () => (await context.store.jobs.last('forward'))?.startedAt ?? null,
  };
}
