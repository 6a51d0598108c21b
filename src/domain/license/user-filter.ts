import { type Assignment, gives, heldSkus, type UserState } from './user-state.ts';

/** Which of the accounts that are there somebody asks for. An empty list of products means any. */
export type UserFilter = {
  /**
   * `holders` of any of the products; `of-several` hold two or more of them; `twice` by more than one path; `guests`
   * are guests who hold any; `in-error` have an assignment that Microsoft reports an error for.
   */
  kind: 'holders' | 'of-several' | 'twice' | 'guests' | 'in-error';
  skuIds: readonly string[];
};

/** Whether Microsoft reports an error for this assignment, whether or not it gives the license all the same. */
export const isInError = ({ state, error }: Assignment): boolean =>
  state === 'Error' || state === 'ActiveWithError' || error !== null;

/** Whether a filter takes in this user: what the store's queries say in the database's words. */
export function takesInUser({ kind, skuIds }: UserFilter, user: UserState): boolean {
  const isWanted = (skuId: string): boolean => skuIds.length === 0 || skuIds.includes(skuId);
  switch (kind) {
    case 'holders':
      return [...heldSkus(user)].some(isWanted);
    case 'of-several':
      return [...heldSkus(user)].filter(isWanted).length > 1;
    case 'twice': {
      const given = user.assignments.filter((assignment) => gives(assignment) && isWanted(assignment.skuId));
      return given.length > new Set(given.map(({ skuId }) => skuId)).size;
    }
    case 'guests':
      return user.userType?.toLowerCase() === 'guest' && [...heldSkus(user)].some(isWanted);
    case 'in-error':
      return user.assignments.some((assignment) => isInError(assignment) && isWanted(assignment.skuId));
  }
}

const names = new Intl.Collator('en');

/** The order of lists by name: accents and capitals aside. */
export const compareNames = (a: string, b: string): number => names.compare(a, b);
