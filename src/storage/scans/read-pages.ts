import { type RowRuns, rowRuns } from './known-pages.ts';

/** The rows of those users of a page who were stored already; `fresh` counts the others. */
export type ComparedRows = { rows: readonly number[]; fresh: number };

/** What a committed scan found out about row numbers. */
export type RowNumbers = {
  /** How many stored rows the scan met, each counted once. */
  met: number;
  /** The first row, where this scan filled an empty table and numbered the rows without a gap; else null. */
  firstOfAll: number | null;
};

/** What one scan read page by page, and which of it later scans may know again. */
export class ReadPages {
  #pages: { digest: string; compared: ComparedRows | null; runs: RowRuns; freshBefore: number }[] = [];
  #readings = 0;
  #fresh = 0;

  /** Whether any page was read: only a full read has them. */
  get any(): boolean {
    return this.#pages.length > 0;
  }

  /** How many readings were of users who were not stored. */
  get fresh(): number {
    return this.#fresh;
  }

  /** Notes users who were compared, on a page of this digest or on none. */
  compared(digest: string | null, compared: ComparedRows): void {
    if (digest !== null) {
      this.#pages.push({ digest, compared, runs: rowRuns(compared.rows), freshBefore: this.#fresh });
    }
    this.#readings += compared.rows.length;
    this.#fresh += compared.fresh;
  }

  /** Notes a page that was known. */
  known(digest: string, runs: RowRuns, users: number): void {
    this.#pages.push({ digest, compared: null, runs, freshBefore: this.#fresh });
    this.#readings += users;
  }

  /**
   * The pages that agree with what is stored after the commit. None when anybody was read twice, because only
   * the last reading is stored; and not those with a new user, whose row has just been numbered, but for the
   * very first read, whose rows are numbered in the order of the reading.
   */
  agreeing({ met, firstOfAll }: RowNumbers): Map<string, RowRuns> {
    const pages = new Map<string, RowRuns>();
    if (this.#readings !== met) return pages;
    for (const { digest, compared, runs, freshBefore } of this.#pages) {
      const fresh = compared?.fresh ?? 0;
      if (fresh === 0) pages.set(digest, runs);
      else if (firstOfAll !== null) {
        const first = firstOfAll + freshBefore;
        pages.set(digest, [first, first + fresh - 1]);
      }
    }
    return pages;
  }
}
