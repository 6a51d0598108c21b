import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BOT, BotUnderTest, CHANNEL, TEAM, TENANT, textOf } from './bot-under-test.ts';

describe('being installed', () => {
  let bot: BotUnderTest;
  beforeEach(async () => {
    bot = new BotUnderTest();
    await bot.start();
  });
  afterEach(() => bot.stop());

  const inChannel = {
    conversation: { id: CHANNEL, conversationType: 'channel', tenantId: TENANT, name: 'License alerts' },
  };
  const install = (fields = {}) =>
    bot.send({ type: 'installationUpdate', action: 'add', text: undefined, ...inChannel, ...fields });
  const membersAdded = (fields = {}) =>
    bot.send({
      type: 'conversationUpdate',
      membersAdded: [{ id: BOT }],
      text: undefined,
      ...inChannel,
      ...fields,
    });
  const update = (eventType: string, fields = {}) =>
    bot.send({
      type: 'conversationUpdate',
      text: undefined,
      conversation: { id: TEAM, conversationType: 'channel', tenantId: TENANT },
      channelData: {
        tenant: { id: TENANT },
        team: { id: TEAM, name: 'IT operations' },
        eventType,
        ...fields,
      },
    });
  const stored = (key = CHANNEL) => bot.services.conversations.byKey(key);

  it('stores the channel, makes it the place of alerts, and greets it', async () => {
    await install();
    expect(await stored()).toMatchObject({
      kind: 'channel',
      name: 'License alerts',
      tenantId: TENANT,
      teamId: TEAM,
      alerts: true,
    });
    expect(bot.services.alertTargetChanges).toBe(1);
    expect(bot.connector.said).toHaveLength(1);
    expect(textOf(bot.connector.said[0]?.activity)).toContain('License alerts are posted in this channel.');
  });

  it('greets once, though Teams tells of it twice and at the same time', async () => {
    await Promise.all([install(), membersAdded()]);
    await install();
    expect(bot.connector.said).toHaveLength(1);
  });

  it('has the open cards shown again for each installation, though Teams tells of one twice', async () => {
    await Promise.all([install(), membersAdded()]);
    expect(bot.services.added).toEqual([[CHANNEL, false]]);
    // A page of the Agents Playground that is loaded again: the bot was never removed.
    await Promise.all([membersAdded(), install()]);
    await install();
    expect(bot.services.added.slice(1)).toEqual([
      [CHANNEL, true],
      [CHANNEL, true],
    ]);
  });

  it('knows the channel no more after it was removed', async () => {
    await install();
    await install({ action: 'remove' });
    await membersAdded();
    expect(bot.services.added).toEqual([
      [CHANNEL, false],
      [CHANNEL, false],
    ]);
  });

  it('has no cards shown again for a chat, an upgrade or a rename', async () => {
    await install(bot.personal());
    await install({ action: 'add-upgrade' });
    await update('channelRenamed', { channel: { id: CHANNEL, name: 'Licences' } });
    expect(bot.services.added).toEqual([]);
  });

  it('greets a personal chat, and says that alerts have no channel yet', async () => {
    await install(bot.personal());
    expect(await stored('personal-chat-id')).toMatchObject({ kind: 'personal', alerts: false, teamId: null });
    expect(textOf(bot.connector.said[0]?.activity)).toContain('License alerts have no channel yet.');
  });

  it('says in a second channel where alerts go', async () => {
    await install();
    await install({
      conversation: { id: '19:two@thread.tacv2', conversationType: 'channel', tenantId: TENANT },
    });
    expect(textOf(bot.connector.said[1]?.activity)).toContain('License alerts are posted in License alerts.');
  });

  it('neither greets nor forgets when the app is upgraded', async () => {
    await install();
    await install({ action: 'remove-upgrade' });
    await install({ action: 'add-upgrade' });
    expect(await stored()).not.toBeNull();
    expect(bot.connector.said).toHaveLength(1);
  });

  it('stores a conversation with its first message, without its thread, and keeps its name', async () => {
    await install();
    await bot.send({ serviceUrl: `${bot.connector.url}` });
    const conversation = await stored();
    expect(conversation?.name).toBe('License alerts');
    const reference = JSON.parse(conversation?.reference ?? '{}');
    expect(reference.conversation.id).toBe(CHANNEL);
    expect(reference).not.toHaveProperty('activityId');
    expect(reference).not.toHaveProperty('user');
  });

  it('calls the General channel by its name, which Teams does not tell', async () => {
    await install({ conversation: { id: TEAM, conversationType: 'channel', tenantId: TENANT } });
    expect((await stored(TEAM))?.name).toBe('General');
  });

  it('forgets all channels of the team when it is uninstalled, and greets again after another installation', async () => {
    await install();
    await bot.send();
    await install({ action: 'remove' });
    expect(bot.services.conversations.rows.size).toBe(0);
    await install();
    expect(
      bot.connector.said.filter(({ activity }) => textOf(activity).includes('Hi, I’m License Watch')),
    ).toHaveLength(2);
  });

  it('forgets only the chat when it is removed from one', async () => {
    await install();
    await install(bot.personal());
    await install({ ...bot.personal(), action: 'remove' });
    expect([...bot.services.conversations.rows.keys()]).toEqual([CHANNEL]);
  });

  it('follows a channel that is renamed, and marks one that is deleted without forgetting it', async () => {
    await install();
    await update('channelRenamed', { channel: { id: CHANNEL, name: 'Licences' } });
    expect((await stored())?.name).toBe('Licences');
    await update('channelDeleted', { channel: { id: CHANNEL, name: 'Licences' } });
    expect((await stored())?.unreachable).toBe('The channel was deleted.');
    await update('channelRestored', { channel: { id: CHANNEL, name: 'Licences' } });
    expect((await stored())?.unreachable).toBeNull();
  });

  it('marks the channels of a deleted team, and knows them again when it is restored', async () => {
    await install();
    await update('teamDeleted');
    expect((await stored())?.unreachable).toBe('The team was deleted.');
    await update('teamRestored');
    expect(await stored(TEAM)).toMatchObject({ unreachable: null });
  });

  it('stores nothing of another tenant', async () => {
    await install({ channelData: { tenant: { id: 'other' }, team: { id: TEAM } } });
    expect(bot.services.conversations.rows.size).toBe(0);
    expect(bot.connector.said).toHaveLength(0);
  });
});
