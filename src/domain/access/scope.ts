/** The users whom somebody may see or act on, by object id (lower case); null means everybody. */
export type Scope = ReadonlySet<string> | null;

/** Whether the scope takes in this user. */
export const takesIn = (scope: Scope, userId: string): boolean => scope === null || scope.has(userId);

/** Those of the users whom the scope takes in, in their order. */
export const within = (scope: Scope, userIds: readonly string[]): string[] =>
  userIds.filter((userId) => takesIn(scope, userId));

/** Whether two scopes take in the same users. */
export const sameScope = (one: Scope, other: Scope): boolean =>
  one === null || other === null ? one === other : one.size === other.size && other.isSubsetOf(one);
