import { listed } from '../../domain/english.ts';
import { compareNames } from '../../domain/license/user-filter.ts';
import { count } from '../../domain/numerals.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { stateRead } from '../words/completeness.ts';
import { productsFor } from '../words/products.ts';
import type { PlanFacts } from './plan-facts.ts';

/** "What is in Business Standard", "does E3 include Intune": what products contain, no matter who has them. */
export async function plansOfProducts(query: Query, deps: AnswerDeps, facts: PlanFacts): Promise<Answer> {
  const { services, names, planNames, bySku } = facts;
  const plansOf = (skuId: string): readonly string[] => bySku.get(skuId) ?? [];
  const asked = new Set(services.flatMap(({ planIds }) => [...planIds]));
  const several = query.skus.length > 1;
  const rows = query.skus
    .flatMap((skuId) => plansOf(skuId).map((planId) => ({ skuId, planId })))
    .filter(({ planId }) => services.length === 0 || asked.has(planId))
    .toSorted(
      (a, b) =>
        query.skus.indexOf(a.skuId) - query.skus.indexOf(b.skuId) ||
        compareNames(planNames.name(a.planId), planNames.name(b.planId)),
    );
  const { shown, rest } = pageOf(rows, query, deps);
  const lead = query.skus.flatMap((skuId) => {
    const product = names.product(skuId);
    const plans = plansOf(skuId);
    if (plans.length === 0)
      return [`I do not know what ${product} contains: Microsoft tells no service plans of it.`];
    if (services.length === 0) return [`${product} contains ${count(plans.length, 'service plan')}.`];
    return services.map(({ name, planIds }) => {
      const inIt = plans.filter((planId) => planIds.has(planId));
      return inIt.length > 0
        ? `Yes, ${product} contains ${name} (${listed(inIt.map(planNames.name))}).`
        : `No, ${product} does not contain ${name}.`;
    });
  });
  return makeAnswer('plans', lead.join(' '), {
    blocks: pageTable(
      ['Service plan', 'Microsoft’s name', ...(several ? ['Product'] : [])],
      shown.map(({ skuId, planId }) => [
        planNames.name(planId),
        planNames.code(planId),
        ...(several ? [names.product(skuId)] : []),
      ]),
    ),
    completeUntil: await stateRead(deps.store, deps),
    next: productsFor(query.skus, facts.tenant).flatMap((name) => [
      `who has ${name}`,
      `how many seats of ${name} are left`,
    ]),
    ...rest,
  });
}

/** "Which products include Teams": by product. Without a service, how many plans each product has. */
export async function productsWithPlans(query: Query, deps: AnswerDeps, facts: PlanFacts): Promise<Answer> {
  const { services, names, planNames, bySku, tenant } = facts;
  const asked = new Set(services.flatMap(({ planIds }) => [...planIds]));
  const products = tenant.skus
    .map(({ skuId, partNumber }) => ({
      skuId,
      partNumber,
      plans: (bySku.get(skuId) ?? []).filter((planId) => services.length === 0 || asked.has(planId)),
    }))
    .filter(({ plans }) => plans.length > 0)
    .toSorted((a, b) => compareNames(names.product(a.skuId), names.product(b.skuId)));
  const { shown, rest } = pageOf(products, query, deps);
  const service = listed(
    services.map(({ name }) => name),
    'or',
  );
  const [first] = products;
  return makeAnswer(
    'plans',
    services.length === 0
      ? `${count(products.length, 'product')} of this tenant ${products.length === 1 ? 'has' : 'have'} service plans.`
      : products.length === 0
        ? `No product of this tenant contains ${service}.`
        : `${count(products.length, 'product')} of this tenant ${products.length === 1 ? 'contains' : 'contain'} ${service}.`,
    {
      blocks: pageTable(
        ['Product', services.length === 0 ? 'Service plans' : 'As'],
        shown.map(({ skuId, plans }) => [
          names.product(skuId),
          services.length === 0 ? count(plans.length, 'plan') : listed(plans.map(planNames.name)),
        ]),
      ),
      completeUntil: await stateRead(deps.store, deps),
      next: first
        ? [`what is in ${first.partNumber}`, ...(services[0] ? [`who has ${services[0].name} off`] : [])]
        : ['free seats'],
      ...rest,
    },
  );
}
