import { DAY_MS } from '../durations.ts';
import type { LicenseGrant } from '../license/license-grant.ts';
import type { LicensedGroup } from '../license/sku.ts';
import { type Assignment, DIRECT, gives, heldSkus } from '../license/user-state.ts';
import { membershipLock } from './checks/group.ts';
import type { Draft, Remedy } from './draft.ts';
import { directOnes, sameServicePlans, type UserLoss } from './losses.ts';
import type { Survey } from './survey.ts';

/** A deleted account can be restored for this long, ms (Graph, "Delete user": 30 days). */
export const ACCOUNT_KEPT_MS = 30 * DAY_MS;

/** Sorts what a user lost by the way in which it can come back. Nothing is checked yet but the groups. */
export function draftOf(loss: UserLoss, survey: Survey): Draft {
  const state = survey.facts.present.get(loss.userId) ?? null;
  const draft: Draft = {
    userId: loss.userId,
    loss,
    state,
    held: state ? heldSkus(state) : new Set(),
    restoreAccount: false,
    remedies: [],
    stopped: [],
    stays: state ? state.assignments.filter(gives).map(asGrant) : [],
    problems: [],
  };
  if (!state && !accountComesBack(draft, survey)) return draft;
  for (const path of lostPaths(draft)) givePath(draft, path, survey);
  for (const failed of loss.failed) tryAgain(draft, failed, survey);
  for (const then of loss.replanned) setServicePlans(draft, then, survey);
  return draft;
}

const asGrant = ({ skuId, disabledPlans }: Assignment): LicenseGrant => ({ skuId, disabledPlans });

/** Restoring an account is for those whose account is what was lost. */
function accountComesBack(draft: Draft, { facts }: Survey): boolean {
  const { userId, loss, problems } = draft;
  const goneAt = facts.removedAt.get(userId) ?? loss.account?.seenAt ?? loss.seenAt;
  const until = goneAt + ACCOUNT_KEPT_MS;
  draft.restoreAccount = loss.account !== null && facts.now < until;
  if (!draft.restoreAccount) {
    const skuIds = [
      ...new Set([...loss.paths, ...(loss.account?.assignments ?? [])].map(({ skuId }) => skuId)),
    ];
    problems.push({ code: 'account-gone', skuIds, until: facts.now < until ? until : null });
    return false;
  }
  // Entra gives a restored account its groups back by itself, and the groups their licenses.
  draft.stays.push(...(loss.account?.assignments ?? []).filter(({ path }) => path !== DIRECT).map(asGrant));
  return true;
}

/**
 * Lost paths of products that the user holds by no other path now. Each path once. With a deleted account Entra gives
 * its groups back; in one that is back already, what they have not given is missing like anything else.
 */
function lostPaths({ loss, held, state }: Draft): Assignment[] {
  const paths = new Map<string, Assignment>();
  const ofAccount = loss.account?.assignments ?? [];
  for (const path of [...(state ? ofAccount : directOnes(ofAccount)), ...loss.paths]) {
    if (!held.has(path.skuId)) paths.set(`${path.skuId} ${path.path}`, path);
  }
  return [...paths.values()].sort((a, b) => (`${a.skuId} ${a.path}` < `${b.skuId} ${b.path}` ? -1 : 1));
}

function givePath(draft: Draft, path: Assignment, survey: Survey): void {
  const { skuId } = path;
  const grant = survey.plans.asOfNow(path);
  if (path.path === DIRECT) {
    draft.remedies.push({ by: 'direct', groupId: null, wanted: [skuId], gives: [grant], now: null });
    return;
  }
  if (isInError(draft, path)) {
    tryAgain(draft, path, survey);
    return;
  }
  const group = survey.groups.get(path.path);
  if (!group) {
    draft.problems.push({ code: 'group-gone', skuIds: [skuId], groupId: path.path });
    return;
  }
  const givesIt = group.assignedLicenses.some((license) => license.skuId === skuId);
  const left = givesIt || hasLeft(draft, group);
  const lock = left ? membershipLock(group) : null;
  if (lock) draft.problems.push({ code: lock, skuIds: [skuId], groupId: group.id });
  else if (givesIt) remedyOf(draft, 'join', group.id, survey).wanted.push(skuId);
  else draft.stopped.push({ groupId: group.id, grant, left });
}

/**
 * Whether a user is out of a group that gives licenses: they have none of them through it. The change cannot
 * tell whether the group stopped giving or the user left. Of a group that gives nothing any more its former
 * users count as members: they mostly are, and who is not is found missing when they are read again, by when
 * the group gives something.
 */
function hasLeft({ state }: Draft, { id, assignedLicenses }: LicensedGroup): boolean {
  return assignedLicenses.length > 0 && !(state?.assignments.some(({ path }) => path === id) ?? false);
}

/** A user who is in error through a group is its member: Microsoft only has to try again. */
function isInError({ state }: Draft, { skuId, path }: Assignment): boolean {
  return (
    state?.assignments.some((one) => one.skuId === skuId && one.path === path && one.state === 'Error') ??
    false
  );
}

function tryAgain(draft: Draft, failed: Assignment, survey: Survey): void {
  if (draft.held.has(failed.skuId) || !isInError(draft, failed)) return;
  const { wanted, gives: given } = remedyOf(draft, 'reprocess', failed.path, survey);
  if (!wanted.includes(failed.skuId)) wanted.push(failed.skuId);
  if (!given.some(({ skuId }) => skuId === failed.skuId)) given.push(survey.plans.asOfNow(failed));
}

/** The user's remedy for a group, made when it is first asked for. */
export function remedyOf(draft: Draft, by: 'join' | 'reprocess', groupId: string, survey: Survey): Remedy {
  const there = draft.remedies.find((remedy) => remedy.by === by && remedy.groupId === groupId);
  if (there) return there;
  const given = survey.groups.get(groupId)?.assignedLicenses ?? [];
  const remedy: Remedy = { by, groupId, wanted: [], gives: [...given], now: null };
  draft.remedies.push(remedy);
  return remedy;
}

function setServicePlans(draft: Draft, then: Assignment, survey: Survey): void {
  const now = draft.state?.assignments.find(
    (one) => one.skuId === then.skuId && one.path === then.path && gives(one),
  );
  const grant = survey.plans.asOfNow(then);
  if (!now || sameServicePlans(now.disabledPlans, grant.disabledPlans)) return;
  if (then.path !== DIRECT) {
    draft.problems.push({ code: 'group-plans', skuIds: [then.skuId], groupId: then.path });
    return;
  }
  draft.remedies.push({
    by: 'service-plans',
    groupId: null,
    wanted: [then.skuId],
    gives: [grant],
    now: asGrant(now),
  });
}
