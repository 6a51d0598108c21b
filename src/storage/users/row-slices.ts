import type { DatabaseKind, Queries } from '../database/connection.ts';

/** A part of the stored users, by their row numbers: behind `after`, up to `to`. */
export type RowSlice = { after: number; to: number };

/**
 * How many users one query looks through. SQLite answers on our own thread, some milliseconds for each slice;
 * PostgreSQL answers on its own, and only what it found is read here.
 */
const ROWS_AT_ONCE: Readonly<Record<DatabaseKind, number>> = { sqlite: 2_000, postgres: 50_000 };

/**
 * All stored users, a slice of rows at a time, so that a search through all of them holds nobody up. A scan that is
 * committed in between changes what later slices find; nobody is found twice, as a row keeps its number.
 */
export async function* inRowSlices(db: Queries, kind: DatabaseKind): AsyncGenerator<RowSlice> {
  const { last } = await db
    .selectFrom('user_states')
    .select((column) => column.fn.max('row_no').as('last'))
    .executeTakeFirstOrThrow();
  for (let after = -1; after < Number(last ?? -1); after += ROWS_AT_ONCE[kind]) {
    yield { after, to: after + ROWS_AT_ONCE[kind] };
  }
}
