import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../../src/answers/answer/answer.ts';
import { anAnswer } from '../../../builders/answer.ts';
import { BotUnderTest, MEGAN, textOf } from '../bot-under-test.ts';

let bot: BotUnderTest;
beforeEach(() => {
  bot = new BotUnderTest();
});
afterEach(() => bot.stop());

/** "Did you mean …?" with a reading about somebody; any reading of it is answered by `then`. */
const asking = (then: Answer, namePeople = true): void => {
  const sentence = 'licenses lost Rick';
  bot.services.answer = () =>
    bot.services.asked.at(-1)?.page?.intent
      ? then
      : anAnswer({
          intent: 'lost-licenses',
          lead: 'Did you mean …?',
          blocks: [
            {
              kind: 'readings',
              namePeople,
              readings: [
                { label: 'Lost licenses', title: 'Lost licenses', intent: 'lost-licenses', ask: sentence },
                {
                  label: 'History of Rick van Oosterhout from 16 November 2026 to 22 November 2026',
                  title: 'History',
                  intent: 'history',
                  ask: sentence,
                },
                { label: 'Help', title: 'Help', intent: 'help', ask: sentence },
              ],
            },
          ],
        });
};

type Button = { type: string; title: string; verb: string; data: { ask: string; intent: string } };
function buttonsIn(value: unknown): Button[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'verb' in value && 'title' in value ? [value as Button] : [];
  return [...own, ...Object.values(value).flatMap(buttonsIn)].filter(({ verb }) => verb === 'read-as');
}
const posted = (): unknown => bot.connector.said.at(-1)?.activity;
const found = anAnswer({ intent: 'history', lead: 'Rick lost a license on Monday.' });

describe('“Did you mean …?”', () => {
  it('has a button for each reading, and all in full where one has no room', async () => {
    asking(found);
    await bot.start();
    await bot.send(bot.personal());
    expect(buttonsIn(posted()).map(({ title, data }) => [title, data.intent])).toEqual([
      ['Lost licenses', 'lost-licenses'],
      ['History', 'history'],
      ['Help', 'help'],
    ]);
    expect(textOf(posted())).toMatch(
      /^2\S*\. History of Rick van Oosterhout from 16 November 2026 to 22 November 2026$/m,
    );
  });

  it('is asked also where the likeliest reading is a command with a card of its own', async () => {
    asking(found);
    const { answer } = bot.services;
    bot.services.answer = (text) => ({ ...answer(text), intent: 'help' });
    await bot.start();
    await bot.send(bot.personal());
    expect(buttonsIn(posted())).toHaveLength(3);
  });

  it('goes on with what was pressed, as if it had been typed', async () => {
    asking(found);
    await bot.start();
    await bot.send(bot.personal());
    const [, history] = buttonsIn(posted());
    const response = await bot.press('read-as', history?.data, bot.personal());
    expect(bot.services.asked.at(-1)).toMatchObject({
      text: 'licenses lost Rick',
      page: { intent: 'history' },
    });
    expect(textOf(posted())).toContain('Rick lost a license on Monday.');
    expect(response.body?.value).toBe('Answered below: licenses lost Rick');
  });

  it('pressed for a request takes the role of the request', async () => {
    asking(anAnswer({ intent: 'scan', request: { kind: 'scan' } }));
    await bot.start();
    bot.services.roles.set(MEGAN, 'reader');
    const response = await bot.press('read-as', { ask: 'scan now', intent: 'scan' });
    expect(response.body?.value).toContain('Only operators can');
    expect(bot.services.scans).toBe(0);
  });

  it.each([
    ['no intent', { ask: 'x' }],
    ['an intent that there is not', { ask: 'x', intent: 'drop-table' }],
    ['no sentence', { ask: ' ', intent: 'history' }],
    ['a sentence longer than a button holds', { ask: 'x'.repeat(501), intent: 'history' }],
  ])('pressed with %s asks nothing', async (_name, data) => {
    await bot.start();
    const response = await bot.press('read-as', data);
    expect(response.body?.value).toBe('I cannot read this choice. Please type the question.');
    expect(bot.services.asked).toEqual([]);
  });
});

describe('“Did you mean …?” in a channel where people see a part of the users only', () => {
  beforeEach(async () => {
    bot.channelShowsNames = false;
    await bot.start();
  });

  it('names nobody before each presses for their own', async () => {
    asking(found);
    await bot.send();
    expect(textOf(posted())).not.toContain('Oosterhout');
    expect(buttonsIn(posted())).toEqual([]);
  });

  it('is answered to whoever presses alone, in the place of the card', async () => {
    asking(found, false);
    await bot.send();
    const said = bot.connector.said.length;
    const response = await bot.press('read-as', buttonsIn(posted())[1]?.data);
    expect(textOf(response.body?.value)).toContain('Rick lost a license on Monday.');
    expect(bot.connector.said).toHaveLength(said);
  });

  it('pressed by a client whose buttons answer in the open names nobody, and is read the same when it is shown', async () => {
    asking(found, false);
    const value = { verb: 'read-as', ask: 'licenses lost Rick', intent: 'history' };
    await bot.send({ text: undefined, entities: [], value });
    const sent = JSON.stringify(bot.connector.said.map(({ activity }) => activity));
    expect(sent).not.toContain('lost a license on Monday');
    expect(sent).toContain('"intent":"history"');
    await bot.press('page', { ask: 'licenses lost Rick', page: 1, intent: 'history' });
    expect(bot.services.asked.at(-1)?.page).toMatchObject({ intent: 'history' });
  });
});
