/** What proves that the archive of audit records is as it was written. */

/** The end of the chain at some time: it covers every link up to `seq`. */
export type ChainHead = { seq: number; mac: string };

/** A head as the log, the SIEM and the command line write it: `1234:Zm9v…`. */
export const headText = ({ seq, mac }: ChainHead): string => `${seq}:${mac}`;

/**
 * The end of the chain and what it is worth. `hasKey`: sealed with a key, so that nobody can make it who can write to
 * the database alone; `isWhole`: no record of before the chain is still to be sealed.
 */
export type ArchiveSeal = ChainHead & { hasKey: boolean; isWhole: boolean };

/**
 * Something that is not as License Watch wrote it. `day` is the UTC day of the record, `2026-11-27`; null where
 * nothing tells it.
 */
export type ChainProblem = {
  kind: 'changed' | 'missing' | 'added' | 'link' | 'head' | 'key';
  day: string | null;
  /** The record's id, where it can still be read. */
  record: string | null;
  /** A sentence. */
  detail: string;
};

/** What a verification found. `problems` holds the first ones; `problemCount` counts all. */
export type Verification = {
  records: number;
  days: number;
  links: number;
  /** Whether the newest link is sealed with a key that was given. */
  sealedWithKey: boolean;
  /** Records that were removed as they should be, by what removed them. */
  removed: { policy: string; records: number }[];
  problems: ChainProblem[];
  problemCount: number;
  head: ChainHead | null;
};

export interface ArchiveStore {
  /**
   * Reads every record and every link, and compares.
   * @param known heads that were noted outside the database: the chain has to hold each of them
   */
  verify(known: readonly ChainHead[], signal: AbortSignal): Promise<Verification>;
  /** The end of the chain; null where nothing was written yet. */
  head(): Promise<ChainHead | null>;
  /** As `head`, with what it is worth. It covers all that was read before. */
  seal(): Promise<ArchiveSeal | null>;
  /**
   * Seals what a version before the chain wrote, and with the present key what was sealed without one.
   * @param at ms UTC
   * @returns how many older records were sealed
   */
  sealOlder(at: number): Promise<number>;
}
