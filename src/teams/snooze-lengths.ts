const HOUR = 3_600_000;

/** The lengths that the card offers. The end is reckoned when the button is pressed, by our clock. */
export const SNOOZE_LENGTHS = {
  '4h': { title: '4 hours', ms: 4 * HOUR },
  '1d': { title: '1 day', ms: 24 * HOUR },
  '3d': { title: '3 days', ms: 72 * HOUR },
  '7d': { title: '1 week', ms: 168 * HOUR },
} as const;
