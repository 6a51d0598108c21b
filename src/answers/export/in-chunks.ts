import { DAY_MS } from '../../domain/durations.ts';
import type { Range } from './table.ts';

/** How many rows are held at a time. */
const MAX_ROWS = 5_000;

/**
 * Finds rows of a half-open time, oldest first; with a limit at most so many of them, the newest but those that
 * are to be skipped.
 */
export type FindRows<T> = (window: Range & { limit?: number; skip?: number }) => Promise<T[]>;

/**
 * All rows of a time, oldest first, however many: windows grow over empty times, and shrink where too much was
 * found. A window that is full is read again in parts, because a limit says nothing of what it left out; those of
 * one moment, as of one scan, come in pages where the source can skip, and else all at once.
 */
export async function* inChunks<T>(
  find: FindRows<T>,
  { from, to }: Range,
  { canSkip }: { canSkip: boolean },
): AsyncGenerator<T[]> {
  let span = DAY_MS;
  for (let start = from; start < to; ) {
    const end = Math.min(start + span, to);
    const window = { from: start, to: end };
    const single = end - start <= 1;
    const rows = single && !canSkip ? await find(window) : await find({ ...window, limit: MAX_ROWS });
    const isFull = rows.length >= MAX_ROWS;
    if (!single && isFull) {
      span = Math.max(1, Math.floor((end - start) / 8));
      continue;
    }
    if (rows.length > 0) yield rows;
    if (canSkip && isFull) yield* pagesAfter(find, window, rows.length);
    start = end;
    if (rows.length < MAX_ROWS / 4) span *= 2;
  }
}

async function* pagesAfter<T>(find: FindRows<T>, window: Range, first: number): AsyncGenerator<T[]> {
  for (let skip = first; ; skip += MAX_ROWS) {
    const rows = await find({ ...window, limit: MAX_ROWS, skip });
    if (rows.length > 0) yield rows;
    if (rows.length < MAX_ROWS) return;
  }
}
