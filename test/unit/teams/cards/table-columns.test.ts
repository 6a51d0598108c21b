import { describe, expect, it } from 'vitest';
import { tableColumns } from '../../../../src/teams/cards/table-columns.ts';

describe('the columns of a table on a card', () => {
  it('are as wide as their texts need them', () => {
    const [rule, expected, until] = tableColumns(
      ['Rule', 'Expected', 'Until'],
      [['1', 'losses of Microsoft 365 Business Standard, by Offboarding runbook', '24 Dec 02:37']],
    ).map(({ width }) => width);
    expect(expected).toBeGreaterThan(2 * (rule ?? 0));
    expect(until).toBeGreaterThan(rule ?? 0);
    expect(until).toBeLessThan(expected ?? 0);
  });

  it('break no word of a usual length, and let no text have the whole card', () => {
    const widths = tableColumns(['', ''], [['Konstantinopoulou', 'x'.repeat(5_000)]]);
    expect(widths.map(({ width }) => width)).toEqual([21, 24]);
  });

  it('are left out when no row has anything in them, so that others have their room', () => {
    const columns = tableColumns(
      ['When', 'Who', 'What came of it'],
      [
        ['24 Nov', 'Megan Bowen', ''],
        ['25 Nov', 'Lee Gu'],
      ],
    );
    expect(columns.map(({ index, title }) => [index, title])).toEqual([
      [0, 'When'],
      [1, 'Who'],
    ]);
    expect(tableColumns(['When', 'Who'], [])).toHaveLength(2);
  });
});
