import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BOT, BotUnderTest, CHANNEL, MEGAN, TEAM, TENANT, textOf } from './bot-under-test.ts';

const OTHER = '29:somebody-else';
const mention = (id: string) => ({ type: 'mention', text: '<at>X</at>', mentioned: { id, name: 'X' } });

describe('in channels and group chats, where Teams may send every message', () => {
  const bot = new BotUnderTest();
  beforeAll(() => bot.start());
  afterAll(() => bot.stop());
  beforeEach(() => {
    bot.services.roles.set(MEGAN, 'operator');
    bot.services.conversations.rows.clear();
    bot.services.asked.length = 0;
    bot.connector.delivered.length = 0;
    bot.connector.requests = 0;
    bot.logged.length = 0;
  });

  const groupChat = {
    conversation: {
      id: '19:group@thread.v2',
      conversationType: 'groupChat',
      tenantId: TENANT,
      isGroup: true,
    },
    channelData: { tenant: { id: TENANT } },
  };
  const unnamed = { ...groupChat, conversation: { id: '19:group@thread.v2', tenantId: TENANT } };
  const stranger = { from: { id: 'user-id-9', name: 'Lunch Fan', aadObjectId: 'nobody' } };
  const picture = {
    text: '',
    attachments: [{ contentType: 'image/png', contentUrl: 'https://x.example/1' }],
  };

  it.each<[string, Record<string, unknown>]>([
    ['a colleague speaks to colleagues', { text: 'Lunch? The VPN is down.', entities: [], ...stranger }],
    ['an operator speaks to colleagues', { text: 'status', entities: [] }],
    ['an operator writes without entities', { text: 'status', entities: undefined }],
    ['somebody mentions somebody else', { text: '<at>X</at> status', entities: [mention(OTHER)] }],
    ['somebody types the name of the bot', { text: 'License Watch, status', entities: [] }],
    ['an entity is broken', { text: 'status', entities: [{ type: 'mention' }, null, 5] }],
    ['somebody shows a picture', { ...picture, entities: [] }],
    ['a value comes with a text', { text: 'status', entities: [], value: { verb: 'view' } }],
    ['a value has no verb', { text: '', entities: [], value: { choice: 'a' } }],
    ['people speak in a group chat', { ...groupChat, text: 'status', entities: [] }],
    ['people speak in a chat whose kind is not named', { ...unnamed, text: 'status', entities: [] }],
    [
      'somebody joins the team',
      { type: 'conversationUpdate', text: undefined, membersAdded: [{ id: OTHER }] },
    ],
    ['somebody reacts', { type: 'messageReaction', text: undefined, reactionsAdded: [{ type: 'like' }] }],
    ['somebody edits a message', { type: 'messageUpdate', text: 'status', entities: [] }],
  ])('leaves no trace when %s', async (_name, fields) => {
    expect((await bot.send(fields)).status).toBe(200);
    expect(bot.connector.requests).toBe(0);
    expect(bot.services.conversations.rows.size).toBe(0);
    expect(bot.services.asked).toEqual([]);
    expect(bot.services.timesHeard).toBe(0);
    expect(bot.logged).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['mentions it', {}],
    ['mentions it in other letters', { entities: [mention(BOT.toUpperCase())], text: '<at>X</at> status' }],
    ['mentions it beside others', { entities: [mention(OTHER), mention(BOT)], text: '<at>X</at> status' }],
    ['mentions it in a group chat', groupChat],
  ])('answers who %s', async (_name, fields) => {
    bot.services.timesHeard = 0;
    await bot.send(fields);
    expect(bot.services.asked).toMatchObject([{ text: 'status' }]);
    expect(bot.connector.said).toHaveLength(1);
    expect(bot.services.conversations.rows.size).toBe(1);
    expect(bot.services.timesHeard).toBe(1);
    bot.services.timesHeard = 0;
  });

  it('needs no mention in a private chat', async () => {
    await bot.send({ ...bot.personal(), text: 'status' });
    expect(bot.services.asked).toMatchObject([{ text: 'status' }]);
    bot.services.timesHeard = 0;
  });

  it('answers the buttons of its cards, old clients’ as well, and says which one it does not know', async () => {
    await bot.press('view', { incidentId: 'i-1', cardKey: 'incident:i-1' });
    expect(bot.services.cardsSeen).toEqual([
      { cardKey: 'incident:i-1', conversationKey: CHANNEL, activityId: 'card-1' },
    ]);
    const submit = (value: object) =>
      bot.send({ text: undefined, entities: undefined, replyToId: 'card-1', value });
    await submit({ verb: 'view', incidentId: 'i-1' });
    expect(bot.connector.said).toHaveLength(1);
    await submit({ verb: 'of-another-version' });
    expect(textOf(bot.connector.said.at(-1)?.activity)).toContain('I do not know this button');
    bot.services.timesHeard = 0;
  });

  it('hears of its own installation, and of channels and teams', async () => {
    const event = (fields: object) =>
      bot.send({ type: 'conversationUpdate', text: undefined, entities: undefined, ...fields });
    await event({ membersAdded: [{ id: BOT.toUpperCase() }, { id: OTHER }] });
    expect(bot.services.conversations.rows.has(CHANNEL)).toBe(true);
    expect(textOf(bot.connector.said[0]?.activity)).toContain('License alerts are posted in this channel.');
    const channel = { id: CHANNEL, name: 'Renamed' };
    await event({
      channelData: { tenant: { id: TENANT }, team: { id: TEAM }, channel, eventType: 'channelRenamed' },
    });
    expect(bot.services.conversations.rows.get(CHANNEL)?.name).toBe('Renamed');
    await event({ membersRemoved: [{ id: BOT }] });
    expect(bot.services.conversations.rows.size).toBe(0);
  });
});
