/** Finds words in the full text of SQLite, newest first, whether few records have them or many. */
import { sql } from 'kysely';
import type { Queries } from '../database/connection.ts';

/** A record in the index: when it happened, ms UTC, and its number. */
export type Place = { at: number; event_no: number };

/** Places of a search without its words: from the newest on, those after the cursor. */
export type PlacesAfter = (after: Place | null, limit: number) => Promise<Place[]>;

/** Words that fewer records have are looked up first: each of these records is one place in the table. */
const FEW = 2_000;
/** Places that are compared at a time: more and more, as long as nothing is found. */
const FIRST_BLOCK = 2_000;
const LARGEST_BLOCK = 64_000;

/** The numbers of all records that have these words; null where many have them. */
export async function fewWith(db: Queries, match: string): Promise<number[] | null> {
  const { rows } = await sql<{ rowid: number }>`select rowid from audit_words
    where audit_words match ${match} limit ${FEW + 1}`.execute(db);
  return rows.length > FEW ? null : rows.map(({ rowid }) => Number(rowid));
}

/**
 * Walks from the newest place on, a block at a time, and keeps those that have the words. Records that happened near each
 * other came near each other, so that a block is a short stretch of the full text, too.
 */
export async function manyWith(
  db: Queries,
  match: string,
  places: PlacesAfter,
  after: Place | null,
  limit: number,
): Promise<Place[]> {
  const found: Place[] = [];
  let cursor = after;
  for (let size = FIRST_BLOCK; ; size = Math.min(4 * size, LARGEST_BLOCK)) {
    const block = await places(cursor, size);
    const numbers = block.map(({ event_no }) => event_no);
    if (numbers.length > 0) {
      const [from, to] = numbers.reduce(
        ([low, high], number) => [Math.min(low, number), Math.max(high, number)],
        [Number.POSITIVE_INFINITY, 0],
      );
      const { rows } = await sql<{ rowid: number }>`select rowid from audit_words
        where audit_words match ${match} and rowid between ${from} and ${to}`.execute(db);
      const having = new Set(rows.map(({ rowid }) => Number(rowid)));
      found.push(...block.filter(({ event_no }) => having.has(event_no)));
    }
    if (found.length >= limit || block.length < size) return found.slice(0, limit);
    cursor = block.at(-1) ?? null;
  }
}
