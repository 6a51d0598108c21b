import type { Intent } from '../query.ts';

/**
 * A rule of intent: a pattern over the sentence in base words, where names stand as P (people), S (products),
 * G (groups), T (a time range) and D (a length in days), and a word that nobody knows as ?.
 * "Who removed Rick's E3 yesterday?" reads "who removed P S T".
 */
export type IntentRule = { intent: Intent; when: RegExp; unless?: RegExp };
