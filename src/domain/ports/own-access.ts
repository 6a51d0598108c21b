import type { KnownPermission } from '../access/own-access.ts';

/** Which permissions the tenant gives us, as it was known last. */
export interface OwnAccessStore {
  known(): Promise<KnownPermission[]>;
  /** Over what was known of the same permissions. */
  note(rows: readonly KnownPermission[]): Promise<void>;
}
