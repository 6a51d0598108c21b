/** So many of the same are written as they come. */
const WRITTEN_AS_THEY_COME = 3;
/** How long the same are counted together, ms. */
const COUNTED_FOR_MS = 10 * 60_000;
/** Kinds that are counted at a time; of more than these, the oldest is written out and forgotten. */
const KINDS_AT_A_TIME = 200;

/** Fields by which two warnings of one text differ in kind. What varies without end, such as a number, is none of them. */
const TELLING = ['component', 'job', 'service', 'source', 'what', 'code', 'status', 'permission'] as const;

/** How many more of a kind there were, and how to say so. */
export type Left = { count: number; say(count: number): void };
export type Repeats = {
  /**
   * Whether this one is written. Counts that have run their time are said first.
   * @param say writes the line with a count, later
   */
  admit(kind: string, say: (count: number) => void): boolean;
  /** Says what was counted and not said yet. */
  flush(): void;
};

/**
 * Counts what repeats: three of a kind are written, and for all others of ten minutes one line with their number.
 * @param now ms UTC
 */
export function createRepeats(now: () => number): Repeats {
  const kinds = new Map<string, Left & { until: number; written: number }>();

  function sayAndForget(isDue: (until: number) => boolean): void {
    for (const [kind, { count, say, until }] of kinds) {
      if (!isDue(until)) continue;
      kinds.delete(kind);
      if (count > 0) say(count);
    }
  }

  return {
    admit(kind, say) {
      const at = now();
      sayAndForget((until) => until <= at || until > at + COUNTED_FOR_MS);
      const known = kinds.get(kind);
      if (known && known.written >= WRITTEN_AS_THEY_COME) {
        known.count++;
        return false;
      }
      if (known) known.written++;
      else {
        makeRoom();
        kinds.set(kind, { count: 0, say, until: at + COUNTED_FOR_MS, written: 1 });
      }
      return true;
    },
    flush: () => sayAndForget(() => true),
  };

  function makeRoom(): void {
    if (kinds.size < KINDS_AT_A_TIME) return;
    const [oldest] = kinds;
    if (!oldest) return;
    const [kind, { count, say }] = oldest;
    kinds.delete(kind);
    if (count > 0) say(count);
  }
}

/**
 * The kind of a warning or error: level, text and what tells it from others of that text. Null for one that people were
 * given a reference of: it must be found by that, however often others like it came.
 */
export function kindOf(level: number, bound: string, fields: object, message: string): string | null {
  const own: Record<string, unknown> = { ...fields };
  if (own.reference !== undefined) return null;
  const error = own.err ?? own.error;
  const of = TELLING.map((name) => own[name]).filter((value) => value !== undefined);
  return JSON.stringify([level, bound, message, of, error instanceof Error ? nameOf(error) : null]);
}

/** The class and code of an error: its text may hold a number that is never the same. */
const nameOf = (error: Error): string => `${error.name} ${'code' in error ? String(error.code) : ''}`;
