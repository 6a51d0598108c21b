import { listed } from '../../english.ts';
import type { LicenseGrant } from '../../license/license-grant.ts';
import { DIRECT, gives, heldSkus, type UserState } from '../../license/user-state.ts';
import { count } from '../../numerals.ts';
import { blocksOf } from '../blocks.ts';
import { acceptable } from '../check-remedies.ts';
import { SeatPool } from '../checks/seats.ts';
import type { Draft, Remedy } from '../draft.ts';
import { reachDigest } from '../plan-digest.ts';
import type { PlanLine } from '../plan-view-types.ts';
import type { PlannedStep } from '../step.ts';
import { licensesInWords } from '../step-words.ts';
import { surveyOf } from '../survey.ts';
import { whyNotMembers } from './group-refusal.ts';
import { removalDeadlines } from './removal-deadlines.ts';
import type { RequestFacts } from './request-facts.ts';
import type { MembershipKind } from './request-kind.ts';
import { type RequestPlan, RUNNING, refusedPlan, sentenceOf } from './request-sentence.ts';

type Membership = { kind: MembershipKind; userIds: readonly string[]; groupId: string };

/** What happens for one user; without a step, why not, or that it is so already. */
type Share = { line: PlanLine; step: PlannedStep | null; loses: readonly string[]; isSo: boolean };

/**
 * Plans who is put into a group that gives licenses, or taken out of it, with what each of them gets or loses by that.
 * Whoever joins is held to the checks of a restore by the same group; whoever has a product by another way keeps it,
 * and takes no further seat.
 */
export function planMembership(request: Membership, facts: RequestFacts): RequestPlan {
  const refusal = whyNotMembers(request.kind, facts);
  const name = facts.groupName(request.groupId);
  const people =
    request.userIds.length === 1
      ? facts.nameOf(request.userIds[0] ?? '')
      : `these ${count(request.userIds.length, 'user')}`;
  const isJoin = request.kind === 'add-to-group';
  if (refusal) {
    const deed = isJoin ? `put ${people} into ${name}` : `take ${people} out of ${name}`;
    return refusedPlan(`I cannot ${deed}: ${refusal.reason} ${refusal.wayOut}`);
  }
  const shares = isJoin ? sharesOfJoin(request, facts) : sharesOfLeave(request, facts);
  const steps = shares.flatMap(({ step }) => step ?? []);
  const lines = shares
    .map(({ line }) => line)
    .filter(({ does, blocked }) => does.length + blocked.length > 0);
  const given = licensesInWords(givenBy(facts), { ...facts, groups: facts.tenant.groups });
  const words = isJoin
    ? { one: `joins ${name}, which gives ${given}`, many: `join ${name}, which gives ${given}` }
    : leavesInWords(shares, name, given);
  const so = shares.filter(({ isSo }) => isSo);
  const [first] = so;
  const nothing = `Nothing to do: ${first && so.length === 1 ? `${first.line.name} is` : 'they are'} ${isJoin ? `in ${name} already` : `not in ${name} directly`}.`;
  return {
    steps,
    view: {
      digest: reachDigest(steps),
      sentence: sentenceOf(lines, { ...words, not: ['cannot', 'cannot'] }) || nothing,
      lines,
      ready: steps.length,
      blocked: lines.filter(({ blocked }) => blocked.length > 0).length,
      direct: false,
    },
    deadlines: removalDeadlines(steps, facts, facts.now),
  };
}

const givenBy = ({ group }: RequestFacts): readonly LicenseGrant[] => group?.group.assignedLicenses ?? [];

const shareOf = (
  userId: string,
  { nameOf }: RequestFacts,
  own: Partial<Share> & Partial<PlanLine>,
): Share => ({
  line: { userId, name: nameOf(userId), does: own.does ?? [], blocked: own.blocked ?? [] },
  step: own.step ?? null,
  loses: own.loses ?? [],
  isSo: own.isSo ?? false,
});

const GONE = { reason: 'The account does not exist any more.', wayOut: '' };

function sharesOfJoin({ userIds, groupId }: Membership, facts: RequestFacts): Share[] {
  const survey = surveyOf({ ...facts, changes: [], removedAt: new Map() });
  const seats = new SeatPool(facts.tenant.skus);
  const members = new Set(facts.group?.userIds ?? []);
  return userIds.map((userId) => {
    if (facts.running.has(userId)) return shareOf(userId, facts, { blocked: [RUNNING] });
    const state = facts.present.get(userId);
    if (!state) return shareOf(userId, facts, { blocked: [GONE] });
    if (members.has(userId)) return shareOf(userId, facts, { isSo: true });
    const { draft, remedy } = joining(state, groupId, givenBy(facts));
    if (acceptable(draft, [remedy], survey, seats).length === 0) {
      const blocks = blocksOf(draft.problems, facts, (skuId) => seats.short(skuId));
      return shareOf(userId, facts, {
        blocked: blocks.map(({ reason, wayOut }) => ({ reason, wayOut })),
      });
    }
    return shareOf(userId, facts, {
      does: joinInWords(state, groupId, facts),
      step: {
        action: { kind: 'add-to-group', userId, groupId },
        undo: { kind: 'remove-from-group', userId, groupId },
        userIds: [userId],
      },
    });
  });
}

/** A restore's draft for somebody who lost nothing, and its one remedy: to join. */
export function joining(
  state: UserState,
  groupId: string,
  given: readonly LicenseGrant[],
): { draft: Draft; remedy: Remedy } {
  const { id: userId, assignments } = state;
  return {
    draft: {
      userId,
      loss: { userId, seenAt: 0, paths: [], failed: [], replanned: [], account: null, snapshot: null },
      state,
      held: heldSkus(state),
      restoreAccount: false,
      remedies: [],
      stopped: [],
      stays: assignments.filter(gives).map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans })),
      problems: [],
    },
    remedy: { by: 'join', groupId, wanted: given.map(({ skuId }) => skuId), gives: [...given], now: null },
  };
}

/** What comes, and what they have already: "Put into LIC-E3: gets Microsoft 365 E3". */
function joinInWords(state: UserState, groupId: string, facts: RequestFacts): string[] {
  const given = givenBy(facts);
  const held = heldSkus(state);
  const comes = given.filter(({ skuId }) => !held.has(skuId));
  const names = { ...facts, groups: facts.tenant.groups };
  const put = `Put into ${facts.groupName(groupId)}`;
  return [
    comes.length > 0 ? `${put}: gets ${licensesInWords(comes, names)}` : put,
    ...given.filter(({ skuId }) => held.has(skuId)).map(({ skuId }) => hasAlready(state, skuId, facts)),
  ];
}

/** By which other way somebody has a product: it stays, and no further seat is taken. */
function hasAlready(state: UserState, skuId: string, facts: RequestFacts): string {
  return `Has ${facts.productName(skuId)} already, ${waysOf(state, skuId, null, facts)}`;
}

/** "directly and by LIC-All", without one group; empty where there is no way. */
export function waysOf(
  { assignments }: UserState,
  skuId: string,
  without: string | null,
  { groupName }: Pick<RequestFacts, 'groupName'>,
): string {
  const paths = assignments.filter((one) => one.skuId === skuId && gives(one) && one.path !== without);
  return listed(paths.map(({ path }) => (path === DIRECT ? 'directly' : `by ${groupName(path)}`)));
}

function sharesOfLeave({ userIds, groupId }: Membership, facts: RequestFacts): Share[] {
  const members = new Set(facts.group?.userIds ?? []);
  return userIds.map((userId) => {
    if (facts.running.has(userId)) return shareOf(userId, facts, { blocked: [RUNNING] });
    const state = facts.present.get(userId);
    if (!state) return shareOf(userId, facts, { blocked: [GONE] });
    if (!members.has(userId)) return shareOf(userId, facts, { isSo: true });
    const given = state.assignments.filter((one) => one.path === groupId && gives(one));
    const goes = given.filter(({ skuId }) => waysOf(state, skuId, groupId, facts) === '');
    const stays = given.filter((one) => !goes.includes(one));
    const loses = goes.map(({ skuId }) => facts.productName(skuId));
    const out = `Take out of ${facts.groupName(groupId)}`;
    return shareOf(userId, facts, {
      loses,
      does: [
        loses.length > 0 ? `${out}: loses ${listed(loses)}` : out,
        ...stays.map(
          ({ skuId }) => `Keeps ${facts.productName(skuId)}, ${waysOf(state, skuId, groupId, facts)}`,
        ),
      ],
      step: {
        action: { kind: 'remove-from-group', userId, groupId },
        undo: { kind: 'add-to-group', userId, groupId },
        userIds: [userId],
      },
    });
  });
}

/** With what all of them lose; where that differs, with what the group gives, and each line tells. */
function leavesInWords(shares: readonly Share[], name: string, given: string): { one: string; many: string } {
  const lost = new Set(shares.filter(({ step }) => step !== null).map(({ loses }) => listed(loses)));
  const [only] = lost;
  if (lost.size !== 1 || only === undefined) {
    return { one: `leaves ${name}, which gives ${given}`, many: `leave ${name}, which gives ${given}` };
  }
  if (only !== '') return { one: `leaves ${name} and loses ${only}`, many: `leave ${name} and lose ${only}` };
  return { one: `leaves ${name} and loses no license`, many: `leave ${name} and lose no license` };
}
