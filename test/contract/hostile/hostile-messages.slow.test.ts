import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BotWithIncident } from './bot-with-incident.ts';
import { CANARY, markedText } from './hostile-texts.ts';
import { expectCleanLog, expectSane, SEED } from './sane-answer.ts';

const bot = new BotWithIncident();
let kept: unknown;
beforeAll(async () => {
  await bot.start();
  kept = await bot.kept();
});
afterAll(async () => {
  expectCleanLog(bot);
  await bot.stop();
});

describe('whatever is said to the bot', () => {
  it('is answered shortly, breaks nothing, changes nothing and is not in the log', async () => {
    await fc.assert(
      fc.asyncProperty(markedText, fc.boolean(), async (text, personal) => {
        const fields = personal
          ? {
              conversation: {
                id: 'personal-chat',
                conversationType: 'personal',
                tenantId: bot.simulator.tenantId,
              },
              channelData: { tenant: { id: bot.simulator.tenantId } },
            }
          : {};
        const exchange = await bot.send({ text, ...fields });
        const { status, said } = exchange;
        expect(status).toBe(200);
        expect(said).toHaveLength(1);
        expectSane(bot, exchange);
      }),
      { seed: SEED, numRuns: 500 },
    );
    expect(await bot.kept()).toEqual(kept);
    expect(bot.logged.join('')).not.toContain(CANARY);
  });

  it('is answered when it is larger than anything that Teams sends', async () => {
    const { status, said } = await bot.send({ text: 'status '.repeat(100_000) });
    expect({ status, said }).toEqual({ status: 413, said: [] });
  });
});
