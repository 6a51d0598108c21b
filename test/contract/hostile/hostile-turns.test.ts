import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { OPERATOR_ID } from '../../../src/simulator/scenarios/well-known.ts';
import type { Sent } from '../../unit/teams/fake-connector.ts';
import { BotWithIncident, type Posted } from './bot-with-incident.ts';
import { CANARY, hostileText, markedText } from './hostile-texts.ts';

const SEED = 20_261_123;
const CARD_LIMIT = 28 * 1024;
const STACK = /\bat [\w.<>]+ \((?:file|node):|node_modules|\.ts:\d+/;
const BROKEN = 'Something went wrong on my side';
const SLOWEST_MS = 5_000;

const bot = new BotWithIncident();
let kept: unknown;
let incidentId = '';

beforeAll(async () => {
  await bot.start();
  // The first word in the channel makes it the alert channel, so that the card is posted.
  await bot.send({ text: 'help' });
  incidentId = await bot.incidentId();
  await vi.waitUntil(() => bot.app.store.outbox.postedCard(incidentId), { timeout: 10_000 });
  kept = await bot.kept();
});
afterAll(() => bot.stop());

/** An answer, wherever it is said, that shows nothing that it should not. */
function expectSane(answers: readonly (Sent | string)[]): void {
  for (const answer of answers) {
    const json = typeof answer === 'string' ? answer : JSON.stringify(answer);
    expect(Buffer.byteLength(json)).toBeLessThan(CARD_LIMIT);
    expect(json).not.toMatch(STACK);
    expect(json).not.toContain(BROKEN);
    expect(json).not.toContain(bot.simulator.clientSecret);
    for (const { content } of typeof answer === 'string' ? [] : (answer.attachments ?? [])) {
      expect(JSON.stringify(content)).not.toContain('${');
    }
  }
}

async function quickly(send: () => Promise<Posted & { said: Sent[] }>): Promise<Posted & { said: Sent[] }> {
  const started = performance.now();
  const posted = await send();
  expect(performance.now() - started).toBeLessThan(SLOWEST_MS);
  return posted;
}

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
        const { status, said } = await quickly(() => bot.send({ text, ...fields }));
        expect(status).toBe(200);
        expect(said).toHaveLength(1);
        expectSane(said);
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

describe('whatever a button sends', () => {
  const verb = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('reassign', 'approve', 'snooze', 'ask') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('', 'details', '__proto__', 'constructor', 'REASSIGN', 'x'.repeat(5_000)),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  );
  const junk = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      1e308,
      '',
      [],
      {},
      { $ne: null },
      { toString: 'x' },
      '../',
      "' OR 1=1 --",
    ),
    hostileText,
    fc.jsonValue({ maxDepth: 3 }),
    fc.constant(Array.from({ length: 10_000 }, (_, index) => `user-${index}`)),
    fc.constant(Array.from({ length: 1_000 }, (_, index) => `user-${index}`).join(',')),
    fc
      .constantFrom('{"__proto__":{"role":"owner"}}', '{"constructor":{"prototype":{"role":"owner"}}}')
      .map((text): unknown => JSON.parse(text)),
  );
  const fieldsOf = (known: string) =>
    fc
      .dictionary(
        fc.constantFrom(
          'incidentId',
          'who',
          'users',
          'approveReason',
          'snoozeReason',
          'length',
          'ask',
          'cardKey',
          'role',
          'verb',
          '__proto__',
        ),
        junk,
      )
      .chain((data) =>
        fc.constantFrom(
          { ...data },
          { ...data, incidentId: known },
          {
            who: 'all',
            approveReason: 'x',
            length: '1d',
            snoozeReason: 'x',
            ...data,
            incidentId: 'another-incident',
          },
        ),
      );

  it('is answered shortly, breaks nothing and changes nothing', async () => {
    const data = fc.oneof(
      { weight: 5, arbitrary: fieldsOf('another-incident') },
      { weight: 1, arbitrary: junk },
    );
    await fc.assert(
      fc.asyncProperty(verb, data, fc.boolean(), async (pressed, sent, submit) => {
        const { status, text, said } = await quickly(() =>
          submit && typeof sent === 'object' && !Array.isArray(sent)
            ? bot.send({ text: undefined, value: { ...sent, verb: pressed }, replyToId: 'card-1' })
            : bot.press(pressed, sent),
        );
        expect([200, 400, 413]).toContain(status);
        // A question's answer is a message of its own; where only Submit is known, the note on the card is another.
        expect(said.length).toBeLessThanOrEqual(pressed === 'ask' ? 2 : 1);
        expectSane([text, ...said]);
      }),
      { seed: SEED, numRuns: 500 },
    );
    expect(await bot.kept()).toEqual(kept);
  });

  it('names of the incident only what belongs to it', async () => {
    const users = fc.oneof(
      junk,
      fc.constantFrom(
        OPERATOR_ID,
        `${OPERATOR_ID},${OPERATOR_ID}`,
        ',,,',
        'x'.repeat(1_000),
        OPERATOR_ID.toUpperCase(),
      ),
      fc.array(fc.uuid(), { minLength: 1, maxLength: 1_200 }).map((ids) => ids.join(',')),
    );
    await fc.assert(
      fc.asyncProperty(users, async (chosen) => {
        const { status, text, said } = await bot.press('reassign', {
          incidentId,
          who: 'chosen',
          users: chosen,
        });
        expect(status).toBe(200);
        expectSane([text, ...said]);
      }),
      { seed: SEED, numRuns: 120 },
    );
    expect(await bot.kept()).toEqual(kept);
  });

  it.each([
    ['approve', { approveReason: 'x'.repeat(501) }],
    ['approve', { approveReason: '   ' }],
    ['approve', {}],
    ['approve', { approveReason: ['x'] }],
    ['snooze', { length: '100y', snoozeReason: 'x' }],
    ['snooze', { length: '1d' }],
    ['snooze', { length: '__proto__', snoozeReason: 'x' }],
    ['reassign', { who: 'everyone' }],
    ['reassign', { who: ['all'] }],
    ['reassign', {}],
  ])('is refused when it is half right: %s %#', async (pressed, data) => {
    const { status, text } = await bot.press(pressed, { incidentId, ...data });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ type: 'application/vnd.microsoft.activity.message' });
    expect(await bot.kept()).toEqual(kept);
  });
});

describe('whoever else speaks', () => {
  it.each(STRANGERS)('%s learns nothing and changes nothing', async (_name, who) => {
    const right = { incidentId, who: 'all', approveReason: 'intended', length: '1d', snoozeReason: 'later' };
    for (const pressed of ['reassign', 'approve', 'snooze', 'ask']) {
      const { status, text, said } = await bot.press(pressed, { ...right, ask: 'licenses of Rick' }, who());
      expect(status).toBe(200);
      expectSane([text, ...said]);
      expect(JSON.stringify([text, said])).not.toMatch(/Rick|Oosterhout|Business Standard/);
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
        const { status, text, said } = await quickly(() => bot.send(fields));
        expect(status === 501 || status < 500, `${status} ${text} for ${JSON.stringify(fields)}`).toBe(true);
        expectSane([text, ...said]);
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

describe('the log of all this', () => {
  it('holds no secret, no failed turn and no stack of a turn', () => {
    const log = bot.logged.join('');
    expect(log).not.toContain(bot.simulator.clientSecret);
    const failed = bot.logged.filter((line) => /"msg":"(turn failed|request failed)/.test(line));
    expect(failed).toEqual([]);
  });
});
