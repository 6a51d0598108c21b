import { type Assignment, DIRECT, gives, heldSkus, type UserState } from './user-state.ts';

/** Which of the accounts that are there somebody asks for. An empty list of products means any. */
export type UserFilter = {
  /**
   * `holders` of any of the products; `of-several` hold two or more of them; `twice` by more than one path; `guests`
   * are guests who hold any; `in-error` have an assignment that Microsoft reports an error for; `lacking` hold none of
   * the products; `assigned` have an assignment of one, in whatever state; `everybody` is everybody.
   */
  kind: 'holders' | 'of-several' | 'twice' | 'guests' | 'in-error' | 'lacking' | 'assigned' | 'everybody';
  skuIds: readonly string[];
  /** Only accounts of all of these kinds. */
  accounts?: readonly AccountTrait[];
  /**
   * Of `holders`, those who have a license by a group (or directly), and with `only` those who have one of the products
   * in no other way.
   */
  path?: LicensePath;
  /** Only those who have an assignment by one of these groups, in whatever state. */
  groupIds?: readonly string[];
  /** Only these accounts; no id twice. */
  among?: readonly string[];
};

/**
 * `guest`, or not: `member`; `external`: a guest, or a member whose sign-in name says that the account was invited;
 * whether the account may sign in: `disabled`, `enabled` (also where it is not known).
 */
export type AccountTrait = 'guest' | 'external' | 'member' | 'disabled' | 'enabled';

export type LicensePath = 'group' | 'only-group' | 'direct' | 'only-direct';

/** Whether Microsoft reports an error for this assignment, whether or not it gives the license all the same. */
export const isInError = ({ state, error }: Assignment): boolean =>
  state === 'Error' || state === 'ActiveWithError' || error !== null;

/** Whether a filter takes in this user: what the store's queries say in the database's words. */
export function takesInUser(filter: UserFilter, user: UserState): boolean {
  const { kind, skuIds, accounts = [], path, groupIds, among } = filter;
  if (among && !among.includes(user.id)) return false;
  if (!accounts.every((trait) => hasTrait(user, trait))) return false;
  if (groupIds && !user.assignments.some((assignment) => groupIds.includes(assignment.path))) return false;
  const isWanted = (skuId: string): boolean => skuIds.length === 0 || skuIds.includes(skuId);
  const given = user.assignments.filter((assignment) => gives(assignment) && isWanted(assignment.skuId));
  switch (kind) {
    case 'holders':
      return given.length > 0 && (path === undefined || comesBy(given, path));
    case 'of-several':
      return [...heldSkus(user)].filter(isWanted).length > 1;
    case 'twice':
      return given.length > new Set(given.map(({ skuId }) => skuId)).size;
    case 'guests':
      return hasTrait(user, 'guest') && given.length > 0;
    case 'in-error':
      return user.assignments.some((assignment) => isInError(assignment) && isWanted(assignment.skuId));
    case 'lacking':
      return given.length === 0;
    case 'assigned':
      return user.assignments.some(({ skuId }) => isWanted(skuId));
    case 'everybody':
      return true;
  }
}

/** What the sign-in name of an invited account has in it: https://learn.microsoft.com/entra/external-id/user-properties */
const INVITED = '#ext#';

export function hasTrait(
  { userType, userPrincipalName, accountEnabled }: UserState,
  trait: AccountTrait,
): boolean {
  const isGuest = userType?.toLowerCase() === 'guest';
  switch (trait) {
    case 'guest':
      return isGuest;
    case 'member':
      return !isGuest;
    case 'external':
      return isGuest || userPrincipalName.toLowerCase().includes(INVITED);
    case 'disabled':
      return accountEnabled === false;
    case 'enabled':
      return accountEnabled !== false;
  }
}

function comesBy(given: readonly Assignment[], path: LicensePath): boolean {
  const wanted = ({ path: way }: Assignment): boolean => (way === DIRECT) === path.endsWith('direct');
  if (path === 'group' || path === 'direct') return given.some(wanted);
  const others = new Set(given.filter((assignment) => !wanted(assignment)).map(({ skuId }) => skuId));
  return given.some((assignment) => wanted(assignment) && !others.has(assignment.skuId));
}

const names = new Intl.Collator('en');

/** The order of lists by name: accents and capitals aside. */
export const compareNames = (a: string, b: string): number => names.compare(a, b);
