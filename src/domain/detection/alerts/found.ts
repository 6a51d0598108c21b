import type { Firing } from '../evaluate.ts';
import type { RecordWords } from './security-incident.ts';

/** A firing with what is said of it. */
export type Found = {
  firing: Firing;
  /** Whether each of its records is one more time (as failed sign-ins are), or all of them are one act. */
  counts: 'records' | 'acts';
  /** Its records that nobody has looked at before. */
  fresh: readonly string[];
  words: RecordWords;
  userIds: readonly string[];
  strangers: number;
  /** Whole days of archive, where there are too few of them to know what is usual; else null. */
  watchedDays: number | null;
  /**
   * What a read of the tenant shows of acts that records may tell as well: where one of both is known, the other is no
   * further time.
   */
  byState?: boolean;
  /** Told by a card whatever its level. */
  always?: boolean;
};
