import type { Intent } from '../facts.ts';
import { type IntentWeights, MAX_STEPS, type Steps, writeRows } from './weights.ts';

/** What a sentence shows, and the intent it has. */
export type Example = { features: readonly string[]; intent: Intent };

/** How often the examples are gone through. */
const EPOCHS = 20;
/** A feature of fewer sentences tells of a sentence, not of an intent. */
const MIN_SENTENCES = 3;
const RATE = 0.3;
const SHRINK = 1e-3;
/** An intent that is out of the question for an example is left as it is: it saves most of the work. */
const NEGLIGIBLE = 2e-3;
/** How many weights are stored, of some 1.5 million: more tell next to nothing on held-out sentences. */
const MAX_WEIGHTS = 180_000;

/**
 * Trains a multinomial logistic regression: stochastic gradient descent with Adagrad's rates and L2, in an order
 * that a seed decides, so that the same examples give the same weights. Takes seconds.
 */
export function trainIntents(examples: readonly Example[], digest: string): IntentWeights {
  const intents = [...new Set(examples.map(({ intent }) => intent))].sort();
  const features = commonFeatures(examples);
  const place = new Map(features.map((feature, at) => [feature, at]));
  const data = examples.map(({ features: found, intent }) => ({
    x: Int32Array.from(found.flatMap((feature) => place.get(feature) ?? [])),
    y: intents.indexOf(intent),
  }));
  const weights = descend(data, features.length, intents.length);
  keepStrongest(weights, intents.length);
  return { digest, intents, ...inSteps(features, weights, intents.length) };
}

function commonFeatures(examples: readonly Example[]): string[] {
  const sentences = new Map<string, number>();
  for (const { features } of examples)
    for (const feature of features) sentences.set(feature, (sentences.get(feature) ?? 0) + 1);
  return [...sentences].flatMap(([feature, count]) => (count >= MIN_SENTENCES ? [feature] : [])).sort();
}

/** @returns a row for each feature, a column for each intent */
function descend(
  data: readonly { x: Int32Array; y: number }[],
  featureCount: number,
  intentCount: number,
): Float32Array {
  const weights = new Float32Array(featureCount * intentCount);
  const squares = new Float32Array(featureCount * intentCount).fill(1e-8);
  const probabilities = new Float64Array(intentCount);
  const order = data.map((_, at) => at);
  const next = randomFrom(1);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, next);
    for (const at of order) {
      const example = data[at];
      if (!example || example.x.length === 0) continue;
      const { x, y } = example;
      const scale = 1 / Math.sqrt(x.length);
      softmax(probabilities, weights, x, scale);
      for (let intent = 0; intent < intentCount; intent++) {
        const error = (probabilities[intent] ?? 0) - (intent === y ? 1 : 0);
        if (Math.abs(error) < NEGLIGIBLE) continue;
        for (const feature of x) {
          const cell = feature * intentCount + intent;
          const weight = weights[cell] ?? 0;
          const gradient = error * scale + SHRINK * weight;
          const square = (squares[cell] ?? 0) + gradient * gradient;
          squares[cell] = square;
          weights[cell] = weight - (RATE * gradient) / Math.sqrt(square);
        }
      }
    }
  }
  return weights;
}

function softmax(into: Float64Array, weights: Float32Array, x: Int32Array, scale: number): void {
  const count = into.length;
  into.fill(0);
  for (const feature of x) {
    const row = feature * count;
    for (let intent = 0; intent < count; intent++)
      into[intent] = (into[intent] ?? 0) + (weights[row + intent] ?? 0);
  }
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of into) highest = Math.max(highest, score);
  let sum = 0;
  for (let intent = 0; intent < count; intent++) {
    const raised = Math.exp(((into[intent] ?? 0) - highest) * scale);
    into[intent] = raised;
    sum += raised;
  }
  for (let intent = 0; intent < count; intent++) into[intent] = (into[intent] ?? 0) / sum;
}

/** Centres each feature's weights on what most intents have, which changes no probability; drops all but the strongest. */
function keepStrongest(weights: Float32Array, intentCount: number): void {
  for (let row = 0; row < weights.length; row += intentCount) {
    const own = weights.subarray(row, row + intentCount);
    const middle = own.toSorted()[intentCount >> 1] ?? 0;
    for (let intent = 0; intent < intentCount; intent++) own[intent] = (own[intent] ?? 0) - middle;
  }
  const sizes = weights.map(Math.abs).sort();
  const least = sizes[Math.max(0, sizes.length - MAX_WEIGHTS)] ?? 0;
  for (const [cell, weight] of weights.entries()) if (Math.abs(weight) < least) weights[cell] = 0;
}

function inSteps(
  features: readonly string[],
  weights: Float32Array,
  intentCount: number,
): Pick<IntentWeights, 'step' | 'rows'> {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const step = Number((largest / MAX_STEPS).toPrecision(6));
  const kept = new Map<string, Steps[]>();
  for (const [at, feature] of features.entries()) {
    const row = weights.subarray(at * intentCount, (at + 1) * intentCount);
    const stored = [...row].flatMap((weight, place) => {
      const steps = Math.max(-MAX_STEPS, Math.min(MAX_STEPS, Math.round(weight / step)));
      return steps === 0 ? [] : [{ place, steps }];
    });
    if (stored.length > 0) kept.set(feature, stored);
  }
  return { step, rows: writeRows(kept) };
}

/** A linear congruential generator (Numerical Recipes): 0 ≤ n < 1. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffle(order: number[], next: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    [order[at], order[other]] = [order[other] ?? at, order[at] ?? other];
  }
}
