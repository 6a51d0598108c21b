import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { trainingSentences } from '../../../scripts/training-sentences.ts';

const trained = new Set(trainingSentences().map(({ text }) => text.toLowerCase()));

it.each(['en', 'de', 'nl', 'fr', 'es'])('no kept-back sentence in “%s” is trained on', (language) => {
  const file = new URL(`../../unit/language/unseen.${language}.jsonl`, import.meta.url);
  const keptBack = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line): string => JSON.parse(line).text.toLowerCase());
  expect(keptBack.filter((text) => trained.has(text))).toEqual([]);
});
