import type { PersonNames } from '../people/names.ts';

/** What is stored of somebody, and what they are called in it. */
export type FoundPerson = {
  names: PersonNames;
  /** As the tenant or the store named them last; null where nothing tells. */
  displayName: string | null;
  /** Whether the last read still found the account in the tenant. */
  isPresent: boolean;
  /** Whether an erasure was begun and has not finished. */
  isErasing: boolean;
};

/** A row of a table that is about a person, or names them. Columns with JSON are parsed. */
export type PersonRow = {
  table: string;
  /** What it is, in words. */
  kind: string;
  /** On audit records: as what it names the person. */
  as?: ('actor' | 'target' | 'mailbox owner' | 'mentioned')[];
  row: Record<string, unknown>;
};

export type Counts = Record<string, number>;

export type ErasureResult =
  | {
      done: true;
      pseudonym: string;
      /** Rows that were removed or got a pseudonym, by table. */
      counts: Counts;
      /** Audit records that stay, as they also name somebody on hold. */
      keptForHolds: number;
      /** Whether the file of the database holds no deleted bytes any more: false where it is too large, or in use. */
      isCleared: boolean;
    }
  | { done: false; reason: 'on-hold' };

/** What was done with what is stored about people. `person` is the pseudonym once somebody is erased. */
export type PersonLogEntry = {
  id: string;
  /** ms UTC */
  at: number;
  act: 'export begun' | 'exported' | 'erasure begun' | 'erased' | 'put on hold' | 'hold ended';
  person: string;
  /** User of the machine. */
  by: string;
  counts: Counts;
  reason: string | null;
};

export interface PeopleStore {
  /**
   * Who this is: by object id, user principal name, address or former name. More than one where it is not clear; none
   * where the store knows no such account.
   */
  find(text: string): Promise<FoundPerson[]>;
  /** Every row about the person, table by table, while it is read. */
  rows(names: PersonNames, signal: AbortSignal): AsyncGenerator<PersonRow>;
  /**
   * Removes what is stored about the person, and puts a pseudonym into ledgers. Does so in parts: what was interrupted
   * goes on when it is called again. Refuses somebody on hold.
   * @param at ms UTC
   */
  erase(names: PersonNames, by: string, at: number, signal: AbortSignal): Promise<ErasureResult>;
  note(entry: Omit<PersonLogEntry, 'id'>): Promise<void>;
  /** Newest first. */
  log(): Promise<PersonLogEntry[]>;
}
