/** What the details of a sentence need to know of each of its words; see `ReadWord`. */
type SaidWord = {
  text: string;
  start: number;
  end: number;
  base: string | null;
  product: string;
  capital: boolean;
  possessive: boolean;
  glue: string;
  afterBreak: boolean;
  afterComma: boolean;
  inAddress: boolean;
  /** A word that everybody uses. */
  ordinary: boolean;
};

/** What was found in a sentence, and where; see `Span`. */
type SaidSpan = Run & {
  meaning:
    | { kind: 'person'; ids: string[] }
    | { kind: 'sku'; skuIds: string[] }
    | { kind: 'group'; groupIds: string[] }
    | { kind: 'time' };
};

/** A sentence with its words read and its names, products and times found. Positions count words. */
export type Said = { text: string; words: readonly SaidWord[]; spans: readonly SaidSpan[] };

/** Words that stand next to each other. Positions, half open. */
export type Run = { from: number; to: number };

/** Whether a position is inside one of the runs. */
export const isIn = (runs: readonly Run[], position: number): boolean =>
  runs.some(({ from, to }) => position >= from && position < to);

/** What was written there, letter for letter. */
export const writtenIn = ({ text, words }: Pick<Said, 'text' | 'words'>, { from, to }: Run): string =>
  text.slice(words[from]?.start ?? 0, words[to - 1]?.end ?? text.length);

export const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));
