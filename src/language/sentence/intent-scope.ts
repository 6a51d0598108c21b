import type { Intent } from '../query.ts';

/** Intents that are about nothing in particular: whatever else the words look like is not part of the query. */
export const BARE: ReadonlySet<Intent> = new Set([
  'small-talk',
  'unknown',
  'help',
  'scan',
  'set-channel',
  'status',
  'coverage',
  'rules',
  'watched',
]);

/** Intents about people. In any other a word that nobody knows is not taken for a person. */
export const ABOUT_PEOPLE: ReadonlySet<Intent> = new Set([
  'who-changed',
  'history',
  'user-licenses',
  'audit-by',
  'audit-on',
  'reassign',
  'assign',
  'remove',
  'snooze',
  'export',
  'wake',
  'watch',
  'unwatch',
  'decisions',
  'no-alert',
]);
