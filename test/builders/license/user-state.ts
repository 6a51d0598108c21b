import {
  type Assignment,
  compareAssignments,
  DIRECT,
  type UserState,
} from '../../../src/domain/license/user-state.ts';

/** One active direct assignment of Microsoft 365 E3, unless told otherwise. */
export const anAssignment = (over: Partial<Assignment> = {}): Assignment => ({
  skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965',
  path: DIRECT,
  state: 'Active',
  error: null,
  disabledPlans: [],
  ...over,
});

/** A member of the invented tenant, without licenses unless told otherwise. */
export const aUserState = (over: Partial<UserState> = {}): UserState => {
  const displayName = over.displayName ?? 'Nora Lindqvist';
  const mail = `${displayName.toLowerCase().replaceAll(' ', '.')}@fabrikam.example`;
  return {
    id: '11111111-0000-4000-8000-000000000001',
    displayName,
    givenName: displayName.split(' ')[0] ?? null,
    surname: displayName.split(' ').at(-1) ?? null,
    userPrincipalName: mail,
    mail,
    accountEnabled: true,
    userType: 'Member',
    usageLocation: 'NL',
    department: null,
    onPremisesSyncEnabled: null,
    ...over,
    assignments: [...(over.assignments ?? [])].sort(compareAssignments),
  };
};
