import type { AuditEvent } from '../../audit/event.ts';
import { licenseOperation } from '../../audit/operation.ts';
import { MINUTE_MS } from '../../durations.ts';
import type { DetectedChange } from '../../license/change.ts';
import { DIRECT } from '../../license/user-state.ts';
import type { Evidence } from '../evidence.ts';
import { type CauseRule, type Finding, mergeChains } from '../finding.ts';
import { type Flip, flipsOf } from '../flips.ts';
import type { AttributionContext } from '../verdict.ts';
import { byMembership, withService } from './group.ts';
import { carriedOut } from './record.ts';

/** The licensing service follows a membership within half a minute in the labs that recorded it; ms. */
const FOLLOWS_WITHIN_MS = 2 * MINUTE_MS;

/**
 * A group that got its license in the Microsoft 365 admin center: Graph shows no license on it, and the members'
 * paths as direct. The licensing service's own record about the user, right after their membership changed, is
 * the only sign of it: then the membership is the likely cause. Several people who moved the user between groups
 * at that time are no answer.
 */
export const afterMembership: CauseRule = (change, evidence) => {
  if (change.kind === 'plans-changed' || change.kind === 'never-granted') return null;
  const [flip] = flipsOf(change).filter(({ path }) => path === DIRECT);
  const service = carriedOut(change, evidence);
  if (!flip || !service) return null;
  const groupIds = groupsLeftOrJoined(change, flip.direction, evidence, {
    from: service.at - FOLLOWS_WITHIN_MS,
    to: service.at,
  });
  const findings = groupIds
    .map((groupId) => byMembership(change, { ...flip, path: groupId }, evidence, service.at))
    .filter((finding) => finding !== null);
  const [first] = findings;
  if (!first || new Set(findings.map(({ actor, cause }) => `${cause}|${actor?.id ?? ''}`)).size > 1)
    return null;
  const found: Finding = {
    ...first,
    level: 'likely',
    chain: mergeChains(findings.map(({ chain }) => chain)),
    groupId: findings.length === 1 ? first.groupId : null,
  };
  return withService(found, change, flip, service);
};

/**
 * The groups that the user left (or joined) in a stretch of time, ms UTC, both ends included, the latest first;
 * without those they were put back into (or taken out of) again. Groups that Graph shows to give other products
 * are left out: what those give is known.
 */
export function groupsLeftOrJoined(
  change: DetectedChange,
  direction: Flip['direction'],
  evidence: Evidence,
  { from, to }: { from: number; to: number },
): string[] {
  const wanted = direction === 'gone' ? 'remove-member' : 'add-member';
  const last = new Map<string, AuditEvent>();
  for (const event of evidence.onUser(change)) {
    if (event.group === null || event.at > to || !isMembership(event)) continue;
    last.delete(event.group.id);
    last.set(event.group.id, event);
  }
  return [...last]
    .filter(([, event]) => event.at >= from && licenseOperation(event.operation) === wanted)
    .map(([groupId]) => groupId)
    .filter((groupId) => !givesOthersOnly(groupId, change, evidence.context))
    .reverse();
}

const isMembership = ({ operation }: AuditEvent): boolean => {
  const kind = licenseOperation(operation);
  return kind === 'add-member' || kind === 'remove-member';
};

const givesOthersOnly = (
  groupId: string,
  { skuId }: DetectedChange,
  { groups }: AttributionContext,
): boolean => {
  const licenses = groups.find((group) => group.id === groupId)?.assignedLicenses ?? [];
  return licenses.length > 0 && !licenses.some((license) => license.skuId === skuId);
};
