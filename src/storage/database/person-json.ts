import { z } from 'zod';
import type * as access from '../../domain/access/person.ts';

/** Who decided something, as rows hold it. */
export const Person: z.ZodType<access.Person> = z.object({
  aadObjectId: z.string(),
  tenantId: z.string().nullable(),
  name: z.string(),
});
