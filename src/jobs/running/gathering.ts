/** A burst is over when nothing came for this time, ms; one of many, which the one read covers, for the longer one. */
const QUIET_MS = 500;
const QUIET_OF_MANY_MS = 2_000;
/** What does not end is read after this time all the same, ms; a burst of many, which one read covers, after the longer one. */
const MOST_MS = 2_000;
const MOST_OF_MANY_MS = 20_000;
/** More than this are many. */
const MANY = 200;

export type Gathering = {
  /** So many came in. */
  note(count: number): void;
  /** Whether more of a burst may come. */
  isOpen(): boolean;
  stop(): void;
};

/** Waits for the end of a burst, and calls once for all of it. */
export function createGathering(call: () => void): Gathering {
  let quiet: NodeJS.Timeout | undefined;
  let began = 0;
  let total = 0;
  const close = (): void => {
    clearTimeout(quiet);
    quiet = undefined;
    total = 0;
  };
  const end = (): void => {
    close();
    call();
  };
  return {
    note(count) {
      const now = performance.now();
      if (quiet === undefined) began = now;
      total += count;
      const [pause, most] = total > MANY ? [QUIET_OF_MANY_MS, MOST_OF_MANY_MS] : [QUIET_MS, MOST_MS];
      const left = began + most - now;
      clearTimeout(quiet);
      quiet = setTimeout(end, Math.max(0, Math.min(pause, left)));
    },
    isOpen: () => quiet !== undefined,
    stop: close,
  };
}
