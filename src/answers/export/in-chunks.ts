import type { Range } from './table.ts';

const DAY_MS = 86_400_000;
/** How many rows are held at a time, but for those of one millisecond, as of one scan. */
const MOST_ROWS = 5_000;

/** Finds rows of a half-open time, oldest first; with a limit at most so many of them. */
export type FindRows<T> = (window: Range & { limit?: number }) => Promise<T[]>;

/**
 * All rows of a time, oldest first, however many: windows grow over empty times, and shrink where too much was
 * found. A window that is full is read again in parts, because a limit says nothing of what it left out.
 */
export async function* inChunks<T>(find: FindRows<T>, { from, to }: Range): AsyncGenerator<T[]> {
  let span = DAY_MS;
  for (let start = from; start < to; ) {
    const end = Math.min(start + span, to);
    const single = end - start <= 1;
    const rows = await find({ from: start, to: end, ...(single ? {} : { limit: MOST_ROWS }) });
    if (!single && rows.length >= MOST_ROWS) {
      span = Math.max(1, Math.floor((end - start) / 8));
      continue;
    }
    if (rows.length > 0) yield rows;
    start = end;
    if (rows.length < MOST_ROWS / 4) span *= 2;
  }
}
