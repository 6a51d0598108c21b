import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BOT, BotUnderTest, MEGAN, TEAM, TENANT } from './bot-under-test.ts';

const OTHER = '99999999-5b3d-4e6f-9a7b-0c1d2e3f4a5b';
const PRIVATE = '19:private-channel@thread.tacv2';

let bot: BotUnderTest;
beforeEach(async () => {
  bot = new BotUnderTest();
  await bot.start();
  bot.services.roles.set(MEGAN, 'owner');
});
afterEach(() => bot.stop());

const inChannel = (type: 'private' | 'shared', from: object, fields: object = {}) =>
  bot.send({
    text: '<at>License Watch</at> status',
    entities: [{ type: 'mention', text: '<at>License Watch</at>', mentioned: { id: BOT } }],
    conversation: {
      id: `${PRIVATE};messageid=1`,
      conversationType: 'channel',
      tenantId: TENANT,
      isGroup: true,
    },
    channelData: { tenant: { id: TENANT }, team: { id: TEAM }, channel: { id: PRIVATE, type } },
    from,
    ...fields,
  });
const ours = { id: '29:megan', name: 'Megan Bowen', aadObjectId: MEGAN, tenantId: TENANT };
/** The same object id: it is the tenant that counts. */
const theirs = { ...ours, id: '29:else', name: 'Rick from Fabrikam', tenantId: OTHER };
const texts = () => JSON.stringify(bot.connector.said.map(({ activity }) => activity));

describe('private and shared channels', () => {
  it('are supported by the app', () => {
    const manifest: unknown = JSON.parse(readFileSync('appPackage/manifest.json', 'utf8'));
    expect(manifest).toMatchObject({ supportsChannelFeatures: 'tier1' });
  });

  it.each(['private', 'shared'] as const)('answer people of the tenant in a %s channel', async (type) => {
    await inChannel(type, ours);
    expect(bot.services.asked).toHaveLength(1);
    expect((await bot.services.conversations.byKey(PRIVATE))?.kind).toBe('channel');
  });

  it('refuse people of another tenant in a sentence, and ask nothing for them', async () => {
    await inChannel('shared', theirs);
    expect(bot.services.asked).toEqual([]);
    expect(texts()).toContain('shared with another organisation');
  });

  it.each([
    ['reassign', { incidentId: 'i1', way: 'as-it-was' }],
    ['move-alerts', { move: 'here' }],
    ['choose-deciders', {}],
    ['set-settings', { deed: 'change', changes: [{ key: 'QUIET_HOURS', from: null, to: '22:00-07:00' }] }],
  ])('refuse their press of %s', async (verb, data) => {
    const answer = await inChannel('shared', theirs, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      text: undefined,
      value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
    });
    expect(JSON.stringify(answer) + texts()).toContain('shared with another organisation');
    expect(bot.services.decided).toEqual([]);
    expect(bot.services.settingsChanged).toEqual([]);
  });
});
