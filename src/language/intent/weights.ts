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
const KEYS = ALPHABET.length ** KEY_LENGTH;
const FEATURES_A_ROW = 100;

/** The most steps that a stored weight can have, above or below 0. */
export const MAX_STEPS = MIDDLE;

/** A feature's short name: FNV-1a. Of 72 million keys some 40,000 are taken, so hardly ever two features share one. */
export function keyOf(feature: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < feature.length; at++) hash = Math.imul(hash ^ feature.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % KEYS;
}

/** A key as it is stored, its last letter counting most. */
function keyText(key: number): string {
  let rest = key;
  let text = '';
  for (let at = 0; at < KEY_LENGTH; at++) {
    text += ALPHABET[rest % ALPHABET.length];
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}

/** Weights in steps, by the intent's place in the list. */
export type Steps = { place: number; steps: number };

/** Features with their weights as rows to store. */
export function writeRows(features: ReadonlyMap<string, readonly Steps[]>): string[] {
  const entries = [...features]
    .map(([feature, weights]) => keyText(keyOf(feature)) + weights.map(pairOf).join(''))
    .sort((a, b) => (a < b ? -1 : 1));
  const rows: string[] = [];
  for (let at = 0; at < entries.length; at += FEATURES_A_ROW)
    rows.push(entries.slice(at, at + FEATURES_A_ROW).join(' '));
  return rows;
}

const pairOf = ({ place, steps }: Steps): string => `${ALPHABET[place]}${ALPHABET[MIDDLE + steps]}`;

/** Stored weights, ready to be added up: at a feature's start the number of its pairs, then place and steps of each. */
export type Unpacked = { startOf: ReadonlyMap<number, number>; pairs: Int8Array };

/** Reads rows as `writeRows` made them. */
export function unpackRows(rows: readonly string[]): Unpacked {
  const startOf = new Map<number, number>();
  const pairs = new Int8Array(rows.reduce((sum, row) => sum + row.length, 0));
  const valueAt = (row: string, at: number): number => VALUE_OF[row.charCodeAt(at)] ?? 0;
  let next = 0;
  for (const row of rows) {
    for (let at = 0; at < row.length; ) {
      let key = 0;
      for (let letter = KEY_LENGTH - 1; letter >= 0; letter--)
        key = key * ALPHABET.length + valueAt(row, at + letter);
      startOf.set(key, next);
      const countAt = next++;
      for (at += KEY_LENGTH; at < row.length && row[at] !== ' '; at += 2) {
        pairs[next++] = valueAt(row, at);
        pairs[next++] = valueAt(row, at + 1) - MIDDLE;
      }
      pairs[countAt] = (next - countAt - 1) / 2;
      at++;
    }
  }
  return { startOf, pairs: pairs.slice(0, next) };
}
