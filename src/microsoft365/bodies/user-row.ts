import type { Assignment, AssignmentState, UserState } from '../../domain/license/user-state.ts';
import { rowReader } from '../graph/row.ts';
import { errorOrNull, lowerCase } from './normal-form.ts';
import { GraphUser, inOrder, toUserState } from './user.ts';

const checkedBySchema = rowReader('user', GraphUser, toUserState);

/**
 * Reads one row of a user listing: what `GraphUser` and `toUserState` make of it, for a quarter of the CPU
 * time. A full scan reads a million rows, and most are plain; whatever is not plain here is left to the
 * schema, which accepts it or says what is wrong. A test holds the two to the same result.
 * Throws TenantReadError `invalid-row`.
 */
export const readUserRow = (row: unknown): UserState => plainUser(row) ?? checkedBySchema(row);

type Text = string | null | undefined;
type Flag = boolean | null | undefined;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isText = (value: unknown): value is Text =>
  typeof value === 'string' || value === null || value === undefined;
const isFlag = (value: unknown): value is Flag =>
  typeof value === 'boolean' || value === null || value === undefined;
const isState = (value: unknown): value is AssignmentState =>
  value === 'Active' || value === 'ActiveWithError' || value === 'Disabled' || value === 'Error';

function isTextList(value: unknown): value is string[] {
  if (!Array.isArray(value)) return false;
  for (const entry of value) if (typeof entry !== 'string') return false;
  return true;
}

/** Null: this row is not plain, ask the schema. */
function plainUser(row: unknown): UserState | null {
  if (!isObject(row)) return null;
  const { id, userPrincipalName, displayName, givenName, surname, mail } = row;
  const { accountEnabled, userType, usageLocation, department, onPremisesSyncEnabled } = row;
  if (typeof id !== 'string' || typeof userPrincipalName !== 'string') return null;
  if (!isText(displayName) || !isText(givenName) || !isText(surname) || !isText(mail)) return null;
  if (!isText(userType) || !isText(usageLocation) || !isText(department)) return null;
  if (!isFlag(accountEnabled) || !isFlag(onPremisesSyncEnabled)) return null;
  const assignments = plainAssignments(row.licenseAssignmentStates);
  if (assignments === null || !onlyAssigned(row.assignedLicenses, assignments)) return null;
  return {
    id: lowerCase(id),
    displayName: displayName ?? userPrincipalName,
    givenName: givenName ?? null,
    surname: surname ?? null,
    userPrincipalName,
    mail: mail ?? null,
    accountEnabled: accountEnabled ?? null,
    userType: userType ?? null,
    usageLocation: usageLocation ?? null,
    department: department ?? null,
    onPremisesSyncEnabled: onPremisesSyncEnabled ?? null,
    assignments: assignments.length > 1 ? inOrder(assignments) : assignments,
  };
}

function plainAssignments(states: unknown): Assignment[] | null {
  if (!Array.isArray(states)) return null;
  const assignments: Assignment[] = [];
  for (const state of states) {
    if (!isObject(state) || typeof state.skuId !== 'string' || !isState(state.state)) return null;
    const { assignedByGroup, error } = state;
    const disabledPlans = plainServicePlans(state.disabledPlans);
    if (!isText(assignedByGroup) || !isText(error) || disabledPlans === null) return null;
    assignments.push({
      skuId: lowerCase(state.skuId),
      path: assignedByGroup ? lowerCase(assignedByGroup) : 'direct',
      state: state.state,
      error: errorOrNull(error),
      disabledPlans,
    });
  }
  return assignments;
}

function plainServicePlans(plans: unknown): string[] | null {
  if (!isTextList(plans)) return null;
  const ids = plans.map(lowerCase);
  return ids.length > 1 ? ids.sort() : ids;
}

/** Whether every license has an assignment behind it. One that has none is for `toUserState`. */
function onlyAssigned(licenses: unknown, assignments: readonly Assignment[]): boolean {
  if (!Array.isArray(licenses)) return false;
  for (const license of licenses) {
    if (!isObject(license) || typeof license.skuId !== 'string') return false;
    if (!isTextList(license.disabledPlans)) return false;
    const skuId = lowerCase(license.skuId);
    let assigned = false;
    for (const assignment of assignments) assigned ||= assignment.skuId === skuId;
    if (!assigned) return false;
  }
  return true;
}
