import { expect, it } from 'vitest';
import { digestOf, examplesOf, trainingSentences } from '../../../scripts/training-sentences.ts';
import { trainIntents } from '../../../src/language/intent/train.ts';
import weights from '../../../src/language/intent/weights.json' with { type: 'json' };

it('the same sentences give the weights that are shipped', { timeout: 600_000 }, () => {
  const examples = examplesOf(trainingSentences());
  expect(trainIntents(examples, digestOf(examples))).toEqual(weights);
});
