import { DAY_MS } from '../durations.ts';
import type { Holding, SeenBetween } from '../license/holdings.ts';

/** A time in which a license was missing, from the read that missed it to the one that saw it again. */
export type Interruption = { from: SeenBetween; to: SeenBetween };

/** A time in which a license was held, with the losses in it that were put right. */
export type Period = { from: SeenBetween | null; to: SeenBetween | null; interruptions: Interruption[] };

/**
 * A license that is back within this time (ms) was interrupted and not given a second time: Microsoft keeps what
 * belongs to it for 30 days (learn.microsoft.com, "Remove licenses from users").
 */
export const PUT_RIGHT_WITHIN_MS = 30 * DAY_MS;

/**
 * Joins what was held into periods, oldest first: parts that overlap (two paths to one product) are one, and so are
 * those with a gap that was put right. Takes the holdings of one product, or of one product by one path.
 */
export function periodsOf(parts: readonly Pick<Holding, 'from' | 'to'>[]): Period[] {
  const periods: Period[] = [];
  for (const { from, to } of parts.toSorted((a, b) => startOf(a) - startOf(b))) {
    const last = periods.at(-1);
    if (!last || !isSame(last, from)) {
      periods.push({ from, to, interruptions: [] });
      continue;
    }
    if (last.to !== null && from !== null && from.by > last.to.by) {
      last.interruptions.push({ from: last.to, to: from });
    }
    last.to = last.to === null || to === null ? null : later(last.to, to);
  }
  return periods;
}

/** The period in which something is held now, of the holdings of one product; null when it is not held. */
export const periodNow = (parts: readonly Pick<Holding, 'from' | 'to'>[]): Period | null =>
  periodsOf(parts).find(({ to }) => to === null) ?? null;

/** How long a license was missing in all while its losses waited to be put right, ms. */
export const interruptedFor = ({ interruptions }: Period): number =>
  interruptions.reduce((sum, { from, to }) => sum + to.by - from.by, 0);

const startOf = ({ from }: Pick<Holding, 'from'>): number => from?.by ?? Number.NEGATIVE_INFINITY;

/** Whether a part that begins then goes on with what was held before. */
const isSame = (last: Period, from: SeenBetween | null): boolean =>
  last.to === null || from === null || from.by - last.to.by <= PUT_RIGHT_WITHIN_MS;

const later = (a: SeenBetween, b: SeenBetween): SeenBetween => (a.by >= b.by ? a : b);
