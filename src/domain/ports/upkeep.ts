/** What is removed because nobody needs it any more, whatever happens in the tenant. Times are ms UTC. */

/** How long what grows with time alone is kept, days. */
export const KEPT_DAYS = {
  /** Reads that changed nothing. The newest of each kind and outcome stays, however old. */
  scans: 90,
  /** Messages that were sent or given up: so long a key is not queued a second time. */
  outbox: 400,
  /** Escalations that have ended. */
  escalations: 400,
  /** Microsoft’s notices of troubles that are over. */
  serviceIssues: 400,
  /** The hours of a log that were read: older ones that follow each other are one row. */
  windowsApart: 30,
} as const;

export interface UpkeepStore {
  /**
   * Removes what is older than it is kept, and folds what is one stretch into one row.
   * @returns how many rows are gone, by table
   */
  prune(at: number): Promise<ReadonlyMap<string, number>>;
}
