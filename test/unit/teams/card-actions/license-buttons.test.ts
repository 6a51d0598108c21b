import { describe, expect, it } from 'vitest';
import { MEGAN, textOf } from '../bot-under-test.ts';
import { aPressedBot, USER } from './pressed-bot.ts';

const CHANGE = { kind: 'assign', users: USER, products: 'sku-1', plan: '00000000000ab12c' };

const bot = aPressedBot();

describe('the buttons that change licenses', () => {
  it('changes licenses as the card showed, each user once, and shows what came of it', async () => {
    const response = await bot.press('change-licenses', {
      ...CHANGE,
      users: `${USER},${USER.toUpperCase()},lee`,
    });
    expect(bot.services.licensesChanged).toEqual([
      {
        request: { kind: 'assign', userIds: [USER, 'lee'], skuIds: ['sku-1'] },
        shown: CHANGE.plan,
      },
    ]);
    expect(textOf(response.body)).toContain('Lee Gu has Visio Plan 2 now.');
  });

  it('puts a refusal in the place of the card that asked, but leaves an Undo that may help later', async () => {
    bot.services.licenses = () => ({ kind: 'refused', sentence: 'Not now.' });
    const asked = await bot.press('change-licenses', CHANGE);
    expect(asked.body?.type).toBe('application/vnd.microsoft.card.adaptive');
    expect(textOf(asked.body)).toContain('Not now.');
    const undo = await bot.press('undo-licenses', { decisionId: 'Decision-1' });
    expect(undo.body).toMatchObject({
      type: 'application/vnd.microsoft.activity.message',
      value: 'Not now.',
    });
    expect(bot.services.licensesUndone).toEqual(['decision-1']);
  });

  it.each(['reader', 'none'] as const)('changes and undoes no licenses for a %s', async (role) => {
    bot.services.roles.set(MEGAN, role);
    for (const [verb, data] of [
      ['change-licenses', CHANGE],
      ['undo-licenses', { decisionId: 'd' }],
    ] as const) {
      expect((await bot.press(verb, data)).body?.value).toContain('Only operators can');
    }
    expect([...bot.services.licensesChanged, ...bot.services.licensesUndone]).toEqual([]);
  });
});
