import { describe, expect, it } from 'vitest';
import { WHOLE_IN_A_CELL, withBreaks } from '../../../../src/teams/cards/breaks.ts';
import { tableLayout } from '../../../../src/teams/cards/table-columns.ts';

const namesOf = (columns: readonly { title: string }[]) => columns.map(({ title }) => title);

describe('the columns of a table on a card', () => {
  it('are as wide as their texts need them', () => {
    const [rule, expected, until] = tableLayout(
      ['Rule', 'Expected', 'Until'],
      [['1', 'losses of Microsoft 365 Business Standard', '24 Dec']],
    ).columns.map(({ width }) => width);
    expect(expected).toBeGreaterThan(rule ?? 0);
    expect(expected).toBeGreaterThan(until ?? 0);
  });

  it('are three at most; the others stand below the first', () => {
    const { columns, below } = tableLayout(['A', 'B', 'C', 'D', 'E'], [['1', '2', '3', '4', '5']]);
    expect([namesOf(columns), namesOf(below)]).toEqual([
      ['A', 'B', 'C'],
      ['D', 'E'],
    ]);
  });

  it('are so few that no word is broken, and each has room for its longest', () => {
    const { columns, below } = tableLayout(
      ['User', 'Account', 'Seats'],
      [['Anna-Sophia Konstantinopoulou-van der Westhuizen', 'synchronized', '14,989']],
    );
    expect([namesOf(columns), namesOf(below)]).toEqual([['User'], ['Account', 'Seats']]);
    expect(columns[0]?.width).toBeGreaterThan('Konstantinopoulou-'.length);
  });

  it('are so few that what stands below the first one is whole, too', () => {
    const { columns, below } = tableLayout(
      ['Seen', 'Who', 'What'],
      [['23 Nov', 'Anna-Sophia Konstantinopoulou-van der Westhuizen', 'lost Microsoft 365']],
    );
    expect([namesOf(columns), namesOf(below)]).toEqual([['Seen'], ['Who', 'What']]);
  });

  it('are left out when no row has anything in them, so that others have their room', () => {
    const { columns, below } = tableLayout(
      ['When', 'Who', 'What came of it'],
      [
        ['24 Nov', 'Megan Bowen', ''],
        ['25 Nov', 'Lee Gu'],
      ],
    );
    expect([namesOf(columns), below]).toEqual([['When', 'Who'], []]);
    expect(tableLayout(['When', 'Who'], []).columns).toHaveLength(2);
  });
});

describe('a long address or id', () => {
  it.each([
    [
      'anna-sophia.konstantinopoulou@contoso.com',
      'anna-\u200bsophia.\u200bkonstantinopoulou@\u200bcontoso.\u200bcom',
    ],
    ['a@b.com', 'a@b.com'],
    ['Konstantinopoulou-van der Westhuizen', 'Konstantinopoulou-van der Westhuizen'],
    ['14,989.50', '14,989.50'],
  ])('may break after its marks only: %s', (text, marked) => {
    expect(withBreaks(text, WHOLE_IN_A_CELL)).toBe(marked);
    expect(marked.replaceAll('\u200b', '')).toBe(text);
  });

  it.each(['n'.repeat(200_000), 'n@'.repeat(100_000), '_'.repeat(200_000)])(
    'is found in a word of any length without reading it again from each letter: %.3s…',
    (word) => {
      expect(withBreaks(word, WHOLE_IN_A_CELL).replaceAll('\u200b', '')).toBe(word);
    },
  );
});
