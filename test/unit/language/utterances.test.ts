import { describe, expect, it } from 'vitest';
import { readAndWanted, sentenceSet } from './the-directory.ts';

// Each set was written before the grammar was tuned to it; bench/README.md tells how many were right at first.
describe.each([
  'licenses',
  'records',
  'short-and-odd',
  'rules-and-watches',
  'five-languages',
  'tricky',
  'help-desk',
  'worked-examples',
  'alerts',
])('the sentences of the set %s are read', (name) => {
  const { tenant, sentences } = sentenceSet(name);
  it.each(sentences)('$text', (sentence) => {
    const { got, want } = readAndWanted(sentence, tenant);
    expect(got).toEqual(want);
  });
});
