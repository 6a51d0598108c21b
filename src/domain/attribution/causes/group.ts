import type { AuditEvent } from '../../audit/event.ts';
import { isCarriedOut, systemActorOf } from '../../audit/system-actors.ts';
import type { DetectedChange } from '../../license/change.ts';
import { DIRECT } from '../../license/user-state.ts';
import { actorNameOf } from '../actor-name.ts';
import { type Evidence, lastOf } from '../evidence.ts';
import { type Finding, link } from '../finding.ts';
import type { Flip } from '../flips.ts';
import { actorName, groupName, productOf, userName } from '../names.ts';
import { causeThrough, rootOfAct } from '../root.ts';
import { SLACK_MS } from '../window.ts';
import { dynamicRule } from './dynamic-rule.ts';
import { carriedOut } from './record.ts';

/**
 * What a group did: it lost or won the member, its licenses were edited, its rule or an attribute moved the
 * member, or it was deleted. The latest of these before the licensing service acted is the cause. Null when
 * no record tells of any: the licensing service itself is never the answer.
 */
export function throughGroup(change: DetectedChange, flip: Flip, evidence: Evidence): Finding | null {
  const service = carriedOut(change, evidence);
  const until = service ? service.at + SLACK_MS : evidence.window.to;
  const edit = byGroupLicense(change, flip, evidence, until);
  const certain = [
    byMembership(change, flip, evidence, until),
    edit?.shows ? edit.finding : null,
    byDeletion(change, flip, evidence, until),
    byRuleAlone(change, flip, evidence, until),
  ]
    .filter((finding) => finding !== null)
    .sort((a, b) => lastAt(a) - lastAt(b))
    .at(-1);
  // An edit that does not say of which licenses counts only where nothing tells of this very member.
  const found = certain ?? edit?.finding ?? null;
  if (!found) return null;
  if (!service) return found;
  return withService(found, change, flip, service);
}

/** A finding with what the licensing service carried out at the end of its chain. */
export function withService(
  found: Finding,
  change: DetectedChange,
  flip: Flip,
  service: { at: number; records: AuditEvent[] },
): Finding {
  const verb = flip.direction === 'gone' ? 'took' : 'gave';
  const preposition = flip.direction === 'gone' ? 'from' : 'to';
  const carried = `Microsoft’s licensing service ${verb} ${productOf(change, flip.skuId)} ${preposition} ${userName(change)}.`;
  return { ...found, chain: [...found.chain, link(service.at, carried, service.records)] };
}

const lastAt = (finding: Finding): number => finding.chain.at(-1)?.at ?? 0;

/** The last membership record decides: somebody put back after being taken out did not lose anything by it. */
export function byMembership(
  change: DetectedChange,
  flip: Flip,
  evidence: Evidence,
  until: number,
): Finding | null {
  const { context } = evidence;
  const wanted = flip.direction === 'gone' ? 'remove-member' : 'add-member';
  const record = lastOf(evidence.memberships(change, flip.path), ['add-member', 'remove-member'], until);
  if (!record || !lastOf([record], [wanted], until)) return null;

  const isDynamic = context.groups.some(({ id, dynamic }) => id === flip.path && dynamic);
  const byService = systemActorOf(record)?.role === 'dynamic-membership';
  const root = rootOfAct(evidence.withCopies(record), change, context);
  const name = groupName(flip.path, context, record.group?.name);
  if (byService || (isDynamic && root === null)) {
    const moved =
      flip.direction === 'gone'
        ? `The rule of the group ${name} no longer fits ${userName(change)}, who left it.`
        : `The rule of the group ${name} fits ${userName(change)}, who joined it.`;
    const membership = link(record.at, moved, evidence.withCopies(record));
    const behind = dynamicRule(change, flip.path, evidence, record.at + SLACK_MS);
    return behind
      ? { ...behind, chain: [...behind.chain, membership] }
      : { level: 'proved', cause: 'dynamic-rule', actor: null, chain: [membership], groupId: flip.path };
  }
  const who = actorNameOf(root, change, evidence);
  const what =
    flip.direction === 'gone'
      ? `${who} removed ${userName(change)} from the group ${name}.`
      : `${who} added ${userName(change)} to the group ${name}.`;
  return told(
    evidence.withCopies(record),
    what,
    causeThrough(root, 'group-membership'),
    root?.actor ?? null,
    flip.path,
  );
}

function byGroupLicense(
  change: DetectedChange,
  flip: Flip,
  evidence: Evidence,
  until: number,
): LicenseEdit | null {
  const { skuId, direction } = flip;
  return editedLicenses(change, flip.path, evidence, until, ({ before, after }) => {
    const had = before.some((license) => license.skuId === skuId);
    const has = after.some((license) => license.skuId === skuId);
    return direction === 'gone' ? had && !has : !had && has;
  });
}

/** An edit of a group's licenses; `shows` when its record says of which, and they fit. */
type LicenseEdit = { finding: Finding; shows: boolean };

/** The last edit of the group's licenses that shows the difference, else the last that shows none at all. */
function editedLicenses(
  change: DetectedChange,
  groupId: string,
  evidence: Evidence,
  until: number,
  fits: (licenses: NonNullable<AuditEvent['licenses']>) => boolean,
): LicenseEdit | null {
  const { context } = evidence;
  const edits = evidence.onGroup(groupId);
  const record =
    lastOf(
      edits,
      ['set-group-license', 'update-group'],
      until,
      (event) => event.licenses !== null && fits(event.licenses) && !isCarriedOut(event),
    ) ??
    lastOf(edits, ['set-group-license'], until, (event) => event.licenses === null && !isCarriedOut(event));
  if (!record) return null;
  const root = rootOfAct(evidence.withCopies(record), change, context);
  const what = `${actorNameOf(root, change, evidence)} changed the licenses of the group ${groupName(groupId, context)}.`;
  const finding = told(
    evidence.withCopies(record),
    what,
    causeThrough(root, 'group-license'),
    root?.actor ?? null,
    groupId,
  );
  return { finding, shows: record.licenses !== null };
}

/** Other plans on a path through a group: somebody edited the group's licenses. */
export function servicePlansThroughGroup(change: DetectedChange, evidence: Evidence): Finding | null {
  const { path, skuId } = change;
  if (path === null || path === DIRECT || skuId === null) return null;
  const service = carriedOut(change, evidence);
  const until = service ? service.at + SLACK_MS : evidence.window.to;
  const edit = editedLicenses(change, path, evidence, until, ({ before, after }) =>
    [before, after].every((licenses) => licenses.some((license) => license.skuId === skuId)),
  );
  const found = edit?.finding ?? null;
  if (!found || !service) return found;
  const carried = `Microsoft’s licensing service changed the service plans of ${productOf(change)} for ${userName(change)}.`;
  return { ...found, chain: [...found.chain, link(service.at, carried, service.records)] };
}

function byDeletion(change: DetectedChange, flip: Flip, evidence: Evidence, until: number): Finding | null {
  if (flip.direction === 'come') return null;
  const { context } = evidence;
  const record = lastOf(evidence.onGroup(flip.path), ['delete-group'], until);
  if (!record) return null;
  const root = rootOfAct(evidence.withCopies(record), change, context);
  const name = groupName(flip.path, context, record.targets[0]?.name);
  const direct = change.kind === 'path-changed' && change.after.some(({ path }) => path === DIRECT);
  const still = direct
    ? ` ${userName(change)} is still licensed, now directly: ${productOf(change)} will not follow a group any more.`
    : '';
  const what = `${actorName(root?.actor ?? null, context)} deleted the group ${name}.${still}`;
  return told(
    evidence.withCopies(record),
    what,
    causeThrough(root, 'group-deleted'),
    root?.actor ?? null,
    flip.path,
  );
}

/** A dynamic group whose membership record is missing: the rule or the attribute still tells. */
function byRuleAlone(change: DetectedChange, flip: Flip, evidence: Evidence, until: number): Finding | null {
  const isDynamic = evidence.context.groups.some(({ id, dynamic }) => id === flip.path && dynamic);
  const membership = lastOf(evidence.memberships(change, flip.path), ['add-member', 'remove-member'], until);
  return isDynamic && !membership ? dynamicRule(change, flip.path, evidence, until) : null;
}

const told = (
  records: readonly AuditEvent[],
  what: string,
  cause: Finding['cause'],
  actor: Finding['actor'],
  groupId: string,
): Finding => ({ level: 'proved', cause, actor, chain: [link(records[0]?.at ?? 0, what, records)], groupId });
