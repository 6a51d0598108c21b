import type { LicensedGroup } from './sku.ts';

/** A group as the directory has it at this moment. Ids are lower case. */
export type GroupNow = {
  group: LicensedGroup;
  /** The users who are in it directly: only they get its licenses. */
  userIds: string[];
  /** How many groups are in it. Their members get nothing by it (Microsoft: nested groups are not licensed). */
  nested: number;
};
