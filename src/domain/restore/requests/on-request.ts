import { listed } from '../../english.ts';
import { type Assignment, DIRECT, gives, type UserState } from '../../license/user-state.ts';
import { asIfLost } from '../as-if-lost.ts';
import { planRestore, readyUsers } from '../plan.ts';
import { planDigest } from '../plan-digest.ts';
import type { RestorePlan } from '../plan-types.ts';
import { planViewOf } from '../plan-view.ts';
import type { PlanLine } from '../plan-view-types.ts';
import type { PlannedStep } from '../step.ts';
import { planGroupLicense } from './plan-group-license.ts';
import { planMembership } from './plan-membership.ts';
import { planSwap } from './plan-swap.ts';
import { planSwitch } from './plan-switch.ts';
import { removalDeadlines } from './removal-deadlines.ts';
import type { RequestFacts } from './request-facts.ts';
import type { RequestKind } from './request-kind.ts';
import { type RequestPlan, RUNNING, sentenceOf } from './request-sentence.ts';

/** Licenses that somebody asks to give or to take, beside any incident. Ids are lower case. */
export type LicenseRequest = {
  kind: RequestKind;
  /** None where it is about everybody in a group. */
  userIds: string[];
  /** Of a swap the product that goes, then the one that comes; none of a membership. */
  skuIds: string[];
  /** The service plans to switch, in these products. */
  planIds?: string[];
  /** The group whose members or licenses are to change. */
  groupId?: string;
};

/**
 * Plans what was asked for: whom it would change, and for the others why not and the way out. Assigning is held to the same checks as giving back.
 */
export function planOnRequest(request: LicenseRequest, facts: RequestFacts): RequestPlan {
  switch (request.kind) {
    case 'assign':
      return planAssignment(request, facts);
    case 'remove':
      return planRemoval(request, facts);
    case 'swap':
      return planSwap(request, facts);
    case 'turn-on':
    case 'turn-off':
      return planSwitch({ ...request, kind: request.kind }, facts);
    case 'add-to-group':
    case 'remove-from-group':
      return planMembership({ ...request, kind: request.kind, groupId: request.groupId ?? '' }, facts);
    case 'license-group':
    case 'unlicense-group':
      return planGroupLicense({ ...request, kind: request.kind, groupId: request.groupId ?? '' }, facts);
  }
}

function planAssignment({ userIds, skuIds }: LicenseRequest, facts: RequestFacts): RequestPlan {
  const changes = userIds.flatMap((userId) =>
    skuIds.map((skuId) => asIfLost(userId, skuId, [asNew(skuId)], facts.now)),
  );
  const plan = planRestore(
    { ...facts, changes, removedAt: new Map() },
    { chosen: null, way: 'as-it-was', running: facts.running },
  );
  const view = planViewOf(plan, facts, facts.nameOf, facts.groupName);
  const products = listed(skuIds.map((id) => facts.productName(id)));
  const sentence = sentenceOf(view.lines, {
    one: `gets ${products} directly`,
    many: `get ${products} directly`,
    not: ['does not get it', 'do not get it'],
  });
  return {
    steps: plan.users.flatMap(({ steps }) => steps),
    view: { ...view, sentence: sentence || `Nothing to do: ${whoHas(userIds, facts)} ${products} already.` },
    deadlines: [],
  };
}

/** A license as it is assigned again: with all its services. */
const asNew = (skuId: string): Assignment => ({
  skuId,
  path: DIRECT,
  state: 'Active',
  error: null,
  disabledPlans: [],
});

function planRemoval({ userIds, skuIds }: LicenseRequest, facts: RequestFacts): RequestPlan {
  const removals = userIds.map((userId) => removalFor(userId, skuIds, facts));
  const steps = removals.flatMap(({ step }) => step ?? []);
  const lines = removals.flatMap(({ line }) => (line.does.length + line.blocked.length > 0 ? [line] : []));
  const products = listed(skuIds.map((id) => facts.productName(id)));
  const sentence = sentenceOf(lines, {
    one: `loses ${products}`,
    many: `lose ${products}`,
    not: ['keeps it', 'keep it'],
  });
  const plan: RestorePlan = {
    way: 'as-it-was',
    groupSteps: [],
    users: removals.map(({ line, step }) => ({
      userId: line.userId,
      steps: step ? [step] : [],
      blocks: [],
      directHelps: false,
    })),
  };
  return {
    steps,
    view: {
      digest: planDigest(plan),
      sentence: sentence || `Nothing to do: nobody of them has ${products}.`,
      lines,
      ready: readyUsers(plan).size,
      blocked: lines.filter(({ blocked }) => blocked.length > 0).length,
      direct: true,
    },
    deadlines: removalDeadlines(steps, facts, facts.now),
  };
}

function removalFor(
  userId: string,
  skuIds: readonly string[],
  facts: RequestFacts,
): { line: PlanLine; step: PlannedStep | null } {
  const state = facts.present.get(userId);
  const held = (state?.assignments ?? []).filter((one) => skuIds.includes(one.skuId) && gives(one));
  const direct = facts.running.has(userId) ? [] : held.filter(({ path }) => path === DIRECT);
  const names = direct.map(({ skuId }) => facts.productName(skuId));
  return {
    line: {
      userId,
      name: facts.nameOf(userId),
      does: direct.length > 0 ? [`Take ${listed(names)} away`] : [],
      blocked: facts.running.has(userId) ? [RUNNING] : inherited(held, state, facts),
    },
    step:
      direct.length === 0
        ? null
        : {
            action: { kind: 'unassign', userId, skuIds: direct.map(({ skuId }) => skuId) },
            undo: {
              kind: 'assign',
              userId,
              licenses: direct.map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans })),
            },
            userIds: [userId],
          },
  };
}

/** A license from a group cannot be taken from one of its members: Microsoft refuses it. */
const inherited = (
  held: readonly Assignment[],
  state: UserState | undefined,
  { productName, groupName }: RequestFacts,
): PlanLine['blocked'] =>
  state === undefined
    ? [{ reason: 'The account does not exist any more.', wayOut: '' }]
    : held
        .filter(({ path }) => path !== DIRECT)
        .map(({ skuId, path }) => ({
          reason: `${productName(skuId)} comes from the group ${groupName(path)}.`,
          wayOut: 'Take the user out of that group, or change the licenses of the group.',
        }));

const whoHas = (userIds: readonly string[], { nameOf }: RequestFacts): string => {
  const [only] = userIds;
  return userIds.length === 1 && only !== undefined ? `${nameOf(only)} has` : 'all of them have';
};
