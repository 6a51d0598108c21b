import { DAY_MS } from '../durations.ts';
import type { Coverage } from './report.ts';
import type { Workload } from './workload.ts';

/** What the mailbox reports say of a mailbox. `kind` as Microsoft writes it; null where a report does not tell. */
export type MailboxUse = { bytes: number | null; hasArchive: boolean | null; kind: string | null };

/**
 * What usage reports say of a person. `last` has the workloads in whose report the person stands: the day of the last
 * activity, ms UTC at its begin, or null where there was none in the whole period of the report.
 */
export type PersonUsage = {
  userId: string;
  last: Partial<Record<Workload, { run: number; at: number | null }>>;
  mailbox: MailboxUse | null;
  /** What their OneDrive holds, bytes; null where no report tells. */
  driveBytes: number | null;
};

/** `used` on that day or later; `unused` from `since` to `until`; `unknown` where nothing shows it. Times are ms UTC. */
export type UseVerdict =
  | { use: 'used'; at: number }
  | { use: 'unused'; lastAt: number | null; until: number }
  | { use: 'unknown' };

/** Days are told without a time: an activity on the day on which a stretch begins lies within it. */
export const dayOf = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS;

/** Whether a person used a workload since then (ms UTC), as far as reports tell. Whoever stands in none is not known. */
export function useSince(
  usage: PersonUsage | null,
  workload: Workload,
  coverage: Coverage,
  since: number,
): UseVerdict {
  const fact = usage?.last[workload];
  const first = dayOf(since);
  if (fact?.at != null && fact.at >= first) return { use: 'used', at: fact.at };
  const known = coverage[workload];
  if (!known.known || fact === undefined || fact.run < known.run) return { use: 'unknown' };
  // "None in the period" says nothing about the time before it.
  const from = known.refreshedAt - known.periodDays * DAY_MS;
  if (fact.at === null && first < from) return { use: 'unknown' };
  return { use: 'unused', lastAt: fact.at, until: known.refreshedAt };
}

/**
 * What is known of the use of several workloads together: used where one was, unused where all are known to be unused.
 * No workload at all is not known.
 */
export function useOfAll(
  usage: PersonUsage | null,
  workloads: readonly Workload[],
  coverage: Coverage,
  since: number,
): UseVerdict {
  const verdicts = workloads.map((workload) => useSince(usage, workload, coverage, since));
  const used = verdicts.flatMap((verdict) => (verdict.use === 'used' ? [verdict.at] : []));
  if (used.length > 0) return { use: 'used', at: Math.max(...used) };
  const unused = verdicts.flatMap((verdict) => (verdict.use === 'unused' ? [verdict] : []));
  if (unused.length < verdicts.length || unused.length === 0) return { use: 'unknown' };
  const days = unused.flatMap(({ lastAt }) => (lastAt === null ? [] : [lastAt]));
  return {
    use: 'unused',
    lastAt: days.length > 0 ? Math.max(...days) : null,
    until: Math.min(...unused.map(({ until }) => until)),
  };
}

/** The day up to which all of these workloads are known, ms UTC; null where one is not. */
export function knownUntil(workloads: readonly Workload[], coverage: Coverage): number | null {
  const until = workloads.map((workload) => {
    const known = coverage[workload];
    return known.known ? known.refreshedAt : null;
  });
  return until.some((at) => at === null) || until.length === 0
    ? null
    : Math.min(...until.flatMap((at) => at ?? []));
}
