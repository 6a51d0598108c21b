import type { Format } from '../../answers/answer/export-request.ts';
import { auditTable } from '../../answers/export/audit.ts';
import { changesTable } from '../../answers/export/changes.ts';
import { decisionsTable } from '../../answers/export/decisions.ts';
import { type Lines, linesOf } from '../../answers/export/lines.ts';
import { sentencesTable } from '../../answers/export/sentences.ts';
import type { Circumstances, ExportTable, Range } from '../../answers/export/table.ts';
import type { Store } from '../../domain/ports.ts';

const TABLES: ReadonlyMap<string, ExportTable<Store>> = new Map<string, ExportTable<Store>>([
  ['decisions', decisionsTable],
  ['changes', changesTable([])],
  ['audit', auditTable('on')],
  ['sentences', sentencesTable],
]);

const EVERYTHING = { people: [], skus: [], groups: [], days: null };

export const TABLE_NAMES: readonly string[] = [...TABLES.keys()];

/** A whole table of a time, ms UTC, as a file, part by part; or a sentence that there is none of this name. */
export function linesOfTable(
  store: Store,
  name: string,
  range: Range,
  format: Format,
  circumstances: Circumstances,
): AsyncIterable<Lines> | string {
  const table = TABLES.get(name);
  if (!table) return `There is no table called ${name}.`;
  return linesOf(table.columns, table.rows(store, { ...EVERYTHING, ...circumstances, range }), format);
}
