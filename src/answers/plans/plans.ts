import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { compareProducts } from './compare-products.ts';
import { loadPlanFacts } from './plan-facts.ts';
import { planUsers } from './plan-users.ts';
import { plansOfPeople } from './plans-of-people.ts';
import { plansOfProducts, productsWithPlans } from './plans-of-products.ts';
import { switchPlans } from './switch-plans.ts';

/** Service plans: those of somebody, of a product, the difference of products, and who has one on or off. */
export async function plans(query: Query, deps: AnswerDeps): Promise<Answer> {
  const facts = await loadPlanFacts(deps.store, query);
  if (query.planTurn !== undefined && facts.services.length > 0) return switchPlans(query, deps, facts);
  if (query.people.length > 0) return plansOfPeople(query, deps, facts);
  const { services } = facts;
  const sides = query.sides ?? [];
  if (sides.length > 1 && services.length === 0) return compareProducts(query, deps, facts);
  const isOfUsers =
    query.planState !== undefined ||
    query.holding === 'none' ||
    query.groups.length > 0 ||
    query.departments !== undefined ||
    query.countries !== undefined ||
    query.except !== undefined;
  if (isOfUsers && query.by !== 'product') return planUsers(query, deps, facts);
  if (query.skus.length > 0) return plansOfProducts(query, deps, facts);
  if (services.length === 0 || query.by === 'product') return productsWithPlans(query, deps, facts);
  return planUsers(query, deps, facts);
}
