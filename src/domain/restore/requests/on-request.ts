import { listed } from '../../english.ts';
import { type Assignment, DIRECT, gives, type UserState } from '../../license/user-state.ts';
import { count, plural } from '../../numerals.ts';
import { asIfLost } from '../as-if-lost.ts';
import type { Deadline } from '../deadlines.ts';
import { planRestore, readyUsers } from '../plan.ts';
import { planDigest } from '../plan-digest.ts';
import type { RestorePlan } from '../plan-types.ts';
import { planViewOf } from '../plan-view.ts';
import type { PlanLine, PlanView } from '../plan-view-types.ts';
import type { PlannedStep } from '../step.ts';
import { removalDeadlines } from './removal-deadlines.ts';
import type { RequestFacts } from './request-facts.ts';

/** Licenses that somebody asks to give or to take, beside any incident. Ids are lower case. */
export type LicenseRequest = { kind: 'assign' | 'remove'; userIds: string[]; skuIds: string[] };

/** What a request would write, how it is shown before, and what goes with the licenses, when. */
export type RequestPlan = { steps: PlannedStep[]; view: PlanView; deadlines: Deadline[] };

/**
 * Plans a direct assignment, or its removal, for each user: whom it would change, and for the others why not and
 * the way out. Assigning is held to the same checks as giving back.
 */
export const planOnRequest = (request: LicenseRequest, facts: RequestFacts): RequestPlan =>
  request.kind === 'assign' ? planAssignment(request, facts) : planRemoval(request, facts);

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
    not: ['cannot', 'cannot'],
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

const RUNNING = {
  reason: 'What was decided for them before is still being carried out.',
  wayOut: 'Wait until that is done.',
};

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

/**
 * "Lee Gu gets Visio directly; 2 users cannot: …", or nothing when the plan neither does anything nor says why not.
 * Of whom it helps in part only, as who has a license directly and from a group, it says so.
 */
function sentenceOf(
  lines: readonly PlanLine[],
  { one, many, not }: { one: string; many: string; not: readonly [one: string, many: string] },
): string {
  const ready = lines.filter(({ does }) => does.length > 0);
  const parts = [
    ...(ready.length === 0 ? [] : [`${namesOf(ready)} ${plural(ready.length, one, many)}`]),
    ...stands(ready, ['not in whole', 'not in whole']),
    ...stands(
      lines.filter(({ does }) => does.length === 0),
      not,
    ),
  ];
  const text = parts.join('; ');
  return text === '' || text.endsWith('.') ? text : `${text}.`;
}

/** What stands in the way of some of these, with the first reason. */
function stands(lines: readonly PlanLine[], [one, many]: readonly [string, string]): string[] {
  const some = lines.filter(({ blocked }) => blocked.length > 0);
  const [first] = some.flatMap(({ blocked }) => blocked);
  return first === undefined
    ? []
    : [`${namesOf(some)} ${plural(some.length, one, many)}: ${first.reason} ${first.wayOut}`.trim()];
}

const namesOf = (lines: readonly PlanLine[]): string =>
  lines.length === 1 ? (lines[0]?.name ?? '') : count(lines.length, 'user');

const whoHas = (userIds: readonly string[], { nameOf }: RequestFacts): string => {
  const [only] = userIds;
  return userIds.length === 1 && only !== undefined ? `${nameOf(only)} has` : 'all of them have';
};
