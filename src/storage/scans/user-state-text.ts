import { z } from 'zod';
import { type Assignment, gives, type UserState } from '../../domain/license/user-state.ts';
import { readStored } from '../database/stored-json.ts';

/**
 * A user's state is stored as a JSON list without field names and without the id, which is the row's key:
 * half the text of an object, and equal states are equal texts, so that a full read of an unchanged tenant
 * compares texts and parses nothing. The order of the fields is part of the stored form: new ones go to the
 * end.
 */
const AssignmentText = z
  .tuple([
    z.string(),
    z.string(),
    z.enum(['Active', 'ActiveWithError', 'Disabled', 'Error']),
    z.string().nullable(),
    z.array(z.string()),
  ])
  .transform(
    ([skuId, path, state, error, disabledPlans]): Assignment => ({
      skuId,
      path,
      state,
      error,
      disabledPlans,
    }),
  );

const UserStateText = z.tuple([
  z.string(),
  z.string(),
  z.string().nullable(),
  z.string().nullable(),
  z.string().nullable(),
  z.boolean().nullable(),
  z.string().nullable(),
  z.string().nullable(),
  z.string().nullable(),
  z.boolean().nullable(),
  z.array(AssignmentText),
]);

/** Where a user's names stand in the stored list, for SQL that compares them. */
export const NAME_POSITIONS = { displayName: 0, userPrincipalName: 1 } as const;

/** Where these stand, for SQL that searches them. */
export const ACCOUNT_ENABLED_AT = 5;
export const USER_TYPE_AT = 6;
export const USAGE_LOCATION_AT = 7;
export const DEPARTMENT_AT = 8;
export const ASSIGNMENTS_AT = 10;

/** The state as stored. The assignments must be in the domain's order, as readers deliver them. */
export const encodeUserState = (user: UserState): string =>
  JSON.stringify([
    user.displayName,
    user.userPrincipalName,
    user.givenName,
    user.surname,
    user.mail,
    user.accountEnabled,
    user.userType,
    user.usageLocation,
    user.department,
    user.onPremisesSyncEnabled,
    user.assignments.map(encodeAssignment),
  ]);

const encodeAssignment = (assignment: Assignment): unknown[] => [
  assignment.skuId,
  assignment.path,
  assignment.state,
  assignment.error,
  assignment.disabledPlans,
];

/** Whether the user holds any license; what `licensed` counts. */
export const isLicensed = (user: UserState): boolean => user.assignments.some(gives);

/** The state that a stored text tells. Throws StorageError `corrupt-row`. */
export function decodeUserState(id: string, text: string): UserState {
  const [
    displayName,
    userPrincipalName,
    givenName,
    surname,
    mail,
    accountEnabled,
    userType,
    usageLocation,
    department,
    onPremisesSyncEnabled,
    assignments,
  ] = readStored(UserStateText, text, `user ${id}`);
  return {
    id,
    displayName,
    givenName,
    surname,
    userPrincipalName,
    mail,
    accountEnabled,
    userType,
    usageLocation,
    department,
    onPremisesSyncEnabled,
    assignments,
  };
}
