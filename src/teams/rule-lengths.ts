const DAY = 86_400_000;

/** How long a standing rule may hold, as the card offers it. The end is reckoned when the button is pressed. */
export const RULE_LENGTHS = {
  '30d': { title: '30 days', ms: 30 * DAY },
  '90d': { title: '90 days', ms: 90 * DAY },
  '1y': { title: '1 year', ms: 365 * DAY },
} as const;
