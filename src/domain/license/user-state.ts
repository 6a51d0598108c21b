/** How a license reaches a user: `'direct'`, or the object id of the group that gives it (lower case). */
export type AssignmentPath = string;
export const DIRECT: AssignmentPath = 'direct';

export type AssignmentState = 'Active' | 'ActiveWithError' | 'Disabled' | 'Error';

/** One SKU by one path, as Graph's `licenseAssignmentStates` tells it. Ids are lower case. */
export type Assignment = {
  skuId: string;
  path: AssignmentPath;
  state: AssignmentState;
  /** `CountViolation`, `MutuallyExclusiveViolation` …; null where Graph says null, "" or "None". */
  error: string | null;
  /** Service plan ids that are switched off on this path, sorted. */
  disabledPlans: string[];
};

/** All that we keep of a user. `assignments` is sorted by SKU, then path, so that equal states are equal texts. */
export type UserState = {
  id: string;
  displayName: string;
  givenName: string | null;
  surname: string | null;
  userPrincipalName: string;
  mail: string | null;
  accountEnabled: boolean | null;
  userType: string | null;
  usageLocation: string | null;
  department: string | null;
  onPremisesSyncEnabled: boolean | null;
  assignments: Assignment[];
};

/** Whether this path gives the license: `ActiveWithError` still does, `Error` and `Disabled` do not. */
export const gives = (assignment: Assignment): boolean =>
  assignment.state === 'Active' || assignment.state === 'ActiveWithError';

/**
 * Whether a path goes on giving a license that was to be removed: the user has left the group, or the group no
 * longer gives it, but another license needs a plan of it.
 */
export const isRemovalBlocked = ({ state, error }: Assignment): boolean =>
  state === 'ActiveWithError' && error === 'DependencyViolation';

/** The SKU ids that the user holds by any path, each once. */
export const heldSkus = (user: UserState): Set<string> =>
  new Set(user.assignments.filter(gives).map((assignment) => assignment.skuId));

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The order in which assignments are kept. */
export const compareAssignments = (a: Assignment, b: Assignment): number =>
  byText(a.skuId, b.skuId) || byText(a.path, b.path);
