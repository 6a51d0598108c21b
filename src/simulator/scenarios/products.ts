import { Catalogue, type Product, type ServicePlanRules } from '../tenant/catalogue.ts';
import data from './products.json' with { type: 'json' };

const servicePlanNames = new Map(Object.entries(data.plans));

/** The id of a plan by its name, as Microsoft's list of products writes it. Throws for a name not listed. */
export function servicePlanId(name: string): string {
  for (const [id, servicePlanName] of servicePlanNames) if (servicePlanName === name) return id;
  throw new RangeError(`products.json has no service plan "${name}".`);
}

/**
 * Rules that hold between real plans: one calling plan per user, archiving needs a mailbox, audio conferencing needs
 * something to meet in. Editions of Exchange or SharePoint do not exclude each other: Microsoft lets the better one
 * count since 2023.
 */
const RULES: ServicePlanRules = {
  exclusive: [[servicePlanId('MCOPSTN1'), servicePlanId('MCOPSTN2')]],
  requires: [
    {
      plan: servicePlanId('EXCHANGE_S_ARCHIVE_ADDON'),
      anyOf: [servicePlanId('EXCHANGE_S_STANDARD'), servicePlanId('EXCHANGE_S_ENTERPRISE')],
    },
    { plan: servicePlanId('MCOMEETADV'), anyOf: [servicePlanId('MCOSTANDARD'), servicePlanId('TEAMS1')] },
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
      plans: plans.map((id) => ({ id, name: servicePlanNames.get(id) ?? id })),
    }),
  );
  return new Catalogue(products, RULES);
}
