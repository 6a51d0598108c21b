/** The users whom somebody may see or act on, by object id (lower case); null means everybody. */
export type Scope = ReadonlySet<string> | null;

/** Whether the scope takes in this user. */
export const takesIn = (scope: Scope, userId: string): boolean => scope === null || scope.has(userId);

/** Those of the users whom the scope takes in, in their order. */
export const within = (scope: Scope, userIds: readonly string[]): string[] =>
  userIds.filter((userId) => takesIn(scope, userId));
