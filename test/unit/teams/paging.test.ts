import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/answers/answer/answer.ts';
import type { Query } from '../../../src/language/query.ts';
import { anAnswer } from '../../builders/answer.ts';
import { BotUnderTest, textOf } from './bot-under-test.ts';

let bot: BotUnderTest;
beforeEach(() => {
  bot = new BotUnderTest();
});
afterEach(() => bot.stop());

const QUERY: Query = {
  intent: 'sku-users',
  people: [],
  skus: ['05e9a617-0261-4cee-bb44-138d3ef5d965'],
  groups: [],
  range: { from: 1_000, to: 2_000 },
  days: null,
  unresolved: [],
};
const page = (number: number): Answer =>
  anAnswer({
    intent: 'sku-users',
    lead: '46 users have Microsoft 365 E3.',
    blocks: [{ kind: 'table', columns: ['User'], rows: [[`Somebody on page ${number}`]], hiddenRows: 0 }],
    paging: { page: number, pages: 3, size: 20, total: 46, query: QUERY, text: 'who has E3' },
  });

type Button = { title: string; verb: string; data: { ask: string; page: number } };
const buttonsOf = (card: unknown): Button[] => (card as { actions?: Button[] }).actions ?? [];
const cardOf = (response: { body: Record<string, unknown> | null }): unknown => response.body?.value;
const postedCard = (): unknown => {
  const activity = bot.connector.said.at(-1)?.activity as
    | { attachments?: { content: unknown }[] }
    | undefined;
  return activity?.attachments?.[0]?.content;
};

describe('a long list in the chat', () => {
  beforeEach(async () => {
    await bot.start();
    bot.services.answer = () => page(1);
  });

  it('has a button for its next page, which takes its place for whoever presses', async () => {
    await bot.send();
    expect(textOf(postedCard())).toContain('1–20 of 46');
    const [next, ...others] = buttonsOf(postedCard());
    expect([next?.title, others.map(({ title }) => title)]).toEqual(['Next 20', []]);
    bot.services.answer = () => page(2);
    const said = bot.connector.said.length;
    const second = cardOf(await bot.press('page', next?.data));
    expect(bot.services.asked.at(-1)).toMatchObject({
      text: 'who has E3',
      page: { page: { number: 2, size: 20 }, query: QUERY },
    });
    expect(textOf(second)).toContain('21–40 of 46');
    expect(buttonsOf(second).map(({ title, data }) => [title, data.page])).toEqual([
      ['Previous 20', 1],
      ['Next 6', 3],
    ]);
    expect(bot.connector.said).toHaveLength(said);
  });

  it.each([
    ['no page', { ask: 'who has E3' }],
    ['page 0', { ask: 'who has E3', page: 0 }],
    ['half a page', { ask: 'who has E3', page: 1.5 }],
    ['no question', { ask: '', page: 2 }],
    ['a query of another kind', { ask: 'x', page: 2, query: { ...QUERY, intent: 'drop-table' } }],
    [
      'a query with a range of no time',
      { ask: 'x', page: 2, query: { ...QUERY, range: { from: 1, to: 9e15 } } },
    ],
  ])('with %s asks nothing', async (_name, data) => {
    const answer = cardOf(await bot.press('page', data));
    expect(answer).toBe('I cannot read which page this is. Please ask again.');
    expect(bot.services.asked).toEqual([]);
  });

  it('only shows: what an answer would have the bot do is not done by turning pages', async () => {
    bot.services.answer = () =>
      anAnswer({ intent: 'scan', lead: 'The tenant is read now.', request: { kind: 'scan' } });
    const answer = cardOf(await bot.press('page', { ask: 'scan now', page: 1 }));
    expect(answer).toBe('I cannot read which page this is. Please ask again.');
    expect(bot.services.scans).toBe(0);
  });
});

describe('a question in a channel where people see a part of the users only', () => {
  beforeEach(async () => {
    bot.channelShowsNames = false;
    await bot.start();
    bot.services.answer = () => page(1);
  });

  it('is answered with a button that shows each what they may see, alone', async () => {
    await bot.send({ text: 'who has E3' });
    expect(textOf(postedCard())).not.toContain('Somebody');
    expect(textOf(postedCard())).not.toContain('46');
    const [show] = buttonsOf(postedCard());
    const said = bot.connector.said.length;
    const answer = cardOf(await bot.press('page', show?.data));
    expect(textOf(answer)).toContain('Somebody on page 1');
    expect(bot.connector.said).toHaveLength(said);
  });

  it('is answered at once in the personal chat, and in the channel where it names nobody', async () => {
    await bot.send({ ...bot.personal(), text: 'who has E3' });
    expect(textOf(postedCard())).toContain('Somebody');
    bot.services.answer = () => anAnswer({ intent: 'seats', lead: '3 products.' });
    await bot.send({ text: 'free seats' });
    expect(textOf(postedCard())).toContain('3 products.');
  });

  it('that fits several people names none of them', async () => {
    bot.services.answer = () =>
      anAnswer({
        intent: 'seats',
        lead: 'Which Chris?',
        blocks: [{ kind: 'choices', choices: [{ label: 'Chris Green', detail: '', ask: 'x' }] }],
      });
    await bot.send({ text: 'free seats of Chris' });
    expect(textOf(postedCard())).not.toContain('Green');
  });

  it('turned to a page by a client whose buttons answer in the open names nobody', async () => {
    await bot.send({ text: undefined, entities: [], value: { verb: 'page', ask: 'who has E3', page: 2 } });
    expect(textOf(postedCard())).toContain('This names people');
    expect(textOf(postedCard())).not.toContain('Somebody');
  });

  it('asked by a button is answered no more openly', async () => {
    await bot.press('ask', { ask: 'who has E3' });
    expect(textOf(postedCard())).not.toContain('Somebody');
  });
});
