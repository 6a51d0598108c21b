import type { Intent } from '../facts.ts';

/** The weights as they are stored, made by `npm run language:train`. */
export type IntentWeights = {
  /** Of the sentences, and of what they show to the model, that the weights were made from. */
  digest: string;
  intents: readonly Intent[];
  /** What one step of a stored weight is worth. */
  step: number;
  /** Features in the order of their keys, with a space between: the key, then two characters for each intent. */
  rows: readonly string[];
};

/** Characters that JSON needs no escape for and that are no space. */
const ALPHABET = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at))
  .filter((letter) => letter !== '"' && letter !== '\\')
  .join('');
const VALUE_OF = Uint8Array.from({ length: 128 }, (_, code) =>
  Math.max(0, ALPHABET.indexOf(String.fromCharCode(code))),
);
const MIDDLE = 45;
const KEY_LENGTH = 4;
const FEATURES_A_ROW = 100;

/** The most steps that a stored weight can have, above or below 0. */
export const MAX_STEPS = MIDDLE;

/** A feature's short name: FNV-1a. Of 72 million keys some 40,000 are taken, so hardly ever two features share one. */
export function keyOf(feature: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < feature.length; at++) hash = Math.imul(hash ^ feature.charCodeAt(at), 0x01000193);
  let rest = (hash ^ (hash >>> 15)) >>> 0;
  let key = '';
  for (let at = 0; at < KEY_LENGTH; at++) {
    key += ALPHABET[rest % ALPHABET.length];
    rest = Math.floor(rest / ALPHABET.length);
  }
  return key;
}

/** Weights in steps, by the intent's place in the list. */
export type Steps = { place: number; steps: number };

/** Features with their weights as rows to store. */
export function writeRows(features: ReadonlyMap<string, readonly Steps[]>): string[] {
  const entries = [...features]
    .map(([feature, weights]) => keyOf(feature) + weights.map(pairOf).join(''))
    .sort((a, b) => (a < b ? -1 : 1));
  const rows: string[] = [];
  for (let at = 0; at < entries.length; at += FEATURES_A_ROW)
    rows.push(entries.slice(at, at + FEATURES_A_ROW).join(' '));
  return rows;
}

const pairOf = ({ place, steps }: Steps): string => `${ALPHABET[place]}${ALPHABET[MIDDLE + steps]}`;

/** The pairs of each feature of a row, by its key. */
export const readRow = (row: string): [key: string, pairs: string][] =>
  row.split(' ').map((entry) => [entry.slice(0, KEY_LENGTH), entry.slice(KEY_LENGTH)]);

/** Calls `each` with what a feature's pairs say. */
export function readPairs(pairs: string, each: (weight: Steps) => void): void {
  for (let at = 0; at < pairs.length; at += 2) {
    const place = VALUE_OF[pairs.charCodeAt(at)] ?? 0;
    each({ place, steps: (VALUE_OF[pairs.charCodeAt(at + 1)] ?? MIDDLE) - MIDDLE });
  }
}
