import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closestWords, indexCloseWords } from '../../../src/language/names/close-words.ts';
import { editDistance } from '../../../src/language/names/edit-distance.ts';

/** The distance as its definition says, without any of the shortcuts. */
function byDefinition(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const same = a.at(-1) === b.at(-1);
  const [shortA, shortB] = [a.slice(0, -1), b.slice(0, -1)];
  const ways = [
    byDefinition(shortA, b) + 1,
    byDefinition(a, shortB) + 1,
    byDefinition(shortA, shortB) + (same ? 0 : 1),
  ];
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1)) {
    ways.push(byDefinition(a.slice(0, -2), b.slice(0, -2)) + 1);
  }
  return Math.min(...ways);
}

describe('the distance between two words', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 });

  it('is what its definition says, up to the limit', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 3 }), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(Math.min(byDefinition(a, b), limit + 1));
      }),
      { numRuns: 300 },
    );
  });
});

describe('the closest words', () => {
  const index = indexCloseWords(['rick', 'patrick', 'megan', 'anna', 'user1234']);

  it.each([
    ['patrik', ['patrick']],
    ['mgean', ['megan']],
    ['ana', ['anna']],
    ['bob', []],
    ['user1235', []],
  ])('of %s', (word, expected) => {
    expect(closestWords(index, word).map((found) => found.word)).toEqual(expected);
  });
});

describe('the closest of many words', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), minLength: 2, maxLength: 6 });

  it('are those that a comparison with each of them finds, however unlike their letters', () => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { maxLength: 12 }), word, (words, wanted) => {
        const near = words.map((one) => ({ word: one, edits: editDistance(wanted, one, 2) }));
        const best = Math.min(...near.map(({ edits }) => edits));
        const expected = near.filter(({ edits }) => edits === best && edits <= 2);
        const found = closestWords(indexCloseWords(words), wanted, { allowed: () => 2 });
        expect(found.toSorted((a, b) => (a.word < b.word ? -1 : 1))).toEqual(
          expected.toSorted((a, b) => (a.word < b.word ? -1 : 1)),
        );
      }),
      { numRuns: 300 },
    );
  });
});
