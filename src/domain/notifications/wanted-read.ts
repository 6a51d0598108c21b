import type { NotifiedResource } from './subscription.ts';

/** A user or group that a notification named; `at` is when the last one came in, ms UTC. */
export type NotifiedObject = { resource: NotifiedResource; id: string; at: number };

/** The read that a heap of notifications asks for; null for none. */
export type WantedRead = { kind: 'targeted'; userIds: string[] } | { kind: 'delta' } | null;

/** More users than this are read by what Graph lists as changed: ten batches of twenty requests. */
const MOST_BY_ID = 200;

/**
 * Chooses the one read that covers all of them: the users by their ids, or what changed since the last read where they
 * are many, or where a group that gives licenses is among them. Any other group says nothing about a license: where one
 * begins to give some, its members are notified themselves.
 */
export function wantedRead(
  notified: readonly NotifiedObject[],
  givesLicenses: (groupId: string) => boolean,
): WantedRead {
  const userIds = [...new Set(notified.flatMap(({ resource, id }) => (resource === 'users' ? [id] : [])))];
  const ofLicenses = notified.some(({ resource, id }) => resource === 'groups' && givesLicenses(id));
  if (ofLicenses || userIds.length > MOST_BY_ID) return { kind: 'delta' };
  return userIds.length === 0 ? null : { kind: 'targeted', userIds };
}
