import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { digestOf, examplesOf, trainingSentences } from '../../../scripts/training-sentences.ts';
import { INTENT_NAMES } from '../../../src/language/facts.ts';
import weights from '../../../src/language/intent/weights.json' with { type: 'json' };

const FILE = new URL('../../../src/language/intent/weights.json', import.meta.url);

describe('the weights of the intents', () => {
  const sentences = trainingSentences();

  it('were made from the sentences as they are now: run “npm run language:train”', () => {
    expect(digestOf(examplesOf(sentences))).toBe(weights.digest);
  });

  it('know every intent', () => {
    expect([...weights.intents].sort()).toEqual([...INTENT_NAMES].sort());
  });

  it('take at most 600 KB', () => {
    expect(statSync(FILE).size).toBeLessThanOrEqual(600_000);
  });

  it.each(INTENT_NAMES)(
    'are made from at least 60 English sentences and 15 in other languages of “%s”',
    (name) => {
      const own = sentences.filter(({ intent }) => intent === name);
      const count = (code: string): number => own.filter(({ language }) => language === code).length;
      expect(count('en')).toBeGreaterThanOrEqual(60);
      for (const code of ['de', 'nl', 'fr', 'es']) expect(count(code), code).toBeGreaterThanOrEqual(15);
    },
  );
});
