import { z } from 'zod';
import type { ExchangeAnswer } from '../http/exchange.ts';

/** What `$batch` answers: an answer for each request, in any order. */
export const BatchAnswer = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.number(),
      headers: z.record(z.string(), z.string()).nullish(),
      body: z.unknown().optional(),
    }),
  ),
});
export type BatchAnswer = z.infer<typeof BatchAnswer>;
export type InnerAnswer = BatchAnswer['responses'][number];

/** An inner answer in the form of a whole one, so that both are judged by the same rules. */
export const asAnswer = (inner: InnerAnswer): ExchangeAnswer => ({
  status: inner.status,
  headers: Object.fromEntries(
    Object.entries(inner.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  ),
  text: JSON.stringify(inner.body ?? null),
});
