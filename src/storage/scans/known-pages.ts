/** Row numbers as pairs of first and last: the rows of a page are nearly always neighbours. */
export type RowRuns = readonly number[];

/** Takes row numbers in the order of the page and returns them as runs. */
export function rowRuns(rows: readonly number[]): RowRuns {
  const runs: number[] = [];
  for (const row of rows) {
    const last = runs.length - 1;
    if (runs[last] === row - 1) runs[last] = row;
    else runs.push(row, row);
  }
  return runs;
}

/** Each row number of the runs. */
export function* rowsOf(runs: RowRuns): Generator<number> {
  for (let at = 0; at < runs.length; at += 2) {
    const last = runs[at + 1] ?? -1;
    for (let row = runs[at] ?? 0; row <= last; row++) yield row;
  }
}

/** More rows written than this, and to look for their pages is not worth it. */
const MANY_ROWS = 10_000;

/**
 * The pages of the last complete full read whose users are stored exactly as the page tells them. They are kept
 * in memory only: another version of the program may read the same text otherwise, and what is gone with the
 * process cannot be newer than the database. See docs/decisions/known-pages.md.
 */
export class KnownPages {
  /** The version of the stored state that the pages agree with. */
  #version = -1;
  #pages = new Map<string, RowRuns>();

  get isEmpty(): boolean {
    return this.#pages.size === 0;
  }

  has(digest: string): boolean {
    return this.#pages.has(digest);
  }

  /** The rows of the page, if it agrees with the stored state of this version; undefined for any other. */
  find(digest: string, version: number): RowRuns | undefined {
    return version === this.#version ? this.#pages.get(digest) : undefined;
  }

  /** Notes that a full read made this version, and that these are its pages. */
  replace(version: number, pages: Map<string, RowRuns>): void {
    this.#pages = version > this.#version ? pages : new Map();
    this.#version = Math.max(version, this.#version);
  }

  /** Notes that a scan made this version by writing these rows: their pages are known no longer. */
  rowsWritten(version: number, rows: readonly number[]): void {
    if (version !== this.#version + 1 || rows.length > MANY_ROWS) {
      this.replace(version, new Map());
      return;
    }
    this.#version = version;
    for (const [digest, runs] of this.#pages)
      if (rows.some((row) => isIn(runs, row))) this.#pages.delete(digest);
  }
}

function isIn(runs: RowRuns, row: number): boolean {
  for (let at = 0; at < runs.length; at += 2) {
    if (row >= (runs[at] ?? Infinity) && row <= (runs[at + 1] ?? -1)) return true;
  }
  return false;
}
