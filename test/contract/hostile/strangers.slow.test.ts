import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CARD_ACTIONS } from '../../../src/teams/card-actions/index.ts';
import { BotWithIncident } from './bot-with-incident.ts';
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

const STRANGERS: [string, () => Record<string, unknown>][] = [
  [
    'nobody known',
    () => ({ from: { id: 'x', name: 'X', aadObjectId: '99999999-0000-4000-8000-000000000000' } }),
  ],
  ['somebody without an object id', () => ({ from: { id: 'x', name: 'Megan Bowen' } })],
  ['somebody with an empty object id', () => ({ from: { id: 'x', aadObjectId: '' } })],
  [
    'Megan in another tenant',
    () => ({
      conversation: { id: 'elsewhere', conversationType: 'personal', tenantId: 'another' },
      channelData: { tenant: { id: '99999999-0000-4000-8000-000000000001' } },
    }),
  ],
  [
    'Megan in no tenant',
    () => ({ conversation: { id: 'nowhere', conversationType: 'personal' }, channelData: {} }),
  ],
  [
    'somebody who claims two tenants',
    () => ({
      conversation: { id: 'two', conversationType: 'personal', tenantId: bot.simulator.tenantId },
      channelData: { tenant: { id: '99999999-0000-4000-8000-000000000001' } },
    }),
  ],
];

describe('whoever else speaks', () => {
  it.each(STRANGERS)('%s learns nothing and changes nothing', async (_name, who) => {
    const right = {
      incidentId: bot.incidentId,
      who: 'all',
      approveReason: 'intended',
      length: '1d',
      snoozeReason: 'later',
    };
    for (const { verb: pressed } of CARD_ACTIONS) {
      const exchange = await bot.press(pressed, { ...right, ask: 'licenses of Rick' }, who());
      expect(exchange.status).toBe(200);
      expectSane(bot, exchange);
      expect(JSON.stringify(exchange)).not.toMatch(/Rick|Oosterhout|Business Standard/);
    }
    for (const asked of ['licenses of Rick', 'open incidents', 'post alerts in this channel', 'scan now']) {
      const { said } = await bot.send({ text: asked, ...who() });
      expect(said).toHaveLength(1);
      expect(JSON.stringify(said)).toMatch(/not among the people|another organisation/);
    }
    expect(await bot.kept()).toEqual(kept);
  });

  it('an activity with anything anywhere is handled or refused, and never breaks the bot', async () => {
    const field = fc.constantFrom(
      'type',
      'id',
      'channelId',
      'serviceUrl',
      'from',
      'recipient',
      'conversation',
      'channelData',
      'text',
      'value',
      'name',
      'action',
      'replyToId',
      'locale',
      'localTimezone',
      'timestamp',
      'localTimestamp',
      'entities',
      'membersAdded',
      'membersRemoved',
      'attachments',
      'callerId',
      'textFormat',
      'expiration',
    );
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom<unknown>(
        'invoke',
        'event',
        'conversationUpdate',
        'installationUpdate',
        'messageReaction',
        'not-a-type',
        {},
        [],
        null,
        '',
        { id: '' },
        { id: 7 },
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(field, value, { minKeys: 1, maxKeys: 3 }), async (fields) => {
        if ('serviceUrl' in fields && typeof fields.serviceUrl === 'string') delete fields.serviceUrl;
        const exchange = await bot.send(fields);
        const { status, text } = exchange;
        expect(status === 501 || status < 500, `${status} ${text} for ${JSON.stringify(fields)}`).toBe(true);
        expectSane(bot, exchange);
      }),
      { seed: SEED, numRuns: 500 },
    );
    expect(await bot.kept()).toEqual(kept);
  });

  it.each([
    ['no JSON', '{"type":'],
    ['a list', '[]'],
    ['a number', '7'],
    ['nothing', ''],
    ['null', 'null'],
    ['a deep nest', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ])('a body that is %s is refused in a sentence', async (_name, body) => {
    const response = await fetch(`http://127.0.0.1:${bot.app.port()}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ message: expect.stringMatching(/^The body is .*\.$/) });
  });
});
