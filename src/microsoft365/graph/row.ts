import type { z } from 'zod';
import type { LeftOutRow } from '../../domain/license/sku.ts';
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
    throw new TenantReadError('invalid-row', oddity(kind, row, parsed.error), { cause: parsed.error });
  };

/**
 * As `rowReader`, for rows whose absence cannot look like a lost license: one of another form is returned as
 * left out, and the others still count.
 */
export const lenientRowReader =
  <Body, Row>(kind: string, schema: z.ZodType<Body>, convert: (body: Body) => Row) =>
  (row: unknown): { row: Row } | { leftOut: LeftOutRow } => {
    const parsed = schema.safeParse(row);
    if (parsed.success) return { row: convert(parsed.data) };
    return { leftOut: { id: rowId(row), why: oddity(kind, row, parsed.error) } };
  };

/** Sorts what a lenient reader returned. */
export function withoutOdd<Row>(read: readonly ({ row: Row } | { leftOut: LeftOutRow })[]): {
  rows: Row[];
  leftOut: LeftOutRow[];
} {
  return {
    rows: read.flatMap((one) => ('row' in one ? [one.row] : [])),
    leftOut: read.flatMap((one) => ('leftOut' in one ? [one.leftOut] : [])),
  };
}

const oddity = (kind: string, row: unknown, error: z.ZodError): string =>
  `The ${kind} ${rowId(row) ?? 'without an id'} has another form than Microsoft documents (${issueText(error)}).`;

const rowId = (row: unknown): string | null =>
  typeof row === 'object' && row !== null && 'id' in row && typeof row.id === 'string' ? row.id : null;
