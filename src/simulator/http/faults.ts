import { z } from 'zod';

/** What goes wrong, and for which requests. `path` is a part of the path with query, in any letter case. */
export const Fault = z.object({
  method: z.string().optional(),
  path: z.string(),
  /** How many requests it hits; all when left out. */
  times: z.int().positive().optional(),
  /** How many matching requests pass first. */
  after: z.int().nonnegative().optional(),
  effect: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('status'),
      status: z.int().min(400).max(599),
      code: z.string().optional(),
      message: z.string().optional(),
      /** Seconds, sent as written: Microsoft also sends decimals. */
      retryAfter: z.string().optional(),
      /** The request is carried out all the same: only its true answer is lost. */
      carriedOut: z.boolean().optional(),
    }),
    /** Answers 200 with this text. */
    z.object({ kind: z.literal('body'), body: z.string() }),
    /** Sends part of the answer and closes the connection. */
    z.object({ kind: z.literal('cut') }),
    /** Sends an answer that is not JSON, complete. */
    z.object({ kind: z.literal('malformed') }),
    /** Sends part of the answer and then nothing, forever. */
    z.object({ kind: z.literal('stall') }),
    /** Every page links to itself. */
    z.object({ kind: z.literal('paging-loop') }),
    /** Every page links to another, without end. */
    z.object({ kind: z.literal('endless-pages') }),
    /** The next page is on another host. */
    z.object({ kind: z.literal('foreign-link') }),
  ]),
});
export type Fault = z.infer<typeof Fault>;
export type Effect = Fault['effect'];

/** Faults that are waiting for a request, oldest first. */
export class FaultBoard {
  #faults: { fault: Fault; skip: number; left: number }[] = [];

  add(fault: Fault): void {
    const left = fault.times ?? Number.POSITIVE_INFINITY;
    this.#faults.push({ fault, skip: fault.after ?? 0, left });
  }

  clear(): void {
    this.#faults = [];
  }

  /** The effect on this request, which uses up one of the fault's times; null when nothing is wrong. */
  take(method: string, pathAndQuery: string): Effect | null {
    const text = pathAndQuery.toLowerCase();
    for (const entry of this.#faults) {
      const { fault } = entry;
      if (fault.method !== undefined && fault.method.toUpperCase() !== method) continue;
      if (!text.includes(fault.path.toLowerCase())) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      this.#faults = this.#faults.filter((one) => one.left > 0);
      return fault.effect;
    }
    return null;
  }
}
