import { createHash } from 'node:crypto';
import { type IdGenerator, RandomIdGenerator } from '@opentelemetry/sdk-trace';

/** The trace of these words: 16 bytes, as W3C Trace Context has them. */
export const traceIdOf = (words: string): string => digestOf(`trace ${words}`).slice(0, 32);

/** The span of these words: 8 bytes. */
export const spanIdOf = (words: string): string => digestOf(`span ${words}`).slice(0, 16);

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export type ChosenIds = IdGenerator & {
  /** Starts a span with these ids; what is null stays random. */
  choose<Result>(ids: { traceId: string | null; spanId: string | null }, start: () => Result): Result;
};

/** Random ids, but for a span that is started inside `choose`: starting one is synchronous. */
export function createChosenIds(): ChosenIds {
  const random = new RandomIdGenerator();
  let chosen: { traceId: string | null; spanId: string | null } = { traceId: null, spanId: null };
  return {
    generateTraceId: () => chosen.traceId ?? random.generateTraceId(),
    generateSpanId: () => chosen.spanId ?? random.generateSpanId(),
    choose(ids, start) {
      chosen = ids;
      try {
        return start();
      } finally {
        chosen = { traceId: null, spanId: null };
      }
    },
  };
}
