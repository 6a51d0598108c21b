/** The users that somebody may see or act on, by object id (lower case); null means everybody. */
export type Scope = ReadonlySet<string> | null;

/** Whether the scope takes in this user. */
export const inScope = (scope: Scope, userId: string): boolean => scope === null || scope.has(userId);

/** Those of the users that the scope takes in, in their order. */
export const inScopeOf = (scope: Scope, userIds: readonly string[]): string[] =>
  userIds.filter((userId) => inScope(scope, userId));

/** Whether two scopes take in the same users. */
export const sameScope = (one: Scope, other: Scope): boolean =>
  one === null || other === null ? one === other : one.size === other.size && other.isSubsetOf(one);

/**
 * Whether somebody may know of an incident or another matter of these users: who may see none of them is answered
 * as if there were no such thing; one without users is everybody's.
 * @param hidden how many of the users are outside their scope
 */
export const mayKnowOf = ({ users, hidden }: { users: number; hidden: number }): boolean =>
  users === 0 || hidden < users;
