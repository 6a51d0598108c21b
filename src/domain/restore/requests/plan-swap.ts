import { servicePlanIdsOf } from '../../license/catalogue.ts';
import type { LicenseGrant } from '../../license/license-grant.ts';
import { type Assignment, DIRECT, gives, type UserState } from '../../license/user-state.ts';
import { asIfLost } from '../as-if-lost.ts';
import { planRestore } from '../plan.ts';
import { planDigest } from '../plan-digest.ts';
import type { UserPlan } from '../plan-types.ts';
import type { PlanLine } from '../plan-view-types.ts';
import type { PlannedStep } from '../step.ts';
import { licensesInWords } from '../step-words.ts';
import { removalDeadlines } from './removal-deadlines.ts';
import type { RequestFacts } from './request-facts.ts';
import { type RequestPlan, RUNNING, sentenceOf } from './request-sentence.ts';

type Blocked = PlanLine['blocked'][number];

/**
 * Plans one product in place of another for each user, as one call each: service plans that are off in the old one
 * stay off where the new one has them. The new one is held to the checks of every assignment, without the old one
 * beside it; what comes from a group cannot be swapped for one of its members.
 */
export function planSwap(
  { userIds, skuIds: [from = '', to = ''] }: { userIds: readonly string[]; skuIds: readonly string[] },
  facts: RequestFacts,
): RequestPlan {
  const held = new Map<string, Assignment>();
  const blocked = new Map<string, Blocked>();
  for (const userId of userIds) {
    const found = toSwap(userId, from, to, facts);
    if ('reason' in found) blocked.set(userId, found);
    else held.set(userId, found);
  }
  const given = new Map([...held].map(([userId, one]) => [userId, carriedOver(one, to, facts)]));
  const checked = checkedPlans(held, given, facts);
  const lines: PlanLine[] = [];
  const steps: PlannedStep[] = [];
  const plans: UserPlan[] = [];
  for (const userId of userIds) {
    const old = held.get(userId);
    const grant = given.get(userId);
    const plan = checked.get(userId);
    const step = old && grant && plan?.steps.length === 1 ? swapStep(userId, old, grant) : null;
    const why = blocked.get(userId);
    const reasons = why ? [why] : (plan?.blocks ?? []).map(({ reason, wayOut }) => ({ reason, wayOut }));
    if (step) steps.push(step);
    plans.push({ userId, steps: step ? [step] : [], blocks: [], directHelps: false });
    lines.push({
      userId,
      name: facts.nameOf(userId),
      does:
        step && grant ? [`Swap ${facts.productName(from)} for ${inWords(grant, facts)}, in one call`] : [],
      blocked: step ? [] : reasons,
    });
  }
  const move = `from ${facts.productName(from)} to ${togetherInWords([...given.values()], to, facts)}`;
  const sentence = sentenceOf(lines, {
    one: `moves ${move}`,
    many: `move ${move}`,
    not: ['stays as is', 'stay as they are'],
  });
  return {
    steps,
    view: {
      digest: planDigest({ way: 'as-it-was', groupSteps: [], users: plans }),
      sentence: sentence || 'There is nothing to swap.',
      lines,
      ready: steps.length,
      blocked: lines.filter((line) => line.blocked.length > 0).length,
      direct: true,
    },
    deadlines: removalDeadlines(steps, facts, facts.now),
  };
}

/** The direct license that is to go, or why nothing can be swapped for this user. */
function toSwap(userId: string, from: string, to: string, facts: RequestFacts): Assignment | Blocked {
  const { productName, groupName } = facts;
  if (facts.running.has(userId)) return RUNNING;
  const state = facts.present.get(userId);
  if (!state) return { reason: 'The account does not exist any more.', wayOut: '' };
  if (from === to) return { reason: 'Both are the same product.', wayOut: 'Name another one.' };
  const old = state.assignments.filter((one) => one.skuId === from && gives(one));
  const direct = old.find(({ path }) => path === DIRECT);
  const inherited = old.find(({ path }) => path !== DIRECT);
  if (inherited) {
    return {
      reason: `${productName(from)} comes from the group ${groupName(inherited.path)}, so it cannot be swapped for one person.`,
      wayOut: 'Take the user out of that group, or change the licenses of the group.',
    };
  }
  if (!direct) {
    return {
      reason: `There is no license of ${productName(from)} to swap.`,
      wayOut: `Assign ${productName(to)} instead.`,
    };
  }
  if (state.assignments.some((one) => one.skuId === to && gives(one))) {
    return {
      reason: `${productName(to)} is there already.`,
      wayOut: `Remove ${productName(from)} instead.`,
    };
  }
  return direct;
}

/** The new license with those plans off that are off in the old one. */
function carriedOver({ disabledPlans }: Assignment, to: string, { tenant }: RequestFacts): LicenseGrant {
  const plans = new Set(
    servicePlanIdsOf(
      to,
      tenant.skus.find(({ skuId }) => skuId === to),
    ),
  );
  return { skuId: to, disabledPlans: disabledPlans.filter((planId) => plans.has(planId)) };
}

/** What every assignment is checked for, as if the old license were gone. */
function checkedPlans(
  held: ReadonlyMap<string, Assignment>,
  given: ReadonlyMap<string, LicenseGrant>,
  facts: RequestFacts,
): Map<string, UserPlan> {
  const present = new Map(facts.present);
  for (const [userId, old] of held) {
    const state = present.get(userId);
    if (state) present.set(userId, without(state, old));
  }
  const changes = [...given].map(([userId, { skuId, disabledPlans }]) =>
    asIfLost(
      userId,
      skuId,
      [{ skuId, path: DIRECT, state: 'Active', error: null, disabledPlans }],
      facts.now,
    ),
  );
  const { users } = planRestore(
    { ...facts, present, changes, removedAt: new Map() },
    { chosen: null, way: 'as-it-was', running: facts.running },
  );
  return new Map(users.map((user) => [user.userId, user]));
}

const without = (state: UserState, { skuId, path }: Assignment): UserState => ({
  ...state,
  assignments: state.assignments.filter((one) => one.skuId !== skuId || one.path !== path),
});

const swapStep = (
  userId: string,
  { skuId, disabledPlans }: Assignment,
  grant: LicenseGrant,
): PlannedStep => ({
  action: { kind: 'swap', userId, licenses: [grant], skuIds: [skuId] },
  undo: { kind: 'swap', userId, licenses: [{ skuId, disabledPlans }], skuIds: [grant.skuId] },
  userIds: [userId],
});

const inWords = (grant: LicenseGrant, { tenant, ...names }: RequestFacts): string =>
  licensesInWords([grant], { ...names, groups: tenant.groups });

/** With what is off where it is the same for all; else each line tells. */
function togetherInWords(grants: readonly LicenseGrant[], to: string, facts: RequestFacts): string {
  const texts = new Set(grants.map((grant) => inWords(grant, facts)));
  const [only] = texts;
  return texts.size === 1 && only !== undefined ? only : facts.productName(to);
}
