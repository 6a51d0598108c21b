/** What passes audit records on to a SIEM. Times are ms UTC. */

/** A stored record as it is passed on. */
export type ForwardedRecord = {
  rowNo: number;
  id: string;
  source: string;
  at: number;
  receivedAt: number;
  operation: string;
  workload: string;
  result: string;
  actorKind: string | null;
  actorId: string | null;
  actorName: string | null;
  correlationId: string | null;
  clientIp: string | null;
  /** JSON text, as Microsoft sent it. */
  raw: string;
};

/** How far a SIEM has everything, and what keeps it from having more. */
export type ForwardState = {
  /** The newest row that the SIEM has taken; 0 for none. */
  rowNo: number;
  sent: number;
  /** Records that the SIEM refused for good; they stay in the archive. */
  refused: number;
  /** Head of the archive that was passed on last, and when. */
  head: string | null;
  headAt: number | null;
  /** Failures in a row, since when, and what the last one said. */
  failures: number;
  failingSince: number | null;
  problem: string | null;
  /** Nothing is sent before. */
  notBefore: number | null;
};

/** What is still to be passed on: how many records, and when the oldest of them came; null for none. */
export type Behind = { records: number; oldestAt: number | null };

export interface ForwardStore {
  /** The state for one SIEM, by its name; what a SIEM that nobody knew has: nothing. */
  state(siem: string): Promise<ForwardState>;
  save(siem: string, state: ForwardState): Promise<void>;
  /** Records after a row, in the order in which they were stored, at most so many. */
  after(rowNo: number, limit: number): Promise<ForwardedRecord[]>;
  behind(rowNo: number): Promise<Behind>;
}

/** What a SIEM said to a batch. `too-large`: the batch, not its records. `refused`: this content, for good. */
export type BatchOutcome =
  | { kind: 'taken' }
  | { kind: 'too-large' | 'refused'; reason: string }
  | { kind: 'failed'; reason: string; retryAfterMs: number | null };

/** Sends lines to a SIEM, each a JSON document. Resolves in bounded time, and never rejects. */
export interface SiemSender {
  /** Where to, without a secret: what state is kept by. */
  readonly name: string;
  send(lines: readonly SiemLine[], signal: AbortSignal): Promise<BatchOutcome>;
}

/** One document, with the time (ms UTC) and the id that syslog puts beside it. */
export type SiemLine = { at: number; id: string; json: string };

/** Where records go, and in which form. */
export type Forwarding = { sender: SiemSender; format: 'ocsf' | 'raw' };
