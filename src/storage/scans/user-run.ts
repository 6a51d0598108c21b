import type { StatementSync } from 'node:sqlite';

/** A stored user: row number, id, state. */
export type StoredRow = [rowNo: number, id: string, state: string];

const ROWS_AT_ONCE = 128;

/** How far apart two neighbours' row numbers may lie: users who were removed leave gaps. */
const NEAR = 8;

/**
 * Walks the stored users in the order of their rows, a block at a time. Graph lists users in the same order
 * each time, so that the next user read is nearly always the next one here: a block costs a tenth of as many
 * look-ups by id. Where the order is another, the walk is only slower, never wrong: whoever is not met is
 * looked up, and after two look-ups of neighbours the walk goes on from there.
 */
export class UserRun {
  readonly #read: StatementSync;
  #block: StoredRow[] = [];
  #at = 0;
  #position = 0;
  #lastFound = -1;

  /** @param read selects StoredRows behind a row number, in order, up to a limit; returns arrays */
  constructor(read: StatementSync) {
    this.#read = read;
  }

  /** The stored user that is expected next; undefined at the end. */
  peek(): StoredRow | undefined {
    if (this.#at === this.#block.length) {
      // The statement was set to return arrays, which its type does not tell.
      this.#block = this.#read.all(this.#position, ROWS_AT_ONCE) as unknown as StoredRow[];
      this.#at = 0;
    }
    return this.#block[this.#at];
  }

  /** Goes on behind the user that `peek` told. */
  advance(): void {
    const row = this.#block[this.#at];
    if (!row) return;
    this.#position = row[0];
    this.#at++;
  }

  /** Tells where a user was found who was not the expected one. */
  found(rowNo: number): void {
    const next = this.#block[this.#at];
    const last = this.#block.at(-1);
    if (next && last && rowNo >= next[0] && rowNo <= last[0]) {
      while ((this.#block[this.#at]?.[0] ?? Number.POSITIVE_INFINITY) <= rowNo) this.advance();
    } else if (rowNo > this.#lastFound && rowNo - this.#lastFound <= NEAR) {
      this.#position = rowNo;
      this.forget();
    }
    this.#lastFound = rowNo;
  }

  /** Drops the block that was read; somebody may have written since. */
  forget(): void {
    this.#block = [];
    this.#at = 0;
  }
}
