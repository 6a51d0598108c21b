import type { GroupNow } from '../../domain/license/group-now.ts';
import type { LicensedGroup } from '../../domain/license/sku.ts';

/** What answers can learn of a group that no scan keeps: who is in it, and what gives no license yet. */
export type GroupFacts = {
  /** The group as it is now, null where there is none; `unread` says why it cannot be read. */
  now(groupId: string): Promise<GroupNow | null | { unread: string }>;
  /** The groups of these names; none where that cannot be read. */
  named(names: readonly string[]): Promise<LicensedGroup[]>;
};
