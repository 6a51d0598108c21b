import { z } from 'zod';
import type { LicensedGroup } from '../../domain/license/sku.ts';
import { GraphAssignedLicense, toAssignedLicense } from './assigned-license.ts';
import { lowerCase } from './normal-form.ts';

/** Microsoft Graph `group`, as far as we use it. */
export const GraphGroup = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  groupTypes: z.array(z.string()).nullish(),
  membershipRule: z.string().nullish(),
  onPremisesSyncEnabled: z.boolean().nullish(),
  mailEnabled: z.boolean().nullish(),
  securityEnabled: z.boolean().nullish(),
  isAssignableToRole: z.boolean().nullish(),
  assignedLicenses: z.array(GraphAssignedLicense),
});
export type GraphGroup = z.infer<typeof GraphGroup>;

/** The properties that `GraphGroup` needs, for `$select`. */
export const GROUP_PROPERTIES: readonly string[] = Object.keys(GraphGroup.shape);

/** Takes a checked Graph body and returns the group as we keep it. */
export const toLicensedGroup = (group: GraphGroup): LicensedGroup => ({
  id: lowerCase(group.id),
  displayName: group.displayName ?? group.id,
  membershipRule: group.membershipRule || null,
  dynamic: group.groupTypes?.includes('DynamicMembership') ?? false,
  onPremisesSyncEnabled: group.onPremisesSyncEnabled ?? null,
  // Members of a Microsoft 365 group are changed through Graph like those of a security group.
  mailEnabled: (group.mailEnabled ?? false) && !group.groupTypes?.includes('Unified'),
  securityEnabled: group.securityEnabled ?? true,
  roleAssignable: group.isAssignableToRole ?? false,
  assignedLicenses: group.assignedLicenses.map(toAssignedLicense),
});
