import { z } from 'zod';
import {
  type Assignment,
  compareAssignments,
  DIRECT,
  gives,
  type UserState,
} from '../../domain/license/user-state.ts';
import { GraphAssignedLicense } from './assigned-license.ts';
import { errorOrNull, lowerCase, sortedLowerCase } from './normal-form.ts';

const GraphLicenseAssignmentState = z.object({
  skuId: z.string(),
  assignedByGroup: z.string().nullish(),
  // A state that we do not know may mean that the license is gone or that it is not: better no read at all.
  state: z.enum(['Active', 'ActiveWithError', 'Disabled', 'Error']),
  error: z.string().nullish(),
  disabledPlans: z.array(z.string()).nullish(),
});
type GraphLicenseAssignmentState = z.infer<typeof GraphLicenseAssignmentState>;

/**
 * Microsoft Graph `user`, as far as we use it.
 *
 * A body that has licenses but no `licenseAssignmentStates` is refused: without them every license would
 * look direct, and one that a group gives would be reported as moved.
 */
export const GraphUser = z
  .object({
    id: z.string(),
    displayName: z.string().nullish(),
    givenName: z.string().nullish(),
    surname: z.string().nullish(),
    userPrincipalName: z.string(),
    mail: z.string().nullish(),
    accountEnabled: z.boolean().nullish(),
    userType: z.string().nullish(),
    usageLocation: z.string().nullish(),
    department: z.string().nullish(),
    onPremisesSyncEnabled: z.boolean().nullish(),
    assignedLicenses: z.array(GraphAssignedLicense).optional(),
    licenseAssignmentStates: z.array(GraphLicenseAssignmentState).optional(),
  })
  .refine((user) => user.licenseAssignmentStates !== undefined || user.assignedLicenses?.length === 0, {
    path: ['licenseAssignmentStates'],
    error: 'Expected licenseAssignmentStates: the request must select it',
  });
export type GraphUser = z.infer<typeof GraphUser>;

/** The properties that `GraphUser` needs, for `$select`. */
export const USER_PROPERTIES: readonly string[] = Object.keys(GraphUser.shape);

/** Takes a checked Graph body and returns the state that we keep. Pure; never throws. */
export const toUserState = (user: GraphUser): UserState => ({
  id: lowerCase(user.id),
  displayName: user.displayName ?? user.userPrincipalName,
  givenName: user.givenName ?? null,
  surname: user.surname ?? null,
  userPrincipalName: user.userPrincipalName,
  mail: user.mail ?? null,
  accountEnabled: user.accountEnabled ?? null,
  userType: user.userType ?? null,
  usageLocation: user.usageLocation ?? null,
  department: user.department ?? null,
  onPremisesSyncEnabled: user.onPremisesSyncEnabled ?? null,
  assignments: toAssignments(user),
});

function toAssignments(user: GraphUser): Assignment[] {
  const assignments = (user.licenseAssignmentStates ?? []).map(toAssignment);
  for (const license of user.assignedLicenses ?? []) {
    const skuId = lowerCase(license.skuId);
    if (assignments.some((assignment) => assignment.skuId === skuId)) continue;
    // The two lists are kept apart by Graph; a license without an assignment behind it counts as direct.
    assignments.push({
      skuId,
      path: DIRECT,
      state: 'Active',
      error: null,
      disabledPlans: sortedLowerCase(license.disabledPlans),
    });
  }
  return assignments.length > 1 ? inOrder(assignments) : assignments;
}

const toAssignment = (state: GraphLicenseAssignmentState): Assignment => ({
  skuId: lowerCase(state.skuId),
  path: state.assignedByGroup ? lowerCase(state.assignedByGroup) : DIRECT,
  state: state.state,
  error: errorOrNull(state.error),
  disabledPlans: sortedLowerCase(state.disabledPlans),
});

/** Sorts, and keeps one entry for each SKU and path: the one that gives the license, where they disagree. */
export function inOrder(assignments: Assignment[]): Assignment[] {
  assignments.sort(compareAssignments);
  const repeats = (a: Assignment, b: Assignment | undefined): boolean =>
    b !== undefined && compareAssignments(a, b) === 0;
  if (!assignments.some((assignment, index) => repeats(assignment, assignments[index + 1]))) {
    return assignments;
  }
  const kept: Assignment[] = [];
  for (const assignment of assignments) {
    const last = kept.at(-1);
    if (last === undefined || compareAssignments(last, assignment) !== 0) kept.push(assignment);
    else if (!gives(last) && gives(assignment)) kept[kept.length - 1] = assignment;
  }
  return kept;
}
