import { Catalogue, type PlanRules, type Product } from '../tenant/catalogue.ts';
import data from './products.json' with { type: 'json' };

const planNames = new Map(Object.entries(data.plans));

/** The id of a plan by its name, as Microsoft's list of products writes it. Throws for a name not listed. */
export function planId(name: string): string {
  for (const [id, planName] of planNames) if (planName === name) return id;
  throw new RangeError(`products.json has no service plan "${name}".`);
}

/**
 * Rules that hold between real plans: one calling plan per user, archiving needs a mailbox, audio conferencing needs
 * something to meet in. Editions of Exchange or SharePoint do not exclude each other: Microsoft lets the better one
 * count since 2023.
 */
const RULES: PlanRules = {
  exclusive: [[planId('MCOPSTN1'), planId('MCOPSTN2')]],
  requires: [
    {
      plan: planId('EXCHANGE_S_ARCHIVE_ADDON'),
      anyOf: [planId('EXCHANGE_S_STANDARD'), planId('EXCHANGE_S_ENTERPRISE')],
    },
    { plan: planId('MCOMEETADV'), anyOf: [planId('MCOSTANDARD'), planId('TEAMS1')] },
  ],
  prohibited: [{ skuId: '639dec6b-bb19-468b-871c-c5c441c4b0cb', countries: ['CN', 'CU', 'IR', 'KP', 'SY'] }],
};

/** The real products that scenarios use (Microsoft's list of 2025-12-30). */
export function realProducts(): Catalogue {
  const products = data.skus.map(
    ({ skuId, partNumber, name, plans }): Product => ({
      skuId,
      partNumber,
      name,
      plans: plans.map((id) => ({ id, name: planNames.get(id) ?? id })),
    }),
  );
  return new Catalogue(products, RULES);
}
