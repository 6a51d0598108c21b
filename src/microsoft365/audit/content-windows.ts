import { DAY_MS, MINUTE_MS, WEEK_MS } from '../../domain/durations.ts';

/** Content older than seven days is gone; a few minutes less, so that the oldest request is not late. */
const KEPT_MS = WEEK_MS - 5 * MINUTE_MS;

export type ContentWindow = { startTime: string; endTime: string };

/**
 * Cuts a half-open window (ms UTC) into what one content listing may ask for: at most 24 hours each, within
 * the last seven days, whole seconds, UTC without the Z. They refer to when the content was made, not to when
 * things happened.
 */
export function contentWindows(window: { from: number; to: number }, now: number): ContentWindow[] {
  const windows: ContentWindow[] = [];
  const end = wholeSeconds(window.to);
  let start = wholeSeconds(Math.max(window.from, now - KEPT_MS));
  while (start < end) {
    const next = Math.min(start + DAY_MS, end);
    windows.push({ startTime: withoutZone(start), endTime: withoutZone(next) });
    start = next;
  }
  return windows;
}

const wholeSeconds = (at: number): number => Math.floor(at / 1000) * 1000;
const withoutZone = (at: number): string => new Date(at).toISOString().slice(0, 19);
