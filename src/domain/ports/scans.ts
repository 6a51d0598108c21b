/** What is stored of reads. Times are ms UTC; ids are lower case. */
import type { AlertNote } from '../alert/reason.ts';
import type { LicenseChange } from '../license/change.ts';
import type { TenantState } from '../license/sku.ts';
import type { StatePair } from '../license/state-pair.ts';
import type { UserState } from '../license/user-state.ts';
import type { ScanKind, ScanRecord } from '../scan/scan-record.ts';

export type { ScanKind, ScanRecord, StatePair };

export type ScanCommit = {
  record: ScanRecord;
  changes: readonly LicenseChange[];
  /** Changes that wait until `dueAt` before they are explained and told. */
  settle: readonly { changeId: string; dueAt: number }[];
  /** Null leaves what is stored. */
  tenant: TenantState | null;
  /** Null leaves what is stored; `''` forgets it. */
  deltaLink: string | null;
};

/**
 * One read in progress. Pages are compared and staged as they come; nothing is visible to anyone until
 * `commit`, which writes state, changes, delta link and scan record in one transaction.
 */
export interface ScanSession {
  /**
   * Compares with the stored states and stages what is new or different. A user read twice: the last wins.
   * With the digest of the page that told all of these users, and nobody else, later scans may know it again.
   */
  stage(users: readonly UserState[], digest?: string | null): Promise<void>;
  /**
   * Takes a page that is the same as in the last complete read, and of whose users none was written since, as
   * if its users had been staged. Returns how many they are; null for any other page: stage that.
   */
  stageKnownPage(digest: string): Promise<number | null>;
  /** Stages users as gone. */
  stageGone(userIds: readonly string[]): Promise<void>;
  /** Users stored as present that were neither staged nor found unchanged. For full reads. */
  unseen(): Promise<string[]>;
  /** How many users hold at least one license in the stored state. */
  licensedBefore(): Promise<number>;
  /** What differs, in chunks. */
  pairs(): AsyncIterable<StatePair[]>;
  /** A commit that throws writes nothing and leaves the session open, so that it can be abandoned. */
  commit(commit: ScanCommit): Promise<void>;
  /** Forgets what was staged and records why, in one transaction with the note of it. */
  abandon(record: ScanRecord, note?: AlertNote): Promise<void>;
}

export interface ScanStore {
  begin(scanId: string): Promise<ScanSession>;
  last(filter?: { outcome?: ScanRecord['outcome']; kind?: ScanKind }): Promise<ScanRecord | null>;
  /** Newest complete read of the whole tenant: a targeted one says nothing about other users. */
  lastWhole(): Promise<ScanRecord | null>;
  /** Newest first. */
  recent(limit: number): Promise<ScanRecord[]>;
  deltaLink(): Promise<string | null>;
  /**
   * Lets the database watch this tenant from now on, and refuses another one: throws StorageError `other-tenant`. One
   * in which nothing was read yet, and on which no process works, takes another one.
   */
  claimTenant(tenantId: string): Promise<void>;
}
