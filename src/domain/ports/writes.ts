/** What the restore needs to write. Times are ms UTC; ids are lower case. */
import type { StepAction } from '../restore/step.ts';

/**
 * What became of one write. `changed` false: it was so already. Codes: `no-seats`, `usage-location`, `conflict`,
 * `dependency`, `not-owned`, `not-found`, `forbidden`, `group-locked`, `inherited`, `refused`; of the retryable
 * ones those of ReadFailureCode. Messages are sentences that say what to do.
 */
export type WriteOutcome =
  | { ok: true; changed: boolean }
  | { ok: false; retryable: false; code: string; message: string }
  | { ok: false; retryable: true; code: string; message: string; retryAfterMs: number | null };

/** Requests in one batch: Graph's limit. */
export const MAX_WRITES_AT_ONCE = 20;

export interface TenantWriter {
  /**
   * Carries out at most `MAX_WRITES_AT_ONCE` independent actions in one batch, each once: what was throttled
   * comes back as retryable. Outcomes are in the order given. Throws nothing that Microsoft may answer.
   */
  write(actions: readonly StepAction[]): Promise<WriteOutcome[]>;
  /**
   * Whether each action has nothing left to do, by reading the tenant; writes nothing. A `reprocess` never has.
   * Throws TenantReadError.
   */
  alreadyApplied(actions: readonly StepAction[]): Promise<boolean[]>;
}
