import { inScope } from '../access/scope.ts';
import type { ExplainedChange } from '../attribution/explained-change.ts';
import type { StoredUser } from '../license/stored-user.ts';
import type { UserState } from '../license/user-state.ts';
import type { IncidentFacts } from './facts.ts';

/** What the viewer sees of an incident: each sentence is made from this, so that nobody else is named. */
export type ViewContext = {
  facts: IncidentFacts;
  /** The incident's users that the viewer may see, in its order. */
  userIds: readonly string[];
  /** The incident's users that they may not. */
  hidden: ReadonlySet<string>;
  /** Changes of visible users, and those of nobody. */
  changes: readonly ExplainedChange[];
  /** Users as stored, by id. */
  stored: ReadonlyMap<string, StoredUser>;
  /** Of somebody that the viewer may not see, "another user". */
  nameOf(userId: string): string;
  groupName(groupId: string): string;
};

/** Narrows an incident to what its viewer may see. */
export function viewContextOf(facts: IncidentFacts): ViewContext {
  const { incident, sees } = facts;
  const userIds = incident.userIds.filter((userId) => inScope(sees, userId));
  const hidden = new Set(incident.userIds.filter((userId) => !inScope(sees, userId)));
  const changes = facts.changes.filter(
    ({ change }) => change.userId === null || inScope(sees, change.userId),
  );
  const stored = new Map(facts.users.map((user) => [user.state.id, user]));
  const then = new Map(
    changes.flatMap(({ change: { userId, user } }) => (user ? [[userId, user.displayName]] : [])),
  );
  const groups = new Map(facts.tenant.groups.map((group) => [group.id, group.displayName]));
  return {
    facts,
    userIds,
    hidden,
    changes,
    stored,
    nameOf: (userId) =>
      hidden.has(userId)
        ? 'another user'
        : (stored.get(userId)?.state.displayName ?? then.get(userId) ?? userId),
    groupName: (groupId) => groups.get(groupId) ?? groupId,
  };
}

/** Users whose accounts are there, by id. */
export const presentAmong = (users: readonly StoredUser[]): Map<string, UserState> =>
  new Map(users.filter((user) => user.removedAt === null).map(({ state }) => [state.id, state]));
