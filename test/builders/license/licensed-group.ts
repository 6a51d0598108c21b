import type { LicensedGroup } from '../../../src/domain/license/sku.ts';

/** A cloud group with assigned members that gives Microsoft 365 E3, unless told otherwise. */
export const aLicensedGroup = (over: Partial<LicensedGroup> = {}): LicensedGroup => ({
  id: 'group-1',
  displayName: 'LIC-E3',
  membershipRule: null,
  dynamic: false,
  onPremisesSyncEnabled: null,
  mailEnabled: false,
  roleAssignable: false,
  assignedLicenses: [{ skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965', disabledPlans: [] }],
  ...over,
});
