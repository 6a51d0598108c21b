import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SuppressionRequest } from '../../../../src/domain/incident/decision.ts';
import type { AdaptiveCard } from '../../../../src/teams/cards/render.ts';
import { anAnswer } from '../../../builders/answer.ts';
import { BotUnderTest, MEGAN, NOW, textOf } from '../bot-under-test.ts';
import { problemsOf } from '../cards/check-card.ts';

const ADELE = { kind: 'user', id: 'adele' } as const;
const SENTENCE = 'Do what was asked for';

let bot: BotUnderTest;
beforeEach(async () => {
  bot = new BotUnderTest();
  await bot.start();
});
afterEach(() => bot.stop());

/** Asks for it in words; the card that came. */
async function ask(request: SuppressionRequest) {
  bot.services.answer = () =>
    anAnswer({
      intent: 'watch',
      lead: 'As it is now.',
      request: { kind: 'stand', request, sentence: SENTENCE },
    });
  await bot.send();
  return bot.connector.said.at(-1)?.activity.attachments?.[0]?.content as AdaptiveCard | undefined;
}

const Buttons = z.object({ actions: z.array(z.object({ verb: z.string(), data: z.unknown() })).default([]) });
const buttonOf = (card: unknown) => Buttons.parse(card).actions[0];
/** Everything against a card, or against there being none. */
const flawsOf = (card: unknown): string[] => (card ? problemsOf(card as AdaptiveCard) : ['no card']);

const REQUESTS: [SuppressionRequest, 'operator' | 'owner'][] = [
  [{ kind: 'watch', subject: ADELE }, 'operator'],
  [{ kind: 'unwatch', subject: { kind: 'group', id: 'executives' } }, 'operator'],
  [{ kind: 'snooze', subject: { kind: 'sku', id: 'e3' }, until: NOW + 1, reason: 'Migration' }, 'operator'],
  [{ kind: 'wake', silenceId: 'silence-1' }, 'operator'],
  [{ kind: 'end-rule', ruleId: 'rule-1' }, 'owner'],
  [{ kind: 'extend-rule', ruleId: 'rule-1', until: NOW + 1 }, 'owner'],
];

describe('a rule, a snooze or a mark asked for in words', () => {
  it.each(REQUESTS)('is done when the button is pressed, and not before: %o', async (request, role) => {
    bot.services.roles.set(MEGAN, role);
    const card = await ask(request);
    expect(flawsOf(card)).toEqual([]);
    expect(textOf(card)).toContain(`${SENTENCE}?`);
    expect(textOf(card)).toContain('Nothing has been changed yet.');
    expect(bot.services.stood).toEqual([]);

    const button = buttonOf(card);
    bot.services.standing = () => ({ kind: 'accepted', sentence: 'It is so now.' });
    const { body } = await bot.press(button?.verb ?? '', button?.data);
    expect(bot.services.stood.map((stood) => [stood.request, stood.by.aadObjectId])).toEqual([
      [request, MEGAN],
    ]);
    expect(body?.type).toBe('application/vnd.microsoft.card.adaptive');
    expect(flawsOf(body?.value)).toEqual([]);
    expect(textOf(body)).toContain('It is so now.');
  });

  it.each(REQUESTS)('is neither offered nor done without the role: %o', async (request, role) => {
    bot.services.roles.set(MEGAN, role);
    const button = buttonOf(await ask(request));
    bot.services.roles.set(MEGAN, role === 'owner' ? 'operator' : 'reader');
    expect(await ask(request)).toBeUndefined();
    expect(bot.connector.said.at(-1)?.activity.text).toMatch(
      /^Only (operators|owners) can (do|decide) this\./,
    );
    const { body } = await bot.press(button?.verb ?? '', button?.data);
    expect(body?.value).toMatch(/^Only (operators|owners) can (do|decide) this\./);
    expect(bot.services.stood).toEqual([]);
  });

  it('says until when, in the time zone of whoever pressed', async () => {
    bot.services.standing = () => ({ kind: 'accepted', sentence: 'I stay quiet about Visio Plan 2' });
    const until = Date.parse('2026-11-27T23:00:00Z');
    const { body } = await bot.press('stand', {
      kind: 'snooze',
      subjectKind: 'sku',
      subjectId: 'visio',
      until,
      reason: 'Migration',
    });
    expect(textOf(body)).toBe('I stay quiet about Visio Plan 2 until 27 November 2026, 18:00.');
  });

  it('offers the way back after a mark, and no button after a refusal', async () => {
    const mark = { subjectKind: 'user', subjectId: 'adele' };
    const { body } = await bot.press('stand', { kind: 'watch', ...mark });
    expect(body?.value).toMatchObject({
      actions: [{ verb: 'stand', data: { kind: 'unwatch', ...mark } }],
    });
    bot.services.standing = () => ({ kind: 'refused', sentence: 'I keep an eye on that already.' });
    const again = await bot.press('stand', { kind: 'watch', ...mark });
    expect(textOf(again.body)).toBe('I keep an eye on that already.');
  });

  it('keeps a reason letter by letter, whatever it holds', async () => {
    const reason = `[click](http://evil.example) $\{title} **bold**`;
    const card = await ask({ kind: 'snooze', subject: ADELE, until: NOW + 1, reason });
    expect(flawsOf(card)).toEqual([]);
    const button = buttonOf(card);
    await bot.press(button?.verb ?? '', button?.data);
    expect(bot.services.stood).toMatchObject([{ request: { reason } }]);
  });
});
