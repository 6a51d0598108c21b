/** What is stored of users and of what changed for them. Times are ms UTC; ids are lower case. */

import type { ExplainedChange } from '../attribution/explained-change.ts';
import type { LicenseChange } from '../license/change.ts';
import type { PeopleFilter } from '../license/people-filter.ts';
import type { TenantState } from '../license/sku.ts';
import type { StoredUser } from '../license/stored-user.ts';
import type { UserFilter } from '../license/user-filter.ts';

export type { ExplainedChange, StoredUser };

/** A part of a list: how many to leave out before it, and how many it has. */
export type Part = { skip: number; take: number };

/** A part of a list, and how many the whole list has. */
export type UsersFound = { total: number; users: StoredUser[] };

/** `members` have an assignment by the group in whatever state; for `inError` of them Microsoft reports an error. */
export type GroupCount = { groupId: string; members: number; inError: number };

/** An account by which a record names somebody. Both keys are lower case. */
export type KnownPerson = { userId: string; userPrincipalName: string; displayName: string };

export interface UserStore {
  byIds(ids: readonly string[]): Promise<StoredUser[]>;
  /** Accounts by object id or user principal name in any case, as records name people; those that are there. */
  named(names: readonly string[]): Promise<KnownPerson[]>;
  /**
   * Accounts that are there and that the filter takes in: all are counted, only the part is loaded. By name; lists of
   * over ten thousand in the order in which the tenant lists its users, or in that of `among`.
   */
  find(filter: UserFilter, part: Part): Promise<UsersFound>;
  /** The ids of the users that the filter takes in, of all ever seen. */
  idsOf(filter: PeopleFilter): Promise<string[]>;
  /** The departments of all users ever seen, as they are written, each once. */
  departments(): Promise<string[]>;
  /** All users ever seen, in chunks. */
  all(): AsyncIterable<StoredUser[]>;
  count(): Promise<{ present: number; licensed: number }>;
  /** How many users have a license by each group, of the accounts that are there; groups that nobody has one by are not among them. */
  groupCounts(): Promise<GroupCount[]>;
  tenant(): Promise<TenantState>;
  /** SKU by SKU as it was at the last read; used for the tenant diff. Null before the first read. */
  tenantReadAt(): Promise<number | null>;
}

export type ChangeFilter = {
  userIds?: readonly string[];
  skuIds?: readonly string[];
  kinds?: readonly LicenseChange['kind'][];
  scanId?: string;
  /** By `observedAfter`, half open. */
  from?: number;
  to?: number;
  limit?: number;
  /** How many of the newest to leave out; with a limit only. */
  skip?: number;
};

export interface ChangeStore {
  /** Newest first, each with its latest verdict. */
  find(filter: ChangeFilter): Promise<ExplainedChange[]>;
  byIds(ids: readonly string[]): Promise<ExplainedChange[]>;
  /** Changes whose settle time is over. */
  due(now: number): Promise<LicenseChange[]>;
  /** When the next one is due; null when none waits. */
  nextDueAt(): Promise<number | null>;
}
