import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATOR_ID } from '../../../src/simulator/scenarios/well-known.ts';
import { CARD_ACTIONS } from '../../../src/teams/card-actions/index.ts';
import { BotWithIncident } from './bot-with-incident.ts';
import { hostileText } from './hostile-texts.ts';
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

describe('whatever a button sends', () => {
  const verb = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...CARD_ACTIONS.map(({ verb }) => verb)) },
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
  const fields = fc
    .dictionary(
      fc.constantFrom(
        'incidentId',
        'who',
        'users',
        'way',
        'plan',
        'directUsers',
        'decisionId',
        'requestId',
        'declineReason',
        'approveWhy',
        'ruleFor',
        'ruleId',
        'until',
        'about',
        'kind',
        'subjectKind',
        'subjectId',
        'silenceId',
        'approveReason',
        'snoozeReason',
        'length',
        'ask',
        'intent',
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
        { ...data, incidentId: 'another-incident' },
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
    const data = fc.oneof({ weight: 5, arbitrary: fields }, { weight: 1, arbitrary: junk });
    await fc.assert(
      fc.asyncProperty(verb, data, fc.boolean(), async (pressed, sent, submit) => {
        const exchange = await (submit && typeof sent === 'object' && !Array.isArray(sent)
          ? bot.send({ text: undefined, value: { ...sent, verb: pressed }, replyToId: 'card-1' })
          : bot.press(pressed, sent));
        expect([200, 400, 413]).toContain(exchange.status);
        // A question's answer is a message of its own; where only Submit is known, the note on the card is another.
        expect(exchange.said.length).toBeLessThanOrEqual(pressed === 'ask' || pressed === 'read-as' ? 2 : 1);
        expectSane(bot, exchange);
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
        const exchange = await bot.press('reassign', {
          incidentId: bot.incidentId,
          who: 'chosen',
          users: chosen,
        });
        expect(exchange.status).toBe(200);
        expectSane(bot, exchange);
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
    const { status, text } = await bot.press(pressed, { incidentId: bot.incidentId, ...data });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ type: 'application/vnd.microsoft.activity.message' });
    expect(await bot.kept()).toEqual(kept);
  });
});
