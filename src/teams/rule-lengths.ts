import { DAY_MS } from '../domain/durations.ts';

/** How long a standing rule may hold, as the card offers it. The end is reckoned when the button is pressed. */
export const RULE_LENGTHS = {
  '30d': { title: '30 days', ms: 30 * DAY_MS },
  '90d': { title: '90 days', ms: 90 * DAY_MS },
  '1y': { title: '1 year', ms: 365 * DAY_MS },
} as const;
