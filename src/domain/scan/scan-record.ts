export type ScanKind = 'full' | 'delta' | 'targeted';

/** A read of the tenant and what became of it. Times are ms UTC. */
export type ScanRecord = {
  id: string;
  kind: ScanKind;
  startedAt: number;
  finishedAt: number;
  /** `held`: complete, but its losses are above the mass-loss limit and wait for a second read. */
  outcome: 'complete' | 'held' | 'incomplete';
  /** ReadFailureCode, `mass-loss`, `not-stored` (the database did not take it), `internal` (a mistake of ours), or null. */
  reasonCode: string | null;
  reason: string | null;
  usersRead: number;
  changes: number;
};
