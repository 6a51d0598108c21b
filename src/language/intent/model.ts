import type { Intent } from '../facts.ts';
import { type IntentWeights, keyOf, unpackRows } from './weights.ts';

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
  const { startOf, pairs } = unpackRows(rows);
  /** Adds what a feature says of each intent; false when nothing is known of it. */
  const weigh = (feature: string, scores: Float64Array): boolean => {
    const start = startOf.get(keyOf(feature));
    if (start === undefined) return false;
    const end = start + 2 * (pairs[start] ?? 0);
    for (let at = start + 1; at < end; at += 2) {
      const place = pairs[at] ?? 0;
      scores[place] = (scores[place] ?? 0) + (pairs[at + 1] ?? 0) * step;
    }
    return true;
  };
  return {
    rank(features) {
      const scores = new Float64Array(intents.length);
      let known = 0;
      for (const feature of features) if (weigh(feature, scores)) known++;
      return ranked(intents, scores, known);
    },
    evidence(features, intent) {
      const wanted = intents.indexOf(intent);
      const said = features.map((feature) => {
        const scores = new Float64Array(intents.length);
        weigh(feature, scores);
        return { feature, weight: scores[wanted] ?? 0 };
      });
      return said
        .filter(({ weight }) => weight !== 0)
        .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
    },
    knows: (word) => startOf.has(keyOf(word)),
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
