import { type HeldPlan, heldPlans, standingOf } from '../../domain/license/held-plans.ts';
import { DIRECT, type UserState } from '../../domain/license/user-state.ts';
import type { StoredUser } from '../../domain/ports.ts';
import type { About } from '../answer/about.ts';
import type { AnswerStore } from '../answer/deps.ts';
import type { ExportRequest } from '../answer/export-request.ts';
import { loadPlanFacts, type PlanFacts, takesInAssignment } from '../plans/plan-facts.ts';
import { wantedPlans } from '../plans/plan-users.ts';
import { type ExportedRow, type ExportTable, plainRow, type Selection } from './table.ts';

const OF_PRODUCTS = ['sku_id', 'part_number', 'product', 'plan_id', 'plan', 'microsoft_name'] as const;
const OF_USERS = [
  'user_id',
  'user',
  'sign_in_name',
  'department',
  'usage_location',
  'sku_id',
  'product',
  'path',
  'group',
  'plan_id',
  'plan',
  'microsoft_name',
  'state',
] as const;

/**
 * Service plans: a row for each plan of each user's licenses where people are asked about, one way or the other; else
 * a row for each plan of each product.
 */
export function plansTable({
  people,
  groups,
  plans,
  planState,
  narrowing,
}: About & Pick<ExportRequest, 'plans' | 'planState' | 'narrowing'>): ExportTable {
  const isOfUsers =
    people.length + groups.length > 0 || [plans, planState, narrowing].some((one) => one !== undefined);
  return isOfUsers ? OF_PEOPLE : PRODUCTS;
}

const PRODUCTS: ExportTable = {
  columns: OF_PRODUCTS,
  async *rows(store, selection) {
    const facts = await loadPlanFacts(store, selection);
    const { names, planNames, tenant } = facts;
    const partNumbers = new Map(tenant.skus.map(({ skuId, partNumber }) => [skuId, partNumber]));
    for (const [skuId, plans] of wantedPlans({ skus: [...selection.skus] }, facts)) {
      yield plans.map((planId) =>
        plainRow(OF_PRODUCTS, [
          skuId,
          partNumbers.get(skuId) ?? null,
          names.product(skuId),
          planId,
          planNames.name(planId),
          planNames.code(planId),
        ]),
      );
    }
  },
};

const OF_PEOPLE: ExportTable = {
  columns: OF_USERS,
  async *rows(store, selection) {
    const facts = await loadPlanFacts(store, selection);
    const query = {
      ...selection,
      people: [...selection.people],
      skus: [...selection.skus],
      groups: [...selection.groups],
    };
    const wanted = wantedPlans(query, facts);
    const takesIn = takesInAssignment(query);
    for await (const chunk of usersOf(store, selection)) {
      yield chunk
        .filter(({ removedAt }) => removedAt === null)
        .flatMap(({ state }) => rowsOf(state, heldPlans(state, wanted, takesIn), query, facts));
    }
  },
};

/** Who has none of the plans on has a row that says so. */
function rowsOf(
  user: UserState,
  held: readonly HeldPlan[],
  { lacking, planState }: Pick<Selection, 'lacking' | 'planState'>,
  facts: PlanFacts,
): ExportedRow[] {
  if (lacking && held.length === 0) return [plainRow(OF_USERS, [...cellsOf(user), ...NO_PLAN])];
  if (lacking && standingOf(held) === 'on') return [];
  return held
    .filter(({ on }) => planState === undefined || on === (planState === 'on'))
    .map((plan) => rowOf(user, plan, facts));
}

const NO_PLAN = [null, null, null, null, null, null, null, 'none'] as const;

const cellsOf = (user: UserState): (string | null)[] => [
  user.id,
  user.displayName,
  user.userPrincipalName,
  user.department,
  user.usageLocation,
];

async function* usersOf(store: AnswerStore, { people }: Selection): AsyncGenerator<StoredUser[]> {
  if (people.length === 0) yield* store.users.all();
  else yield await store.users.byIds(people);
}

const rowOf = (
  user: UserState,
  { skuId, path, planId, on }: HeldPlan,
  { names, planNames }: PlanFacts,
): ExportedRow =>
  plainRow(OF_USERS, [
    ...cellsOf(user),
    skuId,
    names.product(skuId),
    path,
    path === DIRECT ? null : names.group(path),
    planId,
    planNames.name(planId),
    planNames.code(planId),
    on ? 'on' : 'off',
  ]);
