import { z } from 'zod';
import { type CsvRow, csvRows } from '../../domain/csv-rows.ts';
import { isObject } from '../../microsoft365/bodies/audit/exported-row.ts';

/** The rows of an exported file, in order; or why it has none that can be read, with what to do. */
export type ParsedFile = { ok: true; rows: unknown[] } | { ok: false; reason: string };

/** What Log Analytics and Azure Monitor answer: a table with its columns apart from its rows. */
const Table = z.object({
  columns: z.array(z.object({ name: z.string() })),
  rows: z.array(z.array(z.unknown())),
});
const Tables = z.object({ tables: z.array(Table) });
const Collection = z.object({ value: z.array(z.unknown()) });

/**
 * The rows of a file as people export audit records: a JSON list, Graph's `{ "value": [...] }`, tables of Log
 * Analytics, one record alone, one record a line (NDJSON), or CSV. A line of NDJSON that is no JSON is a row
 * like others: the reader of the rows refuses it, with its number.
 */
export function parseRecords(text: string): ParsedFile {
  const content = text.replace(/^\uFEFF/, '').trim();
  if (content === '') return { ok: false, reason: 'The file is empty.' };
  if (content.startsWith('[') || content.startsWith('{')) {
    const body = jsonOf(content);
    if (body !== undefined) return { ok: true, rows: rowsIn(body) };
    const lines = content
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const parsed = lines.map((line) => jsonOf(line) ?? line);
    return lines.length > 1 && parsed.some(isObject)
      ? { ok: true, rows: parsed }
      : { ok: false, reason: 'It begins like JSON and is not valid: it may have been cut. Export it again.' };
  }
  const [names, ...lines] = csvOf(content);
  const rows = lines.map(({ cells }) =>
    Object.fromEntries((names?.cells ?? []).map((name, index) => [name, cells[index] ?? ''])),
  );
  return rows.length > 0 && (names?.cells.length ?? 0) > 1
    ? { ok: true, rows }
    : {
        ok: false,
        reason:
          'It is neither JSON, nor one record a line, nor whole CSV with names in its first line. Export it again.',
      };
}

/** A text that ends inside quotes has no rows. */
function csvOf(text: string): CsvRow[] {
  try {
    return csvRows(text);
  } catch {
    return [];
  }
}

function rowsIn(body: unknown): unknown[] {
  if (Array.isArray(body)) return body;
  const tables = Tables.safeParse(body);
  if (tables.success) return tables.data.tables.flatMap(rowsOf);
  const table = Table.safeParse(body);
  if (table.success) return rowsOf(table.data);
  const collection = Collection.safeParse(body);
  return collection.success ? collection.data.value : [body];
}

const rowsOf = ({ columns, rows }: z.infer<typeof Table>): unknown[] =>
  rows.map((cells) => Object.fromEntries(columns.map(({ name }, index) => [name, cells[index]])));

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
