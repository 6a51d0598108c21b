import type { AssignmentDates } from '../../domain/dates/dates-of.ts';
import { interruptedFor } from '../../domain/dates/periods.ts';
import { lasted } from '../../domain/durations.ts';
import { gives } from '../../domain/license/user-state.ts';
import type { StoredUser } from '../../domain/ports.ts';
import { formatTime, type TimeStyle } from '../times/times.ts';
import type { KnownDates } from './load-dates.ts';

/** What each date is worth, for beneath a table. */
export const DATES_MEAN =
  'Plan: when the first service plan of the product came; it moves with the plan. State: when Microsoft last touched the assignment, for any reason. Record: when the audit log says it was assigned; exact. First seen: the read that first saw it; at most one read late.';

/** "Microsoft’s dates were read 23 Nov 10:30."; null when they were not. `asOf` is ms UTC. */
export const datesRead = (asOf: number | null, style: TimeStyle): string | null =>
  asOf === null ? null : `Microsoft’s dates were read ${formatTime(asOf, style)}.`;

/** The oldest of some times, ms UTC: as of then all of them are true. Null when there is none. */
export const oldest = (times: readonly (number | null)[]): number | null =>
  times.reduce((least, at) => (at === null || (least !== null && least <= at) ? least : at), null);

/** Says since when, by the source that says it best: "3 Mar 2024 10:12 (audit record), interrupted for 40 minutes". */
export function sinceWords(dates: AssignmentDates, style: TimeStyle): string {
  return `${beginning(dates, style)}${interruptedWords(dates.interruptedMs)}`;
}

/** ", interrupted for 40 minutes", or nothing. */
export const interruptedWords = (ms: number): string => (ms > 0 ? `, interrupted for ${lasted(ms)}` : '');

/**
 * A record is exact; what our reads saw coming is known to a read. Of what was there before, the plan's date comes
 * nearest: the state's may be of last night.
 */
function beginning({ plan, record, seen }: AssignmentDates, style: TimeStyle): string {
  if (record !== null) return `${formatTime(record, style)} (audit record)`;
  if (seen.after !== null) return formatTime(seen.by, style);
  if (plan !== null && plan < seen.by) return `${formatTime(plan, style)} (service plan)`;
  return `before ${formatTime(seen.by, style)}`;
}

/** All four dates: "plan 3 Mar 2024 10:12; state 20 Nov 08:00; no record; first seen 20 Nov 08:00". */
export function fourDates({ plan, state, record, seen, asOf }: AssignmentDates, style: TimeStyle): string {
  const time = (name: string, at: number | null, none: string): string =>
    at === null ? none : `${name} ${formatTime(at, style)}`;
  return [
    time('plan', plan, asOf === null ? 'plan not read yet' : 'no plan date'),
    time('state', state, asOf === null ? 'state not read yet' : 'no state date'),
    time('record', record, 'no record'),
    time('first seen', seen.by, ''),
  ].join('; ');
}

/** All four dates of one way, each with what it is worth. */
export function datesInFull(
  { plan, state, record, seen, asOf }: AssignmentDates,
  style: TimeStyle,
): Record<string, string> {
  const time = (at: number | null, worth: string, none: string): string =>
    at === null ? none : `${formatTime(at, style)}: ${worth}`;
  const unread = asOf === null ? 'not read yet' : 'none';
  return {
    'Service plan': time(plan, 'its first plan came; moves with the plan', unread),
    State: time(state, 'Microsoft last touched it, for any reason', unread),
    'Audit record': time(record, 'assigned, exactly', 'none'),
    'First seen': `${formatTime(seen.by, style)}: by my reads, at most one late`,
  };
}

/**
 * Since when somebody has a product, by whatever path: as `sinceWords` of the path that was first. Null when they do
 * not have it.
 */
export function heldSince(
  user: StoredUser,
  skuId: string,
  known: KnownDates,
  style: TimeStyle,
): string | null {
  if (user.removedAt !== null) return null;
  const [first] = user.state.assignments
    .filter((assignment) => assignment.skuId === skuId && gives(assignment))
    .map((assignment) => known.of(user, assignment))
    .toSorted((a, b) => earliest(a) - earliest(b));
  if (!first) return null;
  const period = known.periodOf(user, skuId);
  return sinceWords({ ...first, interruptedMs: period === null ? 0 : interruptedFor(period) }, style);
}

/** When somebody surely had it, ms UTC: for putting the paths of one product in order. */
const earliest = ({ plan, record, seen }: AssignmentDates): number =>
  record ?? (seen.after === null ? Math.min(plan ?? seen.by, seen.by) : seen.by);

/** As `fourDates`, of what was there before we looked: only what is known of it, or null. */
export function datesKnown({ plan, state, record }: AssignmentDates, style: TimeStyle): string | null {
  const told = Object.entries({ plan, state, record }).flatMap(([name, at]) =>
    at === null ? [] : [`${name} ${formatTime(at, style)}`],
  );
  return told.length === 0 ? null : told.join('; ');
}
