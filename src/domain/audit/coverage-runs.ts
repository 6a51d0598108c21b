/**
 * Which windows of a feed are read when. The time of a feed is cut into hours. What just happened is read at
 * each collection; an hour that is over is read again at fixed ages, because records come late.
 */

import { DAY_MS, HOUR_MS, MINUTE_MS, WEEK_MS } from '../durations.ts';
import { backOff } from '../pause/back-off.ts';
import { type CoverageWindow, lostWindow, plannedWindow } from './coverage-window.ts';

const WINDOW_MS = HOUR_MS;
/** What both sources keep in every tenant; a little less, so that the oldest request is not late. */
const KEPT_MS = WEEK_MS - 5 * MINUTE_MS;
/** An hour counts as happening for this much longer: most records come within it. */
const OVERLAP_MS = HOUR_MS;
/** How long after its end a window is read again. The last time lies just before the source forgets it. */
const AGES_MS: readonly number[] = [
  3 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  KEPT_MS - WINDOW_MS - 30 * MINUTE_MS,
];
const PAUSES = { firstMs: 5 * MINUTE_MS, longestMs: HOUR_MS };

const NOBODY_COLLECTED = 'Nobody collected at that time, and the source keeps seven days.';
const FORGOTTEN = 'It could not be read within the seven days that the source keeps.';
const WAS_CLOSED = 'The content type was closed at that time; what was made then is not given out.';

/**
 * The windows that are missing in the ledger up to now. A stretch that lies further back than the source
 * keeps becomes one lost window, so that the hole is seen.
 * @param windows the feed's windows, in order
 * @param openedAt since when the source gives out anything, ms UTC; null when it always did
 */
export function missingWindows(
  windows: readonly CoverageWindow[],
  now: number,
  openedAt: number | null,
): CoverageWindow[] {
  const earliest = Math.max(now - KEPT_MS, openedAt ?? 0);
  const last = windows.at(-1);
  const missing: CoverageWindow[] = [];
  // An hour that has just been opened is read from its minute, so that the first collection covers something.
  let from = last?.to ?? (earliest === openedAt ? Math.floor(earliest / MINUTE_MS) * MINUTE_MS : earliest);
  if (last !== undefined && from < earliest) {
    const reason = earliest === openedAt ? WAS_CLOSED : NOBODY_COLLECTED;
    missing.push(lostWindow(plannedWindow(from, earliest, now), reason));
    from = earliest;
  }
  while (from < now || from === openedAt) {
    const to = Math.floor(from / WINDOW_MS) * WINDOW_MS + WINDOW_MS;
    missing.push(plannedWindow(from, to, now));
    from = to;
  }
  return missing;
}

/**
 * The windows that have come to an end without being read, as lost: those that the source has forgotten, and
 * those from before it was opened.
 */
export function windowsLost(
  windows: readonly CoverageWindow[],
  now: number,
  openedAt: number | null,
): CoverageWindow[] {
  return windows.flatMap((window) => {
    if (window.dueAt === null) return [];
    const isWhole = window.readTo === window.to;
    if (window.to <= now - KEPT_MS) {
      return [isWhole ? { ...window, status: 'complete', dueAt: null } : lostWindow(window, FORGOTTEN)];
    }
    if (openedAt === null || isWhole || window.from >= openedAt) return [];
    if (window.to <= openedAt) return [lostWindow(window, WAS_CLOSED)];
    return [
      lostWindow({ ...window, to: openedAt }, WAS_CLOSED),
      plannedWindow(openedAt, window.to, openedAt),
    ];
  });
}

/**
 * The windows that were read, or put off, by a clock that was ahead of now, as if nobody had read them: the source
 * had nothing yet of what they say is complete.
 */
export function windowsAhead(windows: readonly CoverageWindow[], now: number): CoverageWindow[] {
  return windows.flatMap((window) => {
    const { from, to, readTo, dueAt, attempts } = window;
    if (readTo !== null && readTo > now) return [plannedWindow(from, to, from)];
    const isPutOff = attempts > 0 && dueAt !== null && dueAt > now + PAUSES.longestMs;
    return isPutOff && from < now ? [{ ...window, dueAt: now }] : [];
  });
}

/** Windows that are read with one request: they lie side by side. */
export type Run = { from: number; to: number; windows: CoverageWindow[] };

/**
 * What to read now: first what happens now, then the rest from its oldest end, which expires first. A window
 * that failed before is read by itself, last, so that it cannot spoil the others.
 * @param longestMs how much time one request may span
 */
export function dueRuns(windows: readonly CoverageWindow[], now: number, longestMs: number): Run[] {
  const due = windows.filter(({ dueAt, from }) => dueAt !== null && dueAt <= now && from < now);
  const runs: Run[] = [];
  const troubled = due.filter(({ attempts }) => attempts > 1);
  // From the newest backwards, so that the newest run is the longest.
  for (const window of due.filter(({ attempts }) => attempts <= 1).toReversed()) {
    const run = runs.at(-1);
    if (run && window.to === run.from && run.to - window.from <= longestMs) {
      run.from = window.from;
      run.windows.unshift(window);
    } else {
      runs.push(runOf(window, now));
    }
  }
  const [newest, ...older] = runs;
  return [
    ...(newest ? [newest] : []),
    ...older.toReversed(),
    ...troubled.map((window) => runOf(window, now)),
  ];
}

const runOf = (window: CoverageWindow, now: number): Run => ({
  from: window.from,
  to: Math.min(window.to, now),
  windows: [window],
});

/** The window as it is about to be read: a try that never ends, because the process dies, counts as well. */
export const begun = (window: CoverageWindow): CoverageWindow => ({
  ...window,
  status: 'pending',
  attempts: window.attempts + 1,
});

/** The window after everything in it was stored that the source had when it was asked, at `askedAt`, ms UTC. */
export function wasRead(window: CoverageWindow, askedAt: number): CoverageWindow {
  // The source had forgotten the beginning by then.
  if (window.readTo === null && window.from < askedAt - WEEK_MS) return lostWindow(window, FORGOTTEN);
  const isOver = window.to <= askedAt;
  return {
    ...window,
    status: isOver ? 'complete' : 'pending',
    readTo: Math.min(window.to, askedAt),
    attempts: 0,
    reads: window.reads + 1,
    reason: null,
    dueAt: nextReadAt(window.to, askedAt),
  };
}

/** When a window that ends at `end` is read again after a read at `askedAt`; null after the last. All ms UTC. */
function nextReadAt(end: number, askedAt: number): number | null {
  if (askedAt < end + OVERLAP_MS) return askedAt;
  const age = AGES_MS.find((candidate) => end + candidate > askedAt);
  return age === undefined ? null : end + age;
}

export type ReadFailure = {
  /** ms UTC. */
  at: number;
  reason: string;
  /**
   * What is to blame: the whole source, which says nothing of the window; something about the window; or
   * content in it that could not be taken, so that something is known to be missing.
   */
  blame: 'source' | 'window' | 'content';
};

/**
 * The window after a read that did not come to its end. What an earlier read stored stays sure.
 * @param random 0 to 1, for the pause before the next read
 */
export function wasNotRead(
  window: CoverageWindow,
  { at, reason, blame }: ReadFailure,
  random: number,
): CoverageWindow {
  const attempts = blame === 'source' ? window.attempts - 1 : window.attempts;
  return {
    ...window,
    attempts,
    status: 'failed',
    readTo: blame === 'content' ? null : window.readTo,
    reason,
    dueAt: attempts <= 1 ? at : at + backOff(attempts, PAUSES, random),
  };
}
