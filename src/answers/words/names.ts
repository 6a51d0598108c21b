import { productName } from '../../domain/license/catalogue.ts';
import { planNamesIn } from '../../domain/license/plan-services.ts';
import type { TenantState } from '../../domain/license/sku.ts';
import { type Assignment, type AssignmentPath, DIRECT } from '../../domain/license/user-state.ts';
import type { StoredUser } from '../../domain/ports.ts';
import type { AnswerStore } from '../answer/deps.ts';

/** What things are called now. */
export type Names = {
  product(skuId: string): string;
  group(groupId: string): string;
  /** "directly" or "through LIC-M365-E3". */
  path(path: AssignmentPath): string;
  plans(planIds: readonly string[]): string;
  plan(planId: string): string;
};

export async function loadNames(store: AnswerStore): Promise<Names> {
  return namesIn(await store.users.tenant());
}

export function namesIn({ skus, groups }: TenantState): Names {
  const partNumbers = new Map(skus.map(({ skuId, partNumber }) => [skuId, partNumber]));
  const groupNames = new Map(groups.map(({ id, displayName }) => [id, displayName]));
  const { name: plan } = planNamesIn(skus);
  const group = (groupId: string): string => groupNames.get(groupId) ?? `the group ${groupId}`;
  return {
    product: (skuId) => productName(skuId, partNumbers.get(skuId)),
    group,
    path: (path) => (path === DIRECT ? 'directly' : `through ${group(path)}`),
    plans: (planIds) => planIds.map(plan).join(', '),
    plan,
  };
}

/** "Microsoft 365 E3 (directly)" */
export const assignmentText = ({ skuId, path }: Assignment, names: Names): string =>
  `${names.product(skuId)} (${names.path(path)})`;

/** The name as it was then and, when it has changed, as it is now. */
export const thenAndNow = (then: string | null | undefined, now: string | null | undefined): string => {
  if (!then) return now ?? 'an account without a name';
  return now && now !== then ? `${then} (now ${now})` : then;
};

/** Stored users by id, each once. */
export async function usersById(store: AnswerStore, ids: Iterable<string>): Promise<Map<string, StoredUser>> {
  const wanted = [...new Set(ids)];
  const users = wanted.length === 0 ? [] : await store.users.byIds(wanted);
  return new Map(users.map((user) => [user.state.id, user]));
}
