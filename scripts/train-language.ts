/**
 * Makes `src/language/intent/weights.json` from the labelled sentences: `npm run language:train`. The same sentences
 * give the same weights; a test says when they are older than the sentences.
 */
import { statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { trainIntents } from '../src/language/intent/train.ts';
import { digestOf, examplesOf, trainingSentences } from './training-sentences.ts';

const target = fileURLToPath(new URL('../src/language/intent/weights.json', import.meta.url));
const started = performance.now();
const sentences = trainingSentences();
const examples = examplesOf(sentences);
const weights = trainIntents(examples, digestOf(examples));
writeFileSync(target, `${JSON.stringify(weights, null, 1)}\n`);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.error(
  `${sentences.length} sentences, ${weights.intents.length} intents, ${statSync(target).size} bytes, ${seconds} s`,
);
