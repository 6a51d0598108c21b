import type { PlanState } from '../../language/query.ts';
import type { About } from '../answer/about.ts';
import type { AnswerStore, RecordFacilities } from '../answer/deps.ts';
import type { SpendFacts } from '../answer/spend-facts.ts';
import type { Which } from '../answer/which-accounts.ts';

/** Half open, ms UTC. */
export type Range = { from: number; to: number };

/** Which rows are wanted, by ids in lower case. An empty list means any. */
export type Selection = About & {
  plans?: string[];
  planState?: PlanState;
  lacking?: true;
  range: Range;
  /** A length that was said without a position: "for 30 days". */
  days: number | null;
  which?: Which;
};

/** What else decides which rows there are. `now` is ms UTC. */
export type Circumstances = {
  now: number;
  spend: SpendFacts;
  /** The search in audit records of all kinds, and who asks, by object id; left out where nobody may. */
  audit?: RecordFacilities & { asker: string | null };
};

/** A row as a spreadsheet shows it, and as a program reads it. */
export type ExportedRow = { cells: (string | number | null)[]; record: object };

/** Something that can be exported: its columns, and its rows in chunks, those with a time oldest first. */
export type ExportTable<From = AnswerStore> = {
  columns: readonly string[];
  rows(store: From, selection: Selection & Circumstances): AsyncIterable<ExportedRow[]>;
};

/** ISO 8601 in UTC; empty for no time. */
export const iso = (at: number | null): string => (at === null ? '' : new Date(at).toISOString());

/** A row whose record has the names of the columns. */
export const plainRow = (columns: readonly string[], cells: ExportedRow['cells']): ExportedRow => ({
  cells,
  record: Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? null])),
});
