/** Which products and services a license change took. */

import type { LoggedLicense } from '../../audit/event.ts';
import { licensesOf } from '../../audit/property-value.ts';
import { productName, publishedPlanName, servicePlanIdOf } from '../../license/catalogue.ts';
import { givesService } from '../../license/plan-services.ts';
import type { Facts } from './facts.ts';
import { type FieldTable, some } from './field-table.ts';

/** Services whose loss somebody notices within the hour. */
const CORE_SERVICES = ['Exchange Online', 'Teams', 'SharePoint', 'Microsoft 365 Apps'] as const;

type Sides = { before: LoggedLicense[]; after: LoggedLicense[] };

/** The longest that was seen, with all its pieces, has 72,000 characters. */
const LONGEST = 500_000;

function sidesOf(facts: Facts): Sides | null {
  const changes = facts.changes.filter(({ name }) =>
    /^(AssignedLicenses?|LicenseAssignmentDetail)$/i.test(name),
  );
  if (changes.some(({ before, after }) => (before?.length ?? 0) + (after?.length ?? 0) > LONGEST))
    return null;
  return licensesOf(
    changes.map(({ name, before, after }) => ({
      name: /^AssignedLicenses$/i.test(name) ? 'AssignedLicense' : name,
      oldValue: before,
      newValue: after,
    })),
  );
}

/** A plan by Microsoft's own name (`TEAMS1`): the logs name plans by name or by id. */
const planCode = (idOrName: string): string => {
  const id = servicePlanIdOf(idOrName);
  return ((id === null ? null : publishedPlanName(id)) ?? idOrName).trim().toUpperCase();
};

/** Plans that are switched off now inside a license where they were on. */
export function plansSwitchedOff(facts: Facts): string[] {
  const sides = sidesOf(facts);
  if (!sides) return [];
  const old = new Map(
    sides.before.map((license) => [license.skuId, new Set(license.disabledPlans.map(planCode))]),
  );
  return [
    ...new Set(
      sides.after.flatMap(({ skuId, disabledPlans }) => {
        const were = old.get(skuId);
        return were ? disabledPlans.map(planCode).filter((plan) => !were.has(plan)) : [];
      }),
    ),
  ];
}

const servicesSwitchedOff = (facts: Facts): string[] => {
  const plans = plansSwitchedOff(facts);
  return CORE_SERVICES.filter((service) => plans.some((plan) => givesService(service, plan)));
};

/** Products that are gone. */
export function productsRemoved(facts: Facts): string[] {
  const sides = sidesOf(facts);
  if (!sides) return [];
  const left = new Set(sides.after.map(({ skuId }) => skuId));
  return sides.before
    .filter(({ skuId }) => !left.has(skuId))
    .map(({ skuId, partNumber }) => productName(skuId, partNumber));
}

export const LICENSE_FIELDS: FieldTable = {
  'lw.plans.switchedoff': (facts) => some(plansSwitchedOff(facts)),
  'lw.services.switchedoff': (facts) => some(servicesSwitchedOff(facts)),
  'lw.products.removed': (facts) => some(productsRemoved(facts)),
};
