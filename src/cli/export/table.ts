import type { Store } from '../../domain/ports.ts';

/** Half open, ms UTC. */
export type Range = { from: number; to: number };

/** A row as a spreadsheet shows it, and as a program reads it. */
export type ExportedRow = { cells: (string | number | null)[]; record: object };

/** Something that can be exported: its columns, and its rows of a time, oldest first, in chunks. */
export type ExportTable = {
  columns: readonly string[];
  rows(store: Store, range: Range): AsyncIterable<ExportedRow[]>;
};

/** ISO 8601 in UTC; empty for no time. */
export const iso = (at: number | null): string => (at === null ? '' : new Date(at).toISOString());
