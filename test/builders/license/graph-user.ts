import type { GraphUser } from '../../../src/microsoft365/bodies/user.ts';

export const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';

/** A `user` body as Graph sends it: one active direct license of Microsoft 365 E3, unless told otherwise. */
export const aGraphUser = (over: Partial<GraphUser> = {}): GraphUser => ({
  id: '11111111-0000-4000-8000-000000000001',
  displayName: 'Nora Lindqvist',
  givenName: 'Nora',
  surname: 'Lindqvist',
  userPrincipalName: 'nora.lindqvist@fabrikam.example',
  mail: 'nora.lindqvist@fabrikam.example',
  accountEnabled: true,
  userType: 'Member',
  usageLocation: 'NL',
  department: null,
  onPremisesSyncEnabled: null,
  assignedLicenses: [{ skuId: E3, disabledPlans: [] }],
  licenseAssignmentStates: [
    { skuId: E3, assignedByGroup: null, state: 'Active', error: 'None', disabledPlans: [] },
  ],
  ...over,
});
