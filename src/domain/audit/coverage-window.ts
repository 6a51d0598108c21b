import type { AuditSource } from './event.ts';

/** What is read as one: Entra's log, or one content type of the Management Activity API. */
export type AuditFeed = { source: AuditSource; contentType: string };

/**
 * How a window stands. `planned`: never tried. `pending`: being read, or not over yet. `complete`: read to its
 * end at least once, and nothing in it is known to be missing. `failed`: see `reason`.
 */
export type WindowStatus = 'planned' | 'pending' | 'complete' | 'failed';

/** A stretch of a feed's time, half open, ms UTC, and how far it has been read. */
export type CoverageWindow = {
  from: number;
  to: number;
  status: WindowStatus;
  /** All that the source showed from `from` to here is stored; null when nothing is sure. */
  readTo: number | null;
  /** Tries since the last one that went well. */
  attempts: number;
  /** Reads that went well. */
  reads: number;
  /** Why it failed, in a sentence. */
  reason: string | null;
  /** When to read it next; null: never again. */
  dueAt: number | null;
};

/** A window that the source will not show any more, although not all of it was read. */
export const isLost = (window: CoverageWindow): boolean =>
  window.status === 'failed' && window.dueAt === null;

/** A window that nobody has read yet. `dueAt` is when it may be. */
export const plannedWindow = (from: number, to: number, dueAt: number): CoverageWindow => ({
  from,
  to,
  status: 'planned',
  readTo: null,
  attempts: 0,
  reads: 0,
  reason: null,
  dueAt,
});

/** The same window as one whose content is gone for good. */
export const lostWindow = (window: CoverageWindow, reason: string): CoverageWindow => ({
  ...window,
  status: 'failed',
  readTo: null,
  reason,
  dueAt: null,
});
