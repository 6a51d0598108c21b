import { DAY_MS } from '../durations.ts';
import { WORKLOADS, type Workload } from './workload.ts';

/**
 * The usage reports that are read, by the functions' names in Microsoft Graph
 * (https://learn.microsoft.com/graph/api/resources/report). The second `getM365AppUserDetail` is read over 90 days: it
 * says of a device only whether it was used in the whole period.
 */
export const REPORT_NAMES = [
  'getOffice365ActiveUserDetail',
  'getTeamsUserActivityUserDetail',
  'getEmailActivityUserDetail',
  'getMailboxUsageDetail',
  'getOneDriveActivityUserDetail',
  'getOneDriveUsageAccountDetail',
  'getSharePointActivityUserDetail',
  'getM365AppUserDetail',
  'getM365AppUserDetail/D90',
] as const;

export type ReportName = (typeof REPORT_NAMES)[number];

/** Which workloads' use a report shows. */
export const SHOWN_BY: Readonly<Record<ReportName, readonly Workload[]>> = {
  getOffice365ActiveUserDetail: ['exchange', 'onedrive', 'sharepoint', 'teams', 'yammer', 'skype'],
  getTeamsUserActivityUserDetail: ['teams'],
  getEmailActivityUserDetail: ['exchange'],
  getMailboxUsageDetail: [],
  getOneDriveActivityUserDetail: ['onedrive'],
  getOneDriveUsageAccountDetail: [],
  getSharePointActivityUserDetail: ['sharepoint'],
  getM365AppUserDetail: ['apps'],
  'getM365AppUserDetail/D90': ['desktop'],
};

/** Why a report tells nothing, or nothing new. `code` is a ReadFailureCode or `concealed`; `message` says what to do. */
export type ReportProblem = { code: string; message: string; at: number };

/** A report as it was last read in whole, and why not since. Times are ms UTC. */
export type ReportState = {
  report: ReportName;
  /** When the read began that counts; facts of it carry this. Null where it never was read. */
  run: number | null;
  /** The day up to which Microsoft had counted. */
  refreshedAt: number | null;
  /** How many days the report looks back. */
  periodDays: number;
  /** Which of its workloads had their column. */
  workloads: readonly Workload[];
  rows: number;
  /** Rows that could be put to nobody: gone, renamed twice, or the name of two people. */
  unmatched: number;
  problem: ReportProblem | null;
};

/** Microsoft's reports come 48 hours late, at times 72; one as old as this is not what it should be. */
export const LATE_AFTER_MS = 7 * DAY_MS;

/** What is known of a workload: facts that a run as late as `run` wrote count, up to `refreshedAt`. */
export type Known = { known: true; run: number; refreshedAt: number; periodDays: number };

/** `late`: the newest report is too old; `refreshedAt` says how old. */
export type Unknown = {
  known: false;
  why: 'not-read' | 'late' | 'concealed' | 'failed';
  refreshedAt: number | null;
  message: string | null;
};

export type Coverage = Readonly<Record<Workload, Known | Unknown>>;

/** For each workload, up to when its use is known. Of two fresh reports the older one decides; a late one counts no more. */
export const coverageOf = (states: readonly ReportState[], now: number): Coverage =>
  Object.fromEntries(WORKLOADS.map((workload) => [workload, coverageFor(workload, states, now)])) as Record<
    Workload,
    Known | Unknown
  >;

function coverageFor(workload: Workload, states: readonly ReportState[], now: number): Known | Unknown {
  const showing = states.filter(({ report }) => SHOWN_BY[report].includes(workload));
  const read = showing.flatMap(({ run, refreshedAt, periodDays, workloads }) =>
    run === null || refreshedAt === null || !workloads.includes(workload)
      ? []
      : [{ run, refreshedAt, periodDays }],
  );
  const fresh = read.filter(({ refreshedAt }) => now - refreshedAt < LATE_AFTER_MS);
  if (fresh.length > 0) {
    return {
      known: true,
      run: Math.min(...fresh.map(({ run }) => run)),
      refreshedAt: Math.min(...fresh.map(({ refreshedAt }) => refreshedAt)),
      periodDays: Math.min(...fresh.map(({ periodDays }) => periodDays)),
    };
  }
  const problem = showing.find((state) => state.problem !== null)?.problem ?? null;
  const refreshedAt = read.length > 0 ? Math.max(...read.map((one) => one.refreshedAt)) : null;
  const why =
    problem?.code === 'concealed'
      ? 'concealed'
      : problem !== null
        ? 'failed'
        : refreshedAt === null
          ? 'not-read'
          : 'late';
  return { known: false, why, refreshedAt, message: problem?.message ?? null };
}
