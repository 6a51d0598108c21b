import { describe, expect, it } from 'vitest';
import { capitalised, listed, listedUpTo } from '../../../src/domain/english.ts';
import { count, plural } from '../../../src/domain/numerals.ts';

describe('a list in a sentence', () => {
  it.each([
    [[], '', ''],
    [['A'], 'A', 'A'],
    [['A', 'B'], 'A and B', 'A or B'],
    [['A', 'B', 'C'], 'A, B and C', 'A, B or C'],
  ])('joins %j', (names, and, or) => {
    expect(listed(names)).toBe(and);
    expect(listed(names, 'or')).toBe(or);
  });

  it.each([
    [['A', 'B'], 'A and B'],
    [['A', 'B', 'C'], 'A, B and 1 more'],
    [Array.from({ length: 1_202 }, (_, index) => `U${index}`), 'U0, U1 and 1,200 more'],
    [[], ''],
  ])('names two at the most and counts the others', (names, text) => {
    expect(listedUpTo(names, 2)).toBe(text);
  });

  it('says what the others are, where that is given', () => {
    expect(listedUpTo(['A', 'B', 'C'], 1, (others) => count(others, 'other'))).toBe('A and 2 others');
  });

  it('begins a sentence with a capital and leaves the rest alone', () => {
    expect(['the group LIC-E3', '', 'élan', '2 users'].map(capitalised)).toEqual([
      'The group LIC-E3',
      '',
      'Élan',
      '2 users',
    ]);
  });
});

describe('a number with its word', () => {
  it.each([
    [0, '0 users', 'are'],
    [1, '1 user', 'is'],
    [2, '2 users', 'are'],
    [21, '21 users', 'are'],
    [14_989, '14,989 users', 'are'],
  ])('%i takes the right one', (number, text, verb) => {
    expect(count(number, 'user')).toBe(text);
    expect(plural(number, 'is', 'are')).toBe(verb);
  });

  it('takes a plural that has no s', () => {
    expect([1, 2].map((number) => count(number, 'person', 'people'))).toEqual(['1 person', '2 people']);
  });
});
