/** What every answer about service plans looks up first. */

import {
  type PlanNames,
  planNamesIn,
  plansBySku,
  plansOfService,
} from '../../domain/license/plan-services.ts';
import type { TenantState } from '../../domain/license/sku.ts';
import type { Assignment } from '../../domain/license/user-state.ts';
import type { Query } from '../../language/query.ts';
import type { AnswerStore } from '../answer/deps.ts';
import { type Names, namesIn } from '../words/names.ts';

export type PlanFacts = {
  tenant: TenantState;
  names: Names;
  planNames: PlanNames;
  /** The plans of each product, by SKU id. */
  bySku: ReadonlyMap<string, readonly string[]>;
  /** What was asked for, each with those plans of the products that it is. */
  services: { name: string; planIds: ReadonlySet<string> }[];
};

export async function loadPlanFacts(
  store: Pick<AnswerStore, 'users'>,
  { plans = [] }: Pick<Query, 'plans'>,
): Promise<PlanFacts> {
  const tenant = await store.users.tenant();
  const planNames = planNamesIn(tenant.skus);
  const bySku = plansBySku(tenant.skus);
  const all = new Set([...bySku.values()].flat());
  const services = plans.map((name) => ({ name, planIds: plansOfService(name, all, planNames) }));
  return { tenant, names: namesIn(tenant), planNames, bySku, services };
}

/** The plans of each product, as far as they are among these. */
export const onlyThese = (
  bySku: PlanFacts['bySku'],
  planIds: ReadonlySet<string>,
): Map<string, readonly string[]> =>
  new Map(
    [...bySku].flatMap(([skuId, plans]) => {
      const some = plans.filter((planId) => planIds.has(planId));
      return some.length > 0 ? [[skuId, some] as const] : [];
    }),
  );

/** Which assignments a question is about: of these products, through these groups; all of them where none is named. */
export const takesInAssignment =
  ({ skus, groups }: Pick<Query, 'skus' | 'groups'>) =>
  ({ skuId, path }: Assignment): boolean =>
    (skus.length === 0 || skus.includes(skuId)) && (groups.length === 0 || groups.includes(path));
