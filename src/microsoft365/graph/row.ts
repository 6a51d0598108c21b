import type { z } from 'zod';
import { TenantReadError } from '../../domain/ports.ts';
import { issueText } from '../http/json-answer.ts';

/**
 * Makes a reader of rows from a schema and a converter. The reader throws TenantReadError `invalid-row`: to
 * leave a row out would look exactly like a lost license.
 */
export const rowReader =
  <Body, Row>(kind: string, schema: z.ZodType<Body>, convert: (body: Body) => Row) =>
  (row: unknown): Row => {
    const parsed = schema.safeParse(row);
    if (parsed.success) return convert(parsed.data);
    throw new TenantReadError(
      'invalid-row',
      `The ${kind} ${rowId(row)} has another form than Microsoft documents (${issueText(parsed.error)}).`,
      { cause: parsed.error },
    );
  };

const rowId = (row: unknown): string =>
  typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'string'
    ? row.id
    : 'without an id';
