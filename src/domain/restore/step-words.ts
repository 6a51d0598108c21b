import { listed } from '../english.ts';
import type { LicenseGrant } from '../license/license-grant.ts';
import type { LicensedGroup } from '../license/sku.ts';
import type { PlannedStep } from './step.ts';

/** Names for what steps are about. */
export type StepNames = {
  groups: readonly LicensedGroup[];
  productName(skuId: string): string;
  servicePlanName(servicePlanId: string): string;
  groupName(groupId: string): string;
};

/** "Microsoft 365 E3, without Sway"; of several products each with its own: "A (without Sway) and B". */
export function licensesInWords(licenses: readonly LicenseGrant[], names: StepNames, way = ''): string {
  const [only] = licenses;
  const off = ({ disabledPlans }: LicenseGrant): string =>
    `without ${listed(disabledPlans.map((id) => names.servicePlanName(id)))}`;
  const name = ({ skuId }: LicenseGrant): string => names.productName(skuId);
  if (only && licenses.length === 1) {
    return `${name(only)}${way}${only.disabledPlans.length > 0 ? `, ${off(only)}` : ''}`;
  }
  const all = licenses.map((one) =>
    one.disabledPlans.length > 0 ? `${name(one)} (${off(one)})` : name(one),
  );
  return `${listed(all)}${way}`;
}

/** Whether a step only sets the service plans of licenses that the user has: its undo sets them, too. */
export const setsServicePlans = ({ action, undo }: Pick<PlannedStep, 'action' | 'undo'>): boolean =>
  action.kind === 'assign' && undo?.kind === 'assign';

/** What a group gives, as products: "Microsoft 365 E3 and Visio Plan 2". */
export const givenBy = (groupId: string, names: StepNames): string =>
  listed(
    (names.groups.find(({ id }) => id === groupId)?.assignedLicenses ?? []).map(({ skuId }) =>
      names.productName(skuId),
    ),
  );

/** What one step does for one user, as an order: "Assign Microsoft 365 E3 directly, without Sway". */
export function stepInWords(step: PlannedStep, names: StepNames): string {
  const { action } = step;
  switch (action.kind) {
    case 'restore-account':
      return 'Restore the account';
    case 'assign':
      return setsServicePlans(step)
        ? `Set the service plans as they were: ${licensesInWords(action.licenses, names)}`
        : `Assign ${licensesInWords(action.licenses, names, ' directly')}`;
    case 'unassign':
      return `Take ${listed(action.skuIds.map((id) => names.productName(id)))} away`;
    case 'swap':
      return `Swap ${listed(action.skuIds.map((id) => names.productName(id)))} for ${licensesInWords(action.licenses, names)}`;
    case 'add-to-group': {
      const gives = givenBy(action.groupId, names);
      return `Add to the group ${names.groupName(action.groupId)}${gives ? `, which gives ${gives}` : ''}`;
    }
    case 'remove-from-group':
      return `Take out of the group ${names.groupName(action.groupId)}`;
    case 'reprocess':
      return 'Have Microsoft try the licenses of the groups again';
    case 'license-group':
      return `Let the group ${names.groupName(action.groupId)} give ${licensesInWords(action.licenses, names)} again`;
    case 'unlicense-group':
      return `Let the group ${names.groupName(action.groupId)} give ${listed(action.skuIds.map((id) => names.productName(id)))} no more`;
  }
}
