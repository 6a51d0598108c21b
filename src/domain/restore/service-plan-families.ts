import { servicePlanIdOf, servicePlanIdsOf } from '../license/catalogue.ts';
import type { SkuState } from '../license/sku.ts';
import { type Assignment, gives } from '../license/user-state.ts';

/** Service plans that give somebody the same kind of thing, by name as Microsoft's table writes them. */
const FAMILIES = {
  mailbox: [
    'EXCHANGE_S_STANDARD',
    'EXCHANGE_S_STANDARD_GOV',
    'EXCHANGE_S_STANDARD_MIDMARKET',
    'EXCHANGE_S_ENTERPRISE',
    'EXCHANGE_S_ENTERPRISE_GOV',
    'EXCHANGE_S_DESKLESS',
    'EXCHANGE_S_DESKLESS_GOV',
    'EXCHANGE_S_ESSENTIALS',
    'EXCHANGE_B_STANDARD',
    'EXCHANGE_L_STANDARD',
  ],
  /** Where Microsoft archives what has no license. */
  oneDrive: [
    'SHAREPOINTSTANDARD',
    'SHAREPOINTENTERPRISE',
    'SHAREPOINTENTERPRISE_MIDMARKET',
    'SHAREPOINTDESKLESS',
    'SHAREPOINTLITE',
    'SHAREPOINT_S_DEVELOPER',
    'ONEDRIVE_BASIC',
    'ONEDRIVE_BASIC_P2',
    'ONEDRIVESTANDARD',
    'ONEDRIVEENTERPRISE',
  ],
  /** Schools and governments: Microsoft does not archive these. */
  oneDriveKept: [
    'SHAREPOINTSTANDARD_EDU',
    'SHAREPOINTENTERPRISE_EDU',
    'SHAREPOINTENTERPRISE_GOV',
    'SHAREPOINTDESKLESS_GOV',
    'ONEDRIVE_BASIC_GOV',
  ],
  /** Apps that are installed and look for their license themselves. */
  desktopApps: [
    'OFFICESUBSCRIPTION',
    'OFFICESUBSCRIPTION_GOV',
    'OFFICE_BUSINESS',
    'OFFICE_PRO_PLUS_SUBSCRIPTION_SMBIZ',
    'VISIO_CLIENT_SUBSCRIPTION',
    'VISIO_CLIENT_SUBSCRIPTION_GOV',
    'PROJECT_CLIENT_SUBSCRIPTION',
    'PROJECT_CLIENT_SUBSCRIPTION_GOV',
  ],
} as const;

export type ServicePlanFamily = keyof typeof FAMILIES;

const ids = new Map<ServicePlanFamily, ReadonlySet<string>>();

function idsOf(family: ServicePlanFamily): ReadonlySet<string> {
  const known = ids.get(family) ?? new Set(FAMILIES[family].flatMap((name) => servicePlanIdOf(name) ?? []));
  ids.set(family, known);
  return known;
}

/**
 * Says whether any of somebody's assignments gives a service plan of a family: one that works, with the service plan not
 * switched off. The tenant's own list of a product's service plans wins over the shipped table.
 */
export function familyLookup(
  skus: readonly SkuState[],
): (assignments: readonly Assignment[], family: ServicePlanFamily) => boolean {
  const live = new Map(skus.map((sku) => [sku.skuId, sku]));
  const found = new Map<string, readonly string[]>();
  const plansOf = (skuId: string, family: ServicePlanFamily): readonly string[] => {
    const key = `${family} ${skuId}`;
    const known =
      found.get(key) ??
      servicePlanIdsOf(skuId, live.get(skuId)).filter((servicePlanId) => idsOf(family).has(servicePlanId));
    found.set(key, known);
    return known;
  };
  return (assignments, family) =>
    assignments.some(
      (one) =>
        gives(one) &&
        plansOf(one.skuId, family).some((servicePlanId) => !one.disabledPlans.includes(servicePlanId)),
    );
}
