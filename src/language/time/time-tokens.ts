/** A word as the time grammar sees it: its base word, and what joins it to the word before. */
export type TimeToken = { base: string; glue: string };

/** Reads a list of time tokens from a position; every method leaves the position alone when it does not match. */
export class TimeReader {
  readonly tokens: readonly TimeToken[];
  position: number;

  constructor(tokens: readonly TimeToken[], position: number) {
    this.tokens = tokens;
    this.position = position;
  }

  peek(ahead = 0): string {
    return this.tokens[this.position + ahead]?.base ?? '';
  }

  glue(ahead = 0): string {
    return this.tokens[this.position + ahead]?.glue ?? '';
  }

  /** Steps over the next words when they are exactly these. */
  take(...words: readonly string[]): boolean {
    if (words.some((word, index) => this.peek(index) !== word)) return false;
    this.position += words.length;
    return true;
  }

  /** Steps over the next word when it is one of these, and returns it. */
  takeOne(words: readonly string[]): string | null {
    const word = this.peek();
    if (!words.includes(word)) return null;
    this.position++;
    return word;
  }

  /** The next word as a whole number, with or without an ordinal ending. */
  takeNumber(pattern = /^(\d{1,4})(?:st|nd|rd|th)?$/): number | null {
    const match = pattern.exec(this.peek());
    if (!match?.[1]) return null;
    this.position++;
    return Number(match[1]);
  }

  /** Runs `read`; when it returns null, nothing was read. */
  attempt<T>(read: () => T | null): T | null {
    const before = this.position;
    const result = read();
    if (result === null) this.position = before;
    return result;
  }
}
