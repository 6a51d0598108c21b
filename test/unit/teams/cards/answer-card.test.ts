import { describe, expect, it } from 'vitest';
import type { Answer, AnswerBlock } from '../../../../src/answers/answer/answer.ts';
import { answerCard } from '../../../../src/teams/cards/answer.ts';
import { noticeCard } from '../../../../src/teams/cards/notice.ts';
import { timesIn } from '../../../../src/teams/cards/times.ts';
import { helpCard, welcomeCard } from '../../../../src/teams/cards/welcome.ts';
import { COMMANDS } from '../../../../src/teams/commands/index.ts';
import { anAnswer } from '../../../builders/answer.ts';
import { textOf } from '../bot-under-test.ts';
import { elementsOf, problemsOf } from './check-card.ts';

const times = timesIn('Europe/Amsterdam', 'UTC');
const T = Date.UTC(2026, 2, 5, 9, 25);
const render = (fields: Partial<Answer>) => answerCard(anAnswer(fields), times);

const table = (rows: number, cell = 'cell'): AnswerBlock => ({
  kind: 'table',
  columns: ['Product', 'Free'],
  rows: Array.from({ length: rows }, (_, index) => [`${cell} ${index}`, String(index)]),
  hiddenRows: 0,
});
const timeline = (entries: number, what = 'Lost Microsoft 365 E5'): AnswerBlock => ({
  kind: 'timeline',
  entries: Array.from({ length: entries }, () => ({ at: T, what, detail: 'Anna removed it' })),
  hiddenEntries: 7,
});
const BLOCKS: [string, AnswerBlock][] = [
  [
    'a chart',
    {
      kind: 'chart',
      title: 'Seats',
      bars: [{ label: '*E3*', parts: [{ legend: 'Used', value: 3, tone: 'used' }] }],
    },
  ],
  ['times in UTC', { kind: 'utc', times: [{ label: 'Lost E3', at: T, since: T - 900_000 }] }],
  ['text', { kind: 'text', text: 'One line.\n\nAnother *line*.' }],
  ['facts', { kind: 'facts', facts: [{ label: 'Licenses', value: '2' }] }],
  ['no facts', { kind: 'facts', facts: [] }],
  ['a short table', table(3)],
  ['a long table', table(40)],
  ['an empty table', table(0)],
  [
    'a ragged table',
    { kind: 'table', columns: ['A', 'B', 'C'], rows: [['1'], ['1', '2', '3', '4']], hiddenRows: 3 },
  ],
  ['a timeline', timeline(2)],
  ['a long timeline', timeline(30)],
  [
    'choices',
    {
      kind: 'choices',
      choices: [{ label: 'Chris Green', detail: 'Sales', ask: 'history of chris.green@contoso.com' }],
    },
  ],
];

describe('the answer card', () => {
  it.each(BLOCKS)('is a valid card with %s', (_name, block) => {
    expect(
      problemsOf(render({ blocks: [block], next: ['Status'], completeUntil: 'State read 10:25.' })),
    ).toEqual([]);
  });

  it('is a valid card with all blocks at once, and with none', () => {
    expect(problemsOf(render({ blocks: BLOCKS.map(([, block]) => block) }))).toEqual([]);
    expect(problemsOf(render({}))).toEqual([]);
  });

  it('begins with the lead and ends with how far the data reaches', () => {
    const lines = textOf(
      render({ lead: 'Two.', blocks: [timeline(1)], completeUntil: 'State read 10:25.' }),
    ).split('\n');
    expect(lines[0]).toBe('Two.');
    expect(lines).toContain('5 March 2026, 10:25');
    expect(lines).toContain('and 7 more');
    expect(lines.at(-1)).toBe('State read 10:25.');
  });

  it('draws a chart as Teams takes it, and drops it where it is not known', () => {
    const [chart] = elementsOf(render({ blocks: [BLOCKS[0]?.[1] ?? table(0)] })).filter(
      ({ type }) => type === 'Chart.HorizontalBar.Stacked',
    );
    expect(chart).toEqual({
      type: 'Chart.HorizontalBar.Stacked',
      title: 'Seats',
      data: [{ title: '*E3*', data: [{ legend: 'Used', value: 3, color: 'categoricalBlue' }] }],
      targetWidth: 'atLeast:narrow',
      fallback: 'drop',
    });
  });

  it('needs no width that a client knows: a table of five columns has three at most, the rest below the first', () => {
    const wide = {
      kind: 'table' as const,
      columns: ['User', 'Sign-in name', 'Product', 'Assigned', 'Plans off'],
      rows: [['Lee Gu', 'leeg@contoso.com', 'Visio Plan 2', 'directly', 'Sway']],
      hiddenRows: 0,
    };
    const card = render({ blocks: [wide] });
    expect(problemsOf(card)).toEqual([]);
    for (const word of wide.rows.flat()) expect(textOf(card).replaceAll('\u200b', '')).toContain(word);
    expect(elementsOf(card).filter((element) => 'targetWidth' in element)).toEqual([]);
  });

  it('says beside a chart what it shows, for who does not see it', () => {
    expect(textOf(render({ blocks: [BLOCKS[0]?.[1] ?? table(0)] }))).toContain('Seats: \\*E3\\* has 3 used.');
    const bars = Array.from({ length: 4 }, (_, index) => ({
      label: `Product ${index}`,
      parts: [
        { legend: 'Used', value: 1_500, tone: 'used' as const },
        ...(index === 0 ? [{ legend: 'Free', value: 25, tone: 'free' as const }] : []),
      ],
    }));
    expect(textOf(render({ blocks: [{ kind: 'chart', title: 'Seats', bars }] }))).toContain(
      'Seats in all: 6,000 used, 25 free.',
    );
  });

  it('has the times in UTC behind a button, with both reads', () => {
    const card = render({ blocks: [BLOCKS[1]?.[1] ?? table(0)] });
    expect(textOf(card)).toContain('2026-03-05 09:10:00 – 2026-03-05 09:25:00 UTC');
    expect(elementsOf(card).find(({ id }) => id === 'utc-0')).toMatchObject({ isVisible: false });
  });

  it('keeps every row of a page, however long its cells are', () => {
    const [page] = [table(20, '山'.repeat(400))];
    if (page?.kind !== 'table') throw new Error('It is a table.');
    const wide = { ...page, rows: page.rows.map(([cell = '']) => [cell, cell, cell, cell, cell]) };
    const card = render({ blocks: [{ ...wide, columns: ['A', 'B', 'C', 'D', 'E'] }] });
    expect(problemsOf(card)).toEqual([]);
    expect(elementsOf(card).filter(({ type }) => type === 'TableRow')).toHaveLength(21);
  });

  it('folds a long table and keeps every row that has room', () => {
    const text = textOf(render({ blocks: [table(40)] }));
    expect(text).toContain('Show 20 more');
    expect(text).toContain('cell 39');
  });

  it('fills cells that a row does not have, so that the others keep their column', () => {
    const [, , ragged] = [0, 0, render({ blocks: [BLOCKS[8]?.[1] ?? table(0)] })];
    const rows = elementsOf(ragged).filter(({ type }) => type === 'TableRow');
    expect(rows.map(({ cells }) => (cells as unknown[]).length)).toEqual([3, 3, 3]);
  });

  it('offers at most three next sentences, as buttons that ask them', () => {
    const actions = render({ next: ['a', 'b', 'c', 'd'] }).actions as { verb: string; data: unknown }[];
    expect(actions.map(({ verb, data }) => [verb, data])).toEqual([
      ['ask', { ask: 'a' }],
      ['ask', { ask: 'b' }],
      ['ask', { ask: 'c' }],
    ]);
  });

  it.each([
    ['a table of 5,000 long rows', [table(5_000, '山'.repeat(200))]],
    ['a timeline of 5,000 long entries', [timeline(5_000, '*'.repeat(2_000))]],
    ['fifty blocks', Array.from({ length: 50 }, () => table(50))],
    ['a text of a million letters', [{ kind: 'text', text: 'x'.repeat(1_000_000) }]],
    [
      'ten thousand facts',
      [{ kind: 'facts', facts: Array(10_000).fill({ label: '_'.repeat(300), value: '山'.repeat(300) }) }],
    ],
  ] as [string, AnswerBlock[]][])('stays under the limit with %s', (_name, blocks) => {
    expect(
      problemsOf(
        render({
          blocks,
          lead: '山'.repeat(3_000),
          next: ['y'.repeat(3_000)],
          completeUntil: 'z'.repeat(3_000),
        }),
      ),
    ).toEqual([]);
  });
});

describe('the other cards', () => {
  it('are valid', () => {
    expect(problemsOf(helpCard(COMMANDS, 'owner'))).toEqual([]);
    expect(problemsOf(welcomeCard(COMMANDS, { alertsIn: null, alertsHere: false, isOwned: false }))).toEqual(
      [],
    );
    expect(
      problemsOf(welcomeCard(COMMANDS, { alertsIn: '*General*', alertsHere: false, isOwned: true })),
    ).toEqual([]);
    expect(problemsOf(noticeCard({ key: 'notice:1', title: 'Reading fails', text: 'a\nb' }))).toEqual([]);
    expect(
      problemsOf(noticeCard({ key: 'notice:1', title: '山'.repeat(9_000), text: '*\n'.repeat(9_000) })),
    ).toEqual([]);
  });

  it('list every command by an example', () => {
    const text = textOf(helpCard(COMMANDS, 'owner'));
    for (const { example, description } of COMMANDS) {
      expect(text).toContain(example);
      expect(text).toContain(description);
    }
  });
});

describe('pages of Microsoft’s', () => {
  it('open from buttons, at most two', () => {
    const link = (n: number) => ({ title: `Page ${n}`, url: `https://admin.microsoft.com/${n}` });
    const { actions } = render({ links: [link(1), link(2), link(3)] });
    expect(actions).toContainEqual({ type: 'Action.OpenUrl', ...link(1) });
    expect(JSON.stringify(actions)).not.toContain('Page 3');
  });
});
