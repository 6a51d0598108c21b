import { z } from 'zod';
import type * as domain from '../../domain/people/names.ts';

/** What an erasure under way looks for, as `erasures.names` holds it. */
export const StoredNames: z.ZodType<domain.PersonNames> = z.object({
  id: z.string().nullable(),
  addresses: z.array(z.string()),
  written: z.array(z.string()),
  chats: z.array(z.string()),
});

export const StoredPseudonym: z.ZodType<domain.Pseudonym> = z.object({
  id: z.string(),
  address: z.string(),
  written: z.string(),
  chat: z.string(),
});

export const StoredCounts = z.record(z.string(), z.number());
