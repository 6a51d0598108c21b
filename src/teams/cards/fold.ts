/** How much of its lists a card shows, and how long a text may be. */
export type Fold = { users: number; choices: number; planRows: number; sentences: number; text: number };

/** From all that a person would read to what fits in any case: the last level is bounded by its figures alone. */
export const FOLDS: readonly [Fold, ...Fold[]] = [
  { users: 60, choices: 60, planRows: 30, sentences: 10, text: 400 },
  { users: 30, choices: 30, planRows: 15, sentences: 8, text: 300 },
  { users: 10, choices: 15, planRows: 6, sentences: 5, text: 200 },
  { users: 5, choices: 5, planRows: 3, sentences: 3, text: 120 },
  { users: 0, choices: 0, planRows: 0, sentences: 1, text: 60 },
];
