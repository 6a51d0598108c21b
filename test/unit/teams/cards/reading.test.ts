import { describe, expect, it } from 'vitest';
import { answerCard } from '../../../../src/teams/cards/answer.ts';
import { confirmCard } from '../../../../src/teams/cards/suppression.ts';
import { timesIn } from '../../../../src/teams/cards/times.ts';
import { anAnswer } from '../../../builders/answer.ts';
import { anIncidentView } from '../../../builders/incident/incident-view.ts';
import { BotUnderTest, textOf } from '../bot-under-test.ts';
import { elementsOf, problemsOf } from './check-card.ts';

const times = timesIn('Europe/Amsterdam', 'UTC');
const READING = 'Understood by the language model as: history of [Rick](http://evil.example)';

const lineAbout = (card: unknown) =>
  elementsOf(card).find(({ text }) => typeof text === 'string' && text.includes('language model'));

describe('how a language model read a sentence', () => {
  it('is one subtle line under the answer’s first sentence, escaped', () => {
    const card = answerCard(anAnswer({ reading: READING }), times);
    expect(problemsOf(card)).toEqual([]);
    expect(lineAbout(card)).toMatchObject({ type: 'TextBlock', isSubtle: true, size: 'Small' });
    expect(lineAbout(card)?.text).not.toContain('](');
  });

  it('is on the card that asks before anything is changed', () => {
    const card = confirmCard(
      { kind: 'watch', subject: { kind: 'user', id: 'rick' } },
      'Keep an eye on Rick',
      'Nobody does.',
      READING,
    );
    expect(problemsOf(card)).toEqual([]);
    expect(lineAbout(card)?.text).toMatch(/^Nothing has been changed yet\. Understood by the language model/);
    expect(lineAbout(card)?.text).not.toContain('](');
  });

  it('is on the card of the incident that it led to', async () => {
    const request = { kind: 'show-incident' as const, incident: anIncidentView() };
    const bot = new BotUnderTest();
    bot.services.answer = () => anAnswer({ reading: READING, request });
    await bot.start();
    try {
      await bot.send({ text: 'oddaj Rick wszystko' });
      const said = bot.connector.said.at(-1)?.activity;
      expect(lineAbout(said)?.text).toMatch(/^Understood by the language model as: history of/);
    } finally {
      await bot.stop();
    }
  });

  it('is nowhere when the bot understood by itself', () => {
    expect(textOf(answerCard(anAnswer({}), times))).not.toContain('language model');
  });
});

describe('what was left out of a question', () => {
  const LEFT_OUT = 'I did not use “by country”: I cannot split this answer that way.';
  const blocks = [{ kind: 'text' as const, text: LEFT_OUT }];
  const list = { intent: 'seats', people: [], skus: [], groups: [], days: null, format: 'csv' } as const;

  it.each([
    ['the card of the incident that it led to', { kind: 'show-incident', incident: anIncidentView() }],
    ['the offer of a file', { kind: 'export', request: { ...list, range: { from: 0, to: 1 } } }],
  ] as const)('is said on %s', async (_where, request) => {
    const bot = new BotUnderTest();
    bot.services.answer = () => anAnswer({ blocks, request });
    bot.uploads = { accepts: () => true, put: async () => ({ ok: true }) };
    bot.patienceMs = 60_000;
    bot.services.exported = () => ({
      name: 'list.csv',
      lines: async function* () {
        yield { text: 'id\r\n', rows: 1 };
      },
    });
    await bot.start();
    try {
      await bot.send({
        text: 'something by country',
        ...bot.personal(),
      });
      expect(JSON.stringify(bot.connector.said.at(-1)?.activity)).toContain(LEFT_OUT);
    } finally {
      await bot.stop();
    }
  });
});
