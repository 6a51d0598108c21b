import { listed } from '../../domain/english.ts';
import { numeral } from '../../domain/numerals.ts';
import { type Coverage, coverageOf, type ReportState } from '../../domain/usage/report.ts';
import { WORKLOAD_NAMES, WORKLOADS, type Workload } from '../../domain/usage/workload.ts';
import { formatDay, type TimeStyle } from '../times/times.ts';

/**
 * How usage reports stand, in a line: "up to 27 November 2026"; what is not known, and why, with what to do about it.
 */
export function usageText(states: readonly ReportState[], style: TimeStyle & { now: number }): string {
  if (states.length === 0) return 'not read yet';
  const coverage = coverageOf(states, style.now);
  const known = WORKLOADS.filter((workload) => coverage[workload].known);
  const parts = [
    ...(known.length > 0
      ? [`${listed(known.map((one) => WORKLOAD_NAMES[one]))} ${knownText(known, coverage, style)}`]
      : []),
    ...notKnownText(
      WORKLOADS.filter((workload) => !coverage[workload].known),
      coverage,
      style,
    ),
  ];
  const unmatched = Math.max(0, ...states.map((state) => state.unmatched));
  if (unmatched > 0) parts.push(`${numeral(unmatched)} rows of a report fit no account`);
  return parts.join('; ');
}

function knownText(known: readonly Workload[], coverage: Coverage, style: TimeStyle): string {
  const days = known.flatMap((workload) => {
    const state = coverage[workload];
    return state.known ? [state.refreshedAt] : [];
  });
  return `up to ${formatDay(Math.min(...days), style)}`;
}

/** A sentence for each reason why use is not known, with the workloads that it holds for. */
export function notKnownText(workloads: readonly Workload[], coverage: Coverage, style: TimeStyle): string[] {
  const byReason = Map.groupBy(workloads, (workload) => reasonOf(workload, coverage, style));
  return [...byReason].flatMap(([reason, some]) =>
    reason === null
      ? []
      : [
          `${some.length === WORKLOADS.length ? 'nothing is known of use' : `the use of ${listed(some.map((one) => WORKLOAD_NAMES[one]))} is not known`}: ${reason}`,
        ],
  );
}

function reasonOf(workload: Workload, coverage: Coverage, style: TimeStyle): string | null {
  const state = coverage[workload];
  if (state.known) return null;
  switch (state.why) {
    case 'late':
      return `Microsoft’s newest report is of ${formatDay(state.refreshedAt ?? 0, style)}, which is too old`;
    case 'not-read':
      return 'no report was read yet';
    default:
      return (state.message ?? 'the report could not be read').replace(/\.$/, '');
  }
}
