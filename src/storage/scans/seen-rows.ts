import { type RowRuns, rowsOf } from './known-pages.ts';

/** Which stored rows a scan has come across: one bit a row, 125 kB for a million users. */
export class SeenRows {
  #bits = new Uint8Array(1024);
  #count = 0;

  /** How many different rows were marked. */
  get count(): number {
    return this.#count;
  }

  mark(rowNo: number): void {
    const byte = rowNo >>> 3;
    if (byte >= this.#bits.length) this.#grow(byte);
    const bit = 1 << (rowNo & 7);
    const before = this.#bits[byte] ?? 0;
    if ((before & bit) !== 0) return;
    this.#bits[byte] = before | bit;
    this.#count++;
  }

  has(rowNo: number): boolean {
    return ((this.#bits[rowNo >>> 3] ?? 0) & (1 << (rowNo & 7))) !== 0;
  }

  /** Whether any row of these runs was marked. */
  hasAny(runs: RowRuns): boolean {
    for (const row of rowsOf(runs)) if (this.has(row)) return true;
    return false;
  }

  /** Marks all rows of these runs; returns how many they are. */
  markAll(runs: RowRuns): number {
    let marked = 0;
    for (const row of rowsOf(runs)) {
      this.mark(row);
      marked++;
    }
    return marked;
  }

  #grow(byte: number): void {
    const grown = new Uint8Array(Math.max(byte + 1, this.#bits.length * 2));
    grown.set(this.#bits);
    this.#bits = grown;
  }
}
