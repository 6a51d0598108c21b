import { listed } from '../../english.ts';
import { servicePlanIdsOf } from '../../license/catalogue.ts';
import type { LicenseGrant } from '../../license/license-grant.ts';
import { type Assignment, DIRECT, gives } from '../../license/user-state.ts';
import { planDigest } from '../plan-digest.ts';
import type { UserPlan } from '../plan-types.ts';
import type { PlanLine } from '../plan-view-types.ts';
import type { PlannedStep } from '../step.ts';
import { removalDeadlines } from './removal-deadlines.ts';
import type { RequestFacts } from './request-facts.ts';
import { type RequestPlan, RUNNING, sentenceOf } from './request-sentence.ts';

type Switching = {
  kind: 'turn-on' | 'turn-off';
  userIds: readonly string[];
  skuIds: readonly string[];
  planIds?: readonly string[];
};
type Blocked = PlanLine['blocked'][number];

/**
 * Plans service plans switched on or off in the direct licenses that have them, all of a user's in one call. What comes
 * through a group is set on the group; what a plan depends on is Microsoft's to refuse.
 */
export function planSwitch(request: Switching, facts: RequestFacts): RequestPlan {
  const lines: PlanLine[] = [];
  const users: UserPlan[] = [];
  for (const userId of request.userIds) {
    const found = switchFor(userId, request, facts);
    const step = 'reason' in found ? null : found;
    users.push({ userId, steps: step ? [step] : [], blocks: [], directHelps: false });
    lines.push({
      userId,
      name: facts.nameOf(userId),
      does: step ? [inWords(step, request, facts)] : [],
      blocked: 'reason' in found ? [found] : [],
    });
  }
  const steps = users.flatMap((user) => user.steps);
  const changed = planNames(plansIn(steps, request, facts), facts);
  const gets = request.kind === 'turn-on' ? ['gets', 'get'] : ['loses', 'lose'];
  const sentence = sentenceOf(lines, {
    one: `${gets[0]} ${changed}`,
    many: `${gets[1]} ${changed}`,
    not: ['stays as is', 'stay as they are'],
  });
  return {
    steps,
    view: {
      digest: planDigest({ way: 'as-it-was', groupSteps: [], users }),
      sentence: sentence || 'There is nothing to switch.',
      lines,
      ready: steps.length,
      blocked: lines.filter(({ blocked }) => blocked.length > 0).length,
      direct: true,
    },
    deadlines: removalDeadlines(steps, facts, facts.now),
  };
}

/** The write for one user, or why nothing can be switched. */
function switchFor(userId: string, request: Switching, facts: RequestFacts): PlannedStep | Blocked {
  if (facts.running.has(userId)) return RUNNING;
  const state = facts.present.get(userId);
  if (!state) return { reason: 'The account does not exist any more.', wayOut: '' };
  const { kind, skuIds } = request;
  const held = state.assignments
    .filter((one) => gives(one) && skuIds.includes(one.skuId))
    .map((one) => ({ one, plans: wantedIn(one.skuId, request, facts) }))
    .filter(({ plans }) => plans.length > 0);
  if (held.length === 0) {
    return { reason: 'No license of theirs contains it.', wayOut: 'Assign a product that contains it.' };
  }
  const isOff = ({ one, plans }: (typeof held)[number]): boolean =>
    plans.every((planId) => one.disabledPlans.includes(planId));
  const direct = held.filter(({ one }) => one.path === DIRECT);
  const inherited = held.filter(({ one }) => one.path !== DIRECT);
  if (kind === 'turn-on') {
    if (held.some((one) => !isOff(one))) return { reason: 'It is on already.', wayOut: '' };
    const [first] = direct;
    return first ? stepFor(userId, [first], kind) : ofGroup(inherited[0]?.one, facts);
  }
  const group = inherited.find((one) => !isOff(one));
  if (group) return ofGroup(group.one, facts);
  const on = direct.filter(({ one, plans }) => plans.some((planId) => !one.disabledPlans.includes(planId)));
  return on.length > 0 ? stepFor(userId, on, kind) : { reason: 'It is off already.', wayOut: '' };
}

function ofGroup(assignment: Assignment | undefined, { productName, groupName }: RequestFacts): Blocked {
  const { skuId = '', path = '' } = assignment ?? {};
  return {
    reason: `${productName(skuId)} comes from the group ${groupName(path)}, which sets its service plans for all members.`,
    wayOut: 'Change the service plans of the group.',
  };
}

const wantedIn = (skuId: string, { planIds = [] }: Switching, { tenant }: RequestFacts): string[] =>
  servicePlanIdsOf(
    skuId,
    tenant.skus.find((sku) => sku.skuId === skuId),
  ).filter((planId) => planIds.includes(planId));

function stepFor(
  userId: string,
  held: readonly { one: Assignment; plans: readonly string[] }[],
  kind: Switching['kind'],
): PlannedStep {
  const then = ({ one, plans }: (typeof held)[number]): LicenseGrant => {
    const rest = one.disabledPlans.filter((planId) => !plans.includes(planId));
    return { skuId: one.skuId, disabledPlans: kind === 'turn-on' ? rest : [...rest, ...plans].sort() };
  };
  const now = held.map(({ one: { skuId, disabledPlans } }) => ({ skuId, disabledPlans }));
  return {
    action: { kind: 'assign', userId, licenses: held.map(then) },
    undo: { kind: 'assign', userId, licenses: now },
    userIds: [userId],
  };
}

/** The plans that these steps switch. */
function plansIn(steps: readonly PlannedStep[], request: Switching, facts: RequestFacts): Set<string> {
  return new Set(
    steps.flatMap(({ action }) =>
      action.kind === 'assign' ? action.licenses.flatMap(({ skuId }) => wantedIn(skuId, request, facts)) : [],
    ),
  );
}

const planNames = (planIds: ReadonlySet<string>, { servicePlanName }: RequestFacts): string =>
  listed([...new Set([...planIds].map((planId) => servicePlanName(planId)))]);

function inWords(step: PlannedStep, request: Switching, facts: RequestFacts): string {
  const products =
    step.action.kind === 'assign' ? step.action.licenses.map(({ skuId }) => facts.productName(skuId)) : [];
  return `Switch ${planNames(plansIn([step], request, facts), facts)} ${request.kind === 'turn-on' ? 'on' : 'off'} in ${listed(products)}`;
}
