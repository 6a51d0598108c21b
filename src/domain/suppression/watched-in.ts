import type { ChangeKind, LicenseChange } from '../license/change.ts';
import type { WatchMark } from './suppression.ts';

/** Marks as they apply now. Ids are lower case. */
export type WatchList = {
  /** Marked users, and members of marked groups as far as the directory could say. */
  userIds: ReadonlySet<string>;
  /** Marked groups: whoever got a license from one is watched also when the directory says nothing. */
  groupIds: ReadonlySet<string>;
};

/** The marks as a list. `members` are those of the marked groups. */
export function watchListOf(marks: readonly WatchMark[], members: ReadonlySet<string>): WatchList {
  const of = (kind: WatchMark['subject']['kind']): string[] =>
    marks.flatMap(({ subject }) => (subject.kind === kind ? [subject.id] : []));
  return { userIds: new Set(of('user')).union(members), groupIds: new Set(of('group')) };
}

/** What takes something from somebody. */
const LOSSES: ReadonlySet<ChangeKind> = new Set(['lost', 'never-granted', 'account-removed']);

/** Whether a change is a loss of somebody that people keep an eye on. */
export function isWatchedLoss(
  { kind, userId, before, after }: Pick<LicenseChange, 'kind' | 'userId' | 'before' | 'after'>,
  { userIds, groupIds }: WatchList,
): boolean {
  if (userId === null || !LOSSES.has(kind)) return false;
  return userIds.has(userId) || [...before, ...after].some(({ path }) => groupIds.has(path));
}

/** The ids of the changes that are losses of somebody that people keep an eye on. */
export const watchedIn = (changes: readonly LicenseChange[], watchList: WatchList): Set<string> =>
  new Set(changes.flatMap((change) => (isWatchedLoss(change, watchList) ? [change.id] : [])));
