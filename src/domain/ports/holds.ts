/**
 * A person whose records are kept whatever the retention says, and cannot be erased. `names` are in lower case:
 * object id, user principal name and addresses. Times are ms UTC.
 */
export type LegalHold = {
  personId: string;
  names: string[];
  reason: string;
  since: number;
  endedAt: number | null;
};

export interface HoldStore {
  /** Holds in force, oldest first. */
  inForce(): Promise<LegalHold[]>;
  /** Puts a person on hold; one who is already stays so, with the new reason and all names. */
  put(hold: Omit<LegalHold, 'endedAt'>): Promise<void>;
  /** Ends a hold; false where there is none. */
  end(personId: string, at: number): Promise<boolean>;
}
