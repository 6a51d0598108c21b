/** The pause before the second try, and the longest one, ms. */
export type BackOff = { firstMs: number; longestMs: number };

/**
 * Gives the pause after some tries in vain, ms: it doubles with each of them up to the longest one. Half of it is
 * fixed and half is drawn, so that several processes do not come back together.
 * @param tries how many were in vain, from 1
 * @param random 0 to 1; 1 gives the whole pause
 */
export function backOff(tries: number, { firstMs, longestMs }: BackOff, random = 1): number {
  const pause = Math.min(longestMs, firstMs * 2 ** Math.min(Math.max(tries - 1, 0), 20));
  return Math.round(pause / 2 + (random * pause) / 2);
}
