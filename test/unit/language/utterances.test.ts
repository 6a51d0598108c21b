import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Query } from '../../../src/language/query.ts';
import { read, told } from './the-directory.ts';

type Labelled = {
  text: string;
  query: Omit<Query, 'range'> & { range: { from: string; to: string } | null };
};

const sentences = (file: string): Labelled[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

// The first set was written before the grammar was tuned, the others afterwards, to find what it lacked.
describe.each([
  'utterances.own.jsonl',
  'utterances.second.jsonl',
  'utterances.third.jsonl',
  'utterances.standing.jsonl',
])('the sentences of %s are read', (file) => {
  test.each(sentences(file))('$text', ({ text, query }) => {
    const range = query.range && { from: Date.parse(query.range.from), to: Date.parse(query.range.to) };
    expect(told(read(text))).toEqual(told({ ...query, range }));
  });
});
