import type { Intent } from '../facts.ts';
import { type IntentWeights, keyOf, readPairs, readRow } from './weights.ts';

export type Ranked = { intent: Intent; probability: number };

/** How much a feature says for (or, below 0, against) an intent. */
export type Evidence = { feature: string; weight: number };

export type IntentModel = {
  /** Every intent with its probability, the best first. */
  rank(features: readonly string[]): Ranked[];
  /** What the features say of one intent, the strongest first. */
  evidence(features: readonly string[], intent: Intent): Evidence[];
  /** Whether a word stood in the sentences that it was trained on. */
  knows(word: string): boolean;
};

/** Makes the model of stored weights: multinomial logistic regression over features that are there or not. */
export function createIntentModel({ intents, step, rows }: IntentWeights): IntentModel {
  const pairsOf = new Map<string, string>();
  for (const row of rows) for (const [key, pairs] of readRow(row)) pairsOf.set(key, pairs);
  const weigh = (feature: string, each: (place: number, weight: number) => void): boolean => {
    const pairs = pairsOf.get(keyOf(feature));
    if (pairs === undefined) return false;
    readPairs(pairs, ({ place, steps }) => each(place, steps * step));
    return true;
  };
  return {
    rank(features) {
      const scores = new Float64Array(intents.length);
      const add = (place: number, weight: number): void => {
        scores[place] = (scores[place] ?? 0) + weight;
      };
      const known = features.filter((feature) => weigh(feature, add)).length;
      return ranked(intents, scores, known);
    },
    evidence(features, intent) {
      const wanted = intents.indexOf(intent);
      const said: Evidence[] = [];
      for (const feature of features) {
        weigh(feature, (place, weight) => {
          if (place === wanted) said.push({ feature, weight });
        });
      }
      return said.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
    },
    knows: (word) => pairsOf.has(keyOf(word)),
  };
}

/** Scores as probabilities. A long sentence has more features, not more to say: the sum is divided by its root. */
function ranked(intents: readonly Intent[], scores: Float64Array, featureCount: number): Ranked[] {
  const scale = 1 / Math.sqrt(Math.max(1, featureCount));
  const highest = Math.max(...scores);
  const raised = intents.map((_, place) => Math.exp(((scores[place] ?? 0) - highest) * scale));
  const sum = raised.reduce((total, one) => total + one, 0);
  return intents
    .map((intent, place) => ({ intent, probability: (raised[place] ?? 0) / sum }))
    .sort((a, b) => b.probability - a.probability);
}
