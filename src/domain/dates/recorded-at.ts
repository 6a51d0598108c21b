import type { AuditEvent } from '../audit/event.ts';
import { licenseOperation } from '../audit/operation.ts';
import { systemActorOf } from '../audit/system-actors.ts';
import { MINUTE_MS } from '../durations.ts';
import { DIRECT } from '../license/user-state.ts';
import type { Period } from './periods.ts';

/** Clocks differ, ms. */
const SLACK_MS = 2 * MINUTE_MS;

/**
 * When the newest audit record that shows a license coming was made, ms UTC: the record of a license that the user
 * did not have before, or of the membership in the group that gives it. It must fit the beginning of the period, so
 * that neither a license held earlier nor what put a loss right counts. Null when there is no such record.
 * @param events records on the user, from whatever log or search
 * @param begins the two reads between which the period begins, or `after: null` when it was there at the first read
 */
export function recordedAt(
  assignment: { skuId: string; path: string },
  events: readonly AuditEvent[],
  begins: { after: number | null; by: number },
): number | null {
  const from = begins.after === null ? Number.NEGATIVE_INFINITY : begins.after - SLACK_MS;
  const times = events
    .filter(({ at }) => at >= from && at <= begins.by + SLACK_MS)
    .filter((event) => showsComing(event, assignment))
    .map(({ at }) => at);
  return times.length === 0 ? null : Math.max(...times);
}

/** Between which reads a period begins. */
export const beginningOf = (
  period: Pick<Period, 'from'> | null,
  firstSeenAt: number,
): { after: number | null; by: number } => period?.from ?? { after: null, by: firstSeenAt };

function showsComing(event: AuditEvent, { skuId, path }: { skuId: string; path: string }): boolean {
  const { licenses, operation, result, group } = event;
  if (result === 'failure') return false;
  const came: boolean | undefined =
    licenses?.after.some((license) => license.skuId === skuId) &&
    !licenses.before.some((license) => license.skuId === skuId);
  const byGroups = systemActorOf(event)?.role === 'group-licensing';
  if (path === DIRECT) return came === true && !byGroups;
  return (licenseOperation(operation) === 'add-member' && group?.id === path) || (came === true && byGroups);
}
