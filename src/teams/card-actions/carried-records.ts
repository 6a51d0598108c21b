import { z } from 'zod';
import { ACTIVITIES } from '../../domain/search/activities.ts';
import type { RecordsAsked } from '../../language/query.ts';
import { Id } from './card-action.ts';

const Names = z.array(z.string().max(200)).max(10);
const Said = z.string().max(200).exactOptional();
/** ms UTC, within what a date can hold. */
const Instant = z.int().min(0).max(8_640_000_000_000_000);

/** What is asked of audit records of any kind; who may ask is looked at again. */
export const CarriedRecords: z.ZodType<RecordsAsked> = z.object({
  people: z.array(Id).max(100),
  unresolved: z.array(z.string().max(200)).max(10),
  range: z
    .object({ from: Instant, to: Instant })
    .refine(({ from, to }) => from < to)
    .nullable(),
  days: z.number().int().min(0).max(36_500).nullable(),
  activity: z.enum(ACTIVITIES).exactOptional(),
  also: z.array(z.enum(ACTIVITIES)).max(10).exactOptional(),
  operations: Names.exactOptional(),
  part: z.enum(['by', 'on', 'mailbox']).exactOptional(),
  departments: Names.exactOptional(),
  site: Said,
  address: Said,
  app: Said,
  thing: Said,
  names: Names.exactOptional(),
  workload: Said,
  workloads: Names.exactOptional(),
  text: Said,
  record: Said,
  file: z.enum(['csv', 'ndjson']).exactOptional(),
});
