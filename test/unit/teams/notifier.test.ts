import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../src/domain/durations.ts';
import type { OutgoingMessage } from '../../../src/domain/ports.ts';
import { anIncidentView } from '../../builders/incident/incident-view.ts';
import { aNotifyingBot, incident, target } from './a-notifying-bot.ts';
import { type BotUnderTest, CHANNEL, NOW, TEAM, TENANT, textOf } from './bot-under-test.ts';
import type { Failure } from './fake-connector.ts';

let bot: BotUnderTest;
beforeEach(async () => {
  bot = await aNotifyingBot();
});
afterEach(() => bot.stop());

describe('the notifier', () => {
  it('posts a card as a new message in the channel, outside every thread', async () => {
    expect(await bot.notifier.post(target, incident)).toEqual({ ok: true, activityId: 'message-1' });
    const [sent] = bot.connector.delivered;
    expect([sent?.method, sent?.conversationId, sent?.activityId]).toEqual(['POST', CHANNEL, null]);
    expect(textOf(sent?.activity)).toContain('Amsterdam time');
    expect(sent?.activity.summary).toBe('5 users lost Microsoft 365 Business Standard');
    expect(JSON.stringify(sent?.activity)).toContain('"cardKey":"incident:7d9a"');
  });

  it('edits a card where it stands', async () => {
    expect(await bot.notifier.update(target, 'message-9', incident)).toEqual({
      ok: true,
      activityId: 'message-9',
    });
    const [sent] = bot.connector.delivered;
    expect([sent?.method, sent?.conversationId, sent?.activityId]).toEqual(['PUT', CHANNEL, 'message-9']);
  });

  it('posts notices that carry their key, and call who is on call', async () => {
    const notice: OutgoingMessage = {
      kind: 'notice',
      key: 'notice:3',
      title: 'Reading fails',
      text: 'Graph says 403.',
      mention: { kind: 'user', id: 'duty', name: 'Duty desk' },
    };
    expect(await bot.notifier.post(target, notice)).toMatchObject({ ok: true });
    expect(textOf(bot.connector.delivered[0]?.activity)).toContain('Graph says 403.');
    expect(JSON.stringify(bot.connector.delivered[0]?.activity)).toContain('notice:3');
    expect(textOf(bot.connector.delivered[0]?.activity)).toContain('<at>Duty desk</at>, please have a look.');
  });

  const away = { retryable: true, about: 'teams' };
  const channel = { retryable: false, about: 'channel' };
  const card = { retryable: false, about: 'card', reason: 'The card was deleted in the channel.' };
  const message = { retryable: false, about: 'message' };
  it.each<[string, Failure, object, object?]>([
    ['a bot that was removed', { status: 403, code: 'BotNotInConversationRoster' }, channel],
    ['a bot that an admin disabled', { status: 403, code: 'BotDisabledByAdmin' }, channel],
    ['a bot that somebody blocked', { status: 403, code: 'ConversationBlockedByUser' }, channel],
    [
      'a channel that is gone',
      { status: 404, code: 'ConversationNotFound' },
      { ...channel, reason: 'The channel does not exist any more.' },
    ],
    ['a card that was deleted', { status: 404, code: 'ActivityNotFoundInConversation' }, card],
    ['a message that is gone', { status: 404, code: 'MessageNotFound' }, card],
    ['an unknown 404', { status: 404, code: 'Other' }, channel, card],
    ['403 without a reason', { status: 403, code: 'ServiceError' }, channel, card],
    ['a card that is too large', { status: 413 }, message],
    ['a refusal', { status: 400 }, { ...message, reason: 'Teams refused the message (400 Refused).' }],
    ['a bot that has no sign-in', { status: 401 }, away],
    ['too many messages', { status: 429 }, { ...away, retryAfterMs: null }],
    [
      'a pause in seconds',
      { status: 429, headers: { 'retry-after': '30' } },
      { ...away, retryAfterMs: 30_000 },
    ],
    [
      'a pause until a time',
      { status: 503, headers: { 'retry-after': new Date(NOW + 45_000).toUTCString() } },
      { ...away, retryAfterMs: 45_000, maybeSent: true },
    ],
    [
      'a pause of a day',
      { status: 429, headers: { 'retry-after': '86400' } },
      { ...away, retryAfterMs: HOUR_MS },
    ],
    ['a conflict', { status: 412 }, away],
    ['a gateway that failed', { status: 502 }, { ...away, maybeSent: true, reason: 'Teams failed (502).' }],
    ['a gateway that lost the answer', { status: 504, taken: true }, { ...away, maybeSent: true }],
    ['a cut line', 'cut', { ...away, maybeSent: true }],
    ['a line that is cut after the card', { answer: 'cut', taken: true }, { ...away, maybeSent: true }],
    ['half an answer', { answer: 'half', taken: true }, { ...away, maybeSent: true }],
    ['an answer that is no JSON', { answer: 'no-json', taken: true }, { ...away, maybeSent: true }],
  ])('says what to make of %s', async (_name, failure, afterPost, afterEdit = afterPost) => {
    bot.connector.failures = [failure, failure];
    const before = bot.connector.requests;
    expect(await bot.notifier.post(target, incident)).toMatchObject({ ok: false, ...afterPost });
    expect(await bot.notifier.update(target, 'message-1', incident)).toMatchObject({
      ok: false,
      ...afterEdit,
    });
    expect(bot.connector.requests - before, 'one attempt each').toBe(2);
  });

  it('is not stopped by a failure', async () => {
    bot.connector.failures = [{ status: 403 }];
    await bot.notifier.post(target, incident);
    expect(await bot.notifier.post(target, incident)).toMatchObject({ ok: true });
  });

  it('cannot reach a connector that is not there', async () => {
    await bot.connector.stop();
    const refused = await bot.notifier.post(target, incident);
    expect(refused).toMatchObject({ ok: false, retryable: true, maybeSent: false });
    await bot.connector.start();
  });

  it.each([
    ['was never stored', '19:unknown@thread.tacv2', null],
    ['has a reference that is no JSON', CHANNEL, '{'],
    ['has a reference without an address', CHANNEL, '{"conversation":{"id":"x"}}'],
  ])('gives up on a channel that %s', async (_name, key, reference) => {
    const row = bot.services.conversations.rows.get(CHANNEL);
    if (row && reference !== null) row.reference = reference;
    expect(await bot.notifier.post({ key, name: '' }, incident)).toEqual({
      ok: false,
      retryable: false,
      about: 'channel',
      reason: 'The bot is not installed in this channel any more.',
    });
  });

  describe('looks for a message by its key', () => {
    const searches: unknown[] = [];
    const GROUP = '5d1e7c1a-6a57-4b6e-8a7e-3a9f0c2d4b10';
    beforeEach(() => {
      searches.length = 0;
      bot.found = async (where) => {
        searches.push(where);
        return { known: true, activityId: 'message-4' };
      };
    });
    const look = () => bot.notifier.findPosted(target, 'incident:7d9a');

    it('under the group that Teams tells when it is asked, and asks once', async () => {
      bot.connector.group = GROUP.toUpperCase();
      expect(await look()).toEqual({ known: true, activityId: 'message-4' });
      await look();
      expect(searches).toEqual(Array(2).fill({ groupId: GROUP, channelId: CHANNEL, key: 'incident:7d9a' }));
      expect(bot.connector.teamReads).toEqual([TEAM]);
    });

    it('under the group that an activity named', async () => {
      const team = { id: TEAM, aadGroupId: GROUP };
      await bot.send({ channelData: { tenant: { id: TENANT }, team, channel: { id: CHANNEL } } });
      await bot.send();
      expect(await look()).toMatchObject({ known: true });
      expect(bot.connector.teamReads).toEqual([]);
    });

    it('nowhere where no group is known', async () => {
      expect(await look()).toEqual({ known: false });
      expect(await bot.notifier.findPosted({ key: 'nowhere', name: '' }, 'incident:7d9a')).toEqual({
        known: false,
      });
      expect(searches).toEqual([]);
    });
  });

  it.each<[string, OutgoingMessage]>([
    ['an incident', incident],
    [
      'an incident with nothing to decide',
      {
        ...incident,
        view: anIncidentView({
          status: 'closed',
          can: {
            reassign: false,
            approve: false,
            snooze: false,
            reopen: false,
            takeOn: false,
            wake: false,
            undo: null,
          },
        }),
      },
    ],
    ['a notice', { kind: 'notice', key: 'incident:7d9a', title: 'T', text: 'x', mention: null }],
  ])('puts the mark and the line about copies in one place on %s', async (_name, outgoing) => {
    await bot.notifier.post(target, { ...outgoing, copy: 'maybe' });
    await bot.notifier.update(target, 'message-1', outgoing);
    const [copy, plain] = bot.connector.delivered.map(
      ({ activity }) => activity.attachments?.[0]?.content.body as { id?: string }[],
    );
    expect([copy?.[0]?.id, plain?.[0]?.id]).toEqual(Array(2).fill('license-watch:incident:7d9a'));
    expect(textOf(copy)).toContain('This may be a second copy');
    expect(textOf(plain)).not.toContain('second copy');
  });

  it('calls whoever is on call', async () => {
    const mention = { kind: 'user', id: 'oncall@contoso.com', name: 'Jo On-Call' } as const;
    await bot.notifier.post(target, { ...incident, view: anIncidentView({ watched: true }), mention });
    const card = bot.connector.delivered[0]?.activity.attachments?.[0]?.content;
    expect(textOf(card)).toContain('<at>Jo On-Call</at>, somebody on the watch list is affected.');
    expect(card?.msteams).toEqual({
      entities: [
        {
          type: 'mention',
          text: '<at>Jo On-Call</at>',
          mentioned: { id: 'oncall@contoso.com', name: 'Jo On-Call' },
        },
      ],
    });
  });
});
