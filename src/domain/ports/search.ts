/** What a search in the archive of audit records needs from outside. Times are ms UTC. */
import type { AuditEvent } from '../audit/event.ts';

/** What a record must have to be found. */
export type RecordSearch = {
  /** Half open. */
  from: number;
  to: number;
  /** Of each list one term, as `domain/search/index-terms.ts` makes them. */
  allOf: readonly (readonly string[])[];
  /** Words that it must have, or words that begin so; null for any. */
  text: string | null;
};

/** Where a page ended: the next one has what is older. */
export type SearchCursor = { at: number; rowNo: number };

export type FoundRecord = SearchCursor & { event: AuditEvent; raw: string };

/** Who searched for what, when; never changed and never removed. */
export type SearchNote = {
  at: number;
  /** Object id, or `terminal` for anybody who runs the command line. */
  by: string;
  /** The search in words. */
  asked: string;
  /** The people it was about, by object id. */
  people: readonly string[];
  found: number;
};

export interface SearchStore {
  /** Records from the newest on, those after the cursor. */
  find(search: RecordSearch, limit: number, after: SearchCursor | null): Promise<FoundRecord[]>;
  /** One record by Microsoft's id; null where there is none. */
  record(id: string): Promise<FoundRecord | null>;
  /** How many records there are in each quarter of an hour that has any, by the time it begins. */
  counts(search: RecordSearch): Promise<{ at: number; records: number }[]>;
  /**
   * Indexes records that were stored before there was an index, a part in each transaction.
   * @param signal ends it after the part that is under way
   * @returns how many were indexed
   */
  indexOlder(signal?: AbortSignal): Promise<number>;
  /** Whether all records are indexed. */
  isWhole(): Promise<boolean>;
  note(search: SearchNote): Promise<void>;
  /** The newest notes. */
  notes(limit: number): Promise<SearchNote[]>;
}
