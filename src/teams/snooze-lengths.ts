import { DAY_MS, HOUR_MS } from '../domain/durations.ts';

/** The lengths that the card offers. The end is reckoned when the button is pressed, by our clock. */
export const SNOOZE_LENGTHS = {
  '4h': { title: '4 hours', ms: 4 * HOUR_MS },
  '1d': { title: '1 day', ms: DAY_MS },
  '3d': { title: '3 days', ms: 72 * HOUR_MS },
  '7d': { title: '1 week', ms: 168 * HOUR_MS },
} as const;
