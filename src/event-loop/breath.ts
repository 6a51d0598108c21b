/** The least that somebody gets of the thread before others get their turn, ms. */
const HELD_MS = 10;
/** How long those who work step aside while connections keep coming in, ms: then they get one share. */
const ASIDE_MS = 100;

export type Breath = {
  /** Whether the thread has been held long enough to let others work. */
  isDue(): boolean;
  /** Goes on at once while the thread has not been held for long; else when it is this caller's turn. */
  breathe(): Promise<void>;
  /**
   * Waits for a turn of one's own, in any case: for the person who begins something, as most of what it takes comes after
   * its first step.
   */
  takeTurn(): Promise<void>;
  /** Notes that a connection came in: others are probably behind it. */
  arrived(): void;
};

type Parts = {
  /** Ms from some beginning. */
  now(): number;
  /** Calls back in the next turn of the event loop. */
  nextTurn(work: () => void): void;
  heldMs?: number;
  asideMs?: number;
};

/**
 * Shares the thread among everybody whose work takes longer than a moment: one of them goes on in each turn of the
 * event loop, in the order in which they asked, so that what comes in from outside waits for one share at most,
 * however many are at work. Node takes one new connection in each turn (seen with libuv 1.52): the last of a crowd
 * would wait for as many shares as there are connections, so that the workers step aside until all are in.
 */
export function createBreath(parts: Parts): Breath {
  const { now, nextTurn, heldMs = HELD_MS, asideMs = ASIDE_MS } = parts;
  const waiting: (() => void)[] = [];
  let since = Number.NEGATIVE_INFINITY;
  let crowd = false;
  let asideSince: number | null = null;

  function releaseOne(): void {
    const isAside = crowd && now() - (asideSince ?? now()) < asideMs;
    crowd = false;
    if (isAside) {
      asideSince ??= now();
      nextTurn(releaseOne);
      return;
    }
    asideSince = null;
    since = now();
    waiting.shift()?.();
    if (waiting.length > 0) nextTurn(releaseOne);
  }

  const isDue = (): boolean => now() - since > heldMs;

  const takeTurn = (): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) nextTurn(releaseOne);
    });

  return {
    isDue,
    breathe: () => (isDue() ? takeTurn() : Promise.resolve()),
    takeTurn,
    arrived() {
      crowd = true;
    },
  };
}

/** Of this process, which has one thread for everything. */
export const {
  isDue: isBreathDue,
  takeTurn,
  breathe,
  arrived,
} = createBreath({
  now: () => performance.now(),
  nextTurn: (work) => void setImmediate(work),
});

/** Makes a `breathe` whose callers go on in the order in which they called, also those who need not wait. */
export function createOrderedBreath(): () => Promise<void> {
  let last = Promise.resolve();
  return () => {
    last = last.then(breathe);
    return last;
  };
}
