/** What comes of a request to read the tenant now. */
export type ScanRequested =
  /** A read begins in a moment: in the process that `by` names, or in this one where it is null. */
  | { kind: 'starts'; by: string | null; throttled: string | null }
  /** A read is under way since then, ms UTC. */
  | { kind: 'running'; since: number; by: string | null }
  /** No process runs the jobs; `last` did, if any. The request is kept. */
  | { kind: 'no-leader'; last: string | null }
  /** The database does not take the request, and would take no read either. */
  | { kind: 'not-stored'; reason: string };
