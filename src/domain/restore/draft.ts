import type { LicenseGrant } from '../license/license-grant.ts';
import type { UserState } from '../license/user-state.ts';
import type { Problem } from './checks/problem.ts';
import type { UserLoss } from './losses.ts';

/** One way to give a user something back, before anything is checked. */
export type Remedy = {
  /** `service-plans` sets the service plans of a license that is there. */
  by: 'direct' | 'service-plans' | 'join' | 'reprocess';
  groupId: string | null;
  /** The products that are to come back. */
  wanted: string[];
  /** All that comes: a group gives everything that it has. */
  gives: LicenseGrant[];
  /** What stands now and an undo sets again; only of `service-plans`. */
  now: LicenseGrant | null;
};

/** A plan for one user in the making. */
export type Draft = {
  userId: string;
  loss: UserLoss;
  /** The user as last read; null when the account is gone. */
  state: UserState | null;
  /** The products that the user holds now, by any path. */
  held: ReadonlySet<string>;
  restoreAccount: boolean;
  remedies: Remedy[];
  /** What came through groups that give it no more; `left`: the user is out of the group, too. */
  stopped: { groupId: string; grant: LicenseGrant; left: boolean }[];
  /** What the user has now, or gets by a step for their group or with their account. */
  stays: LicenseGrant[];
  problems: Problem[];
};
