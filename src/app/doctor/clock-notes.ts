/** What services' clocks said beside ours. */
export type ClockNotes = {
  note(ours: number, theirs: number): void;
  /** Ours less theirs, ms, by the answer that was closest; null without any. */
  readonly skew: number | null;
  readonly isEmpty: boolean;
};

/** An answer is on its way for a while, and its time is in whole seconds: the smallest difference is the truest. */
export function createClockNotes(): ClockNotes {
  let skew: number | null = null;
  return {
    note(ours, theirs) {
      const difference = ours - theirs;
      if (skew === null || Math.abs(difference) < Math.abs(skew)) skew = difference;
    },
    get skew() {
      return skew;
    },
    get isEmpty() {
      return skew === null;
    },
  };
}
