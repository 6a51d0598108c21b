/** What to ask and press in a scenario: of its own people. */
export type Hint = {
  /** Short questions, the best first. */
  questions: readonly [string, ...string[]];
  /** What a second operator says in a chat of their own. */
  giveBack: string;
  /** What to press on the card; null where there is nothing to give back. */
  press: string;
};

const about = (whose: string, name: string): Hint['questions'] => [
  `who changed ${whose} license`,
  `history of ${name}`,
  `licenses of ${name}`,
  'lost licenses',
  'status',
  'help',
];

const REASSIGN = 'Press “Reassign…” on it';

const OF_SCENARIO: Readonly<Record<string, Hint>> = {
  forum: { questions: about('Rick’s', 'Rick'), giveBack: 'give Rick his license back', press: REASSIGN },
  'admin-removes-one': {
    questions: about('Lee Gu’s', 'Lee Gu'),
    giveBack: 'give Lee Gu his license back',
    press: REASSIGN,
  },
  'group-loses-member': {
    questions: about('Joni’s', 'Joni'),
    giveBack: 'give Joni her license back',
    press: REASSIGN,
  },
  'subscription-lapses': {
    questions: ['which subscriptions expire soon', 'who has Visio', 'open incidents', 'status', 'help'],
    giveBack: 'open incidents',
    press: 'Press “Snooze…” or “Details” on it',
  },
};

const QUIET: Hint = {
  questions: ['free seats', 'unused licenses', 'who has E3', 'status', 'help'],
  giveBack: 'open incidents',
  press: 'Press “Details” on it',
};

/** The hints of a scenario; variants of one that differ by how the logs tell it share its hints. */
export function hintFor(scenario: string): Hint {
  const name = Object.keys(OF_SCENARIO).find((one) => scenario === one || scenario.startsWith(`${one}-`));
  return (name === undefined ? undefined : OF_SCENARIO[name]) ?? QUIET;
}
