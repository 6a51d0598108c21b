import type { RawBuilder } from 'kysely';
import type { UserState } from '../../domain/license/user-state.ts';
import type { Queries } from '../database/connection.ts';
import type { Flag } from '../database/schema.ts';
import type { ComparedRows } from './read-pages.ts';
import type { SeenRows } from './seen-rows.ts';

/** One reading of a user that is put aside; `state` null: gone. The last reading of a user counts. */
export type StagedRow = { seq: number; id: string; state: string | null; licensed: Flag };

/**
 * Where one scan compares what it reads and puts aside what is new or different. The stored users are not
 * touched, and what was put aside is lost with the process.
 */
export interface ScanStaging {
  /**
   * Compares with the users stored as present, marks their rows, and puts aside those that differ, are not
   * stored, or were read before in this scan. Returns the rows of those who are stored.
   */
  compare(users: readonly UserState[], seen: SeenRows): Promise<ComparedRows>;
  /** Puts the users aside as gone and marks their rows, which it returns. */
  putGone(userIds: readonly string[], seen: SeenRows): Promise<ComparedRows>;
  /** Leaves only the last reading of each user. */
  seal(db: Queries): Promise<void>;
  /** Whether anybody was put aside as gone. */
  readonly hasGone: boolean;
  /** What was put aside, as `StagedRow`s, to stand in a FROM clause. */
  readonly rows: RawBuilder<StagedRow>;
  /** Forgets everything. */
  clear(): Promise<void>;
}

/** Opens the staging of a new scan, empty. */
export type OpenStaging = () => Promise<ScanStaging>;
