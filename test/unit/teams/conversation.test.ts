import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anAnswer } from '../../builders/answer.ts';
import { anIncidentView } from '../../builders/incident/incident-view.ts';
import { BOT, BotUnderTest, CHANNEL, MEGAN, TENANT, textOf } from './bot-under-test.ts';

describe('a conversation with the bot', () => {
  const bot = new BotUnderTest();
  beforeAll(() => bot.start());
  afterAll(() => bot.stop());
  beforeEach(() => {
    bot.services.roles.set(MEGAN, 'operator');
    bot.services.answer = () => anAnswer();
  });

  const lastSaid = () => bot.connector.said.at(-1);

  it('is answered with a card in the thread in which it was asked', async () => {
    bot.services.answer = () =>
      anAnswer({
        lead: 'All is well.',
        blocks: [{ kind: 'facts', facts: [{ label: 'Users', value: '42' }] }],
      });
    const response = await bot.send({
      text: "<at>License Watch</at>&nbsp;who changed <b>Rick</b>'s license",
    });
    expect(response.status).toBe(200);
    expect(bot.services.asked.at(-1)).toEqual({
      text: "who changed <b>Rick</b>'s license",
      access: { role: 'operator', sees: null, acts: null },
      asker: {
        person: { aadObjectId: MEGAN, tenantId: TENANT, name: 'Megan Bowen' },
        timeZone: 'America/New_York',
        locale: 'en-US',
        conversationKey: CHANNEL,
        personal: false,
      },
    });
    expect(lastSaid()?.conversationId).toBe(`${CHANNEL};messageid=1700000000000`);
    expect(lastSaid()?.activity.summary).toBe('All is well.');
    expect(textOf(lastSaid()?.activity)).toContain('42');
  });

  it('shows the card of an incident that the answer is about, in the zone of who asked', async () => {
    bot.services.answer = () => anAnswer({ request: { kind: 'show-incident', incident: anIncidentView() } });
    await bot.send();
    expect(textOf(lastSaid()?.activity)).toContain('5 Mar 2026, 04:05–04:25, New York time');
  });

  it.each([
    ['only a mention', { text: '<at>License Watch</at> ' }],
    ['an empty text', { text: '', entities: [] }],
    ['no text at all', { text: undefined }],
    ['spaces that HTML knows', { text: '&nbsp; &nbsp;' }],
  ])('gets help for %s', async (_name, fields) => {
    const asked = bot.services.asked.length;
    await bot.send(fields);
    expect(textOf(lastSaid()?.activity)).toContain('What you can ask me');
    expect(bot.services.asked).toHaveLength(asked);
  });

  it('gets help when the answer says so', async () => {
    bot.services.answer = () => anAnswer({ intent: 'help' });
    await bot.send();
    expect(textOf(lastSaid()?.activity)).toContain('What you can ask me');
  });

  it.each([
    ['reader', false, false],
    ['operator', true, false],
    ['owner', true, true],
  ] as const)('gets as help what they may do: %s', async (role, snoozes, endsRules) => {
    bot.services.roles.set(MEGAN, role);
    bot.services.answer = () => anAnswer({ intent: 'help' });
    for (const text of ['<at>License Watch</at> help', '<at>License Watch</at>']) {
      await bot.send({ text });
      const told = textOf(lastSaid()?.activity);
      expect(told).toContain('Who changed');
      expect([told.includes('Snooze'), told.includes('End rule')]).toEqual([snoozes, endsRules]);
    }
  });

  it('is told when a message is too long to be a question', async () => {
    const asked = bot.services.asked.length;
    await bot.send({ text: 'x'.repeat(10_000) });
    expect(lastSaid()?.activity.text).toBe('That is too long for me. Please ask in at most 1000 characters.');
    expect(bot.services.asked).toHaveLength(asked);
  });

  it.each([
    ['markup', '<script>alert(1)</script> <at>Rick</at> &lt;b&gt;', '<script>alert(1)</script> Rick <b>'],
    ['a mention of nobody', 'status', 'status'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the templating library.
    ['expressions', '${$root} {{x}} \u0000', '${$root} {{x}} \u0000'],
    ['other scripts', 'سجل 山田', 'سجل 山田'],
  ])('passes on %s as it was meant', async (_name, text, understood) => {
    const response = await bot.send({
      text,
      entities: [{ type: 'mention' }, null, 5, { type: 'mention', mentioned: { id: BOT } }],
    });
    expect(response.status).toBe(200);
    expect(bot.services.asked.at(-1)?.text).toBe(understood.trim());
  });

  it('says a number and nothing else when something breaks, and logs the error under it', async () => {
    bot.services.answer = () => {
      throw new Error('secret detail');
    };
    const response = await bot.send({ text: 'private words' });
    expect(response.status).toBe(200);
    const reference = /The number (REF-\d+) finds it/.exec(lastSaid()?.activity.text ?? '')?.[1];
    expect(reference).toBeDefined();
    expect(JSON.stringify(lastSaid())).not.toContain('secret detail');
    const line = bot.logged.find((entry) => entry.reference === reference);
    expect(line).toMatchObject({ msg: 'turn failed' });
    expect(JSON.stringify(bot.logged)).not.toContain('private words');
  });

  it('survives an answer that Teams does not take', async () => {
    bot.connector.failures = [{ status: 403 }, { status: 403 }, { status: 403 }];
    const response = await bot.send();
    expect(response.status).toBe(200);
    bot.connector.failures = [];
    await bot.send();
    expect(textOf(lastSaid()?.activity)).toContain('Nobody is on record.');
  });

  it('shows that it is writing when the answer takes longer', async () => {
    const typing = () => bot.connector.delivered.filter(({ activity }) => activity.type === 'typing').length;
    let finish: (() => void) | undefined;
    bot.services.answer = () => new Promise((resolve) => (finish = () => resolve(anAnswer())));
    const sent = bot.send();
    await expect.poll(typing).toBe(1);
    finish?.();
    await sent;
    expect(lastSaid()?.activity.type).toBe('message');
  });

  it('tells people without a role that they may not ask, before anything is understood', async () => {
    const asked = bot.services.asked.length;
    bot.services.roles.set(MEGAN, 'none');
    await bot.send();
    expect(lastSaid()?.activity.text).toContain('not among the people who can ask');
    expect(bot.services.asked).toHaveLength(asked);
  });

  it('takes somebody without an object id for a stranger', async () => {
    bot.services.roles.set('', 'owner');
    await bot.send({ from: { id: 'user-id-9', name: 'Guest' } });
    expect(lastSaid()?.activity.text).toContain('not among the people who can ask');
  });

  it.each([
    [
      'another tenant',
      {
        conversation: { id: 'c', conversationType: 'personal', tenantId: 'other' },
        channelData: { tenant: { id: 'OTHER' } },
      },
    ],
    ['no tenant', { conversation: { id: 'c', conversationType: 'personal' }, channelData: {} }],
    ['a channel that claims ours beside its own', { channelData: { tenant: { id: 'other' } } }],
  ])('is refused to %s, and nothing is stored', async (_name, fields) => {
    const asked = bot.services.asked.length;
    const stored = bot.services.conversations.rows.size;
    await bot.send(fields);
    expect(lastSaid()?.activity.text).toBe('I work for another organisation and cannot help here.');
    expect(bot.services.asked).toHaveLength(asked);
    expect(bot.services.conversations.rows.size).toBe(stored);
    expect(bot.logged.at(-2)).toMatchObject({ msg: 'refused a turn from another tenant' });
  });
});

describe('what the bot is asked to do', () => {
  const bot = new BotUnderTest();
  beforeAll(() => bot.start());
  afterAll(() => bot.stop());
  const lastSaid = () => bot.connector.said.at(-1)?.activity.text;

  it('starts a scan for operators only', async () => {
    bot.services.answer = () => anAnswer({ intent: 'scan', request: { kind: 'scan' } });
    bot.services.roles.set(MEGAN, 'reader');
    await bot.send();
    expect(lastSaid()).toContain('Only operators can');
    expect(bot.services.scans).toBe(0);
    bot.services.roles.set(MEGAN, 'operator');
    await bot.send();
    expect(lastSaid()).toContain('I’m reading the tenant now.');
    await bot.send();
    expect(lastSaid()).toContain('A read is already running');
  });

  describe('told to post alerts in another channel', () => {
    const OTHER = '19:other@thread.tacv2';
    const there = {
      conversation: { id: `${OTHER};messageid=1`, conversationType: 'channel', tenantId: TENANT },
    };
    const shown = () => textOf(bot.connector.said.at(-1)?.activity);
    const target = async () => (await bot.services.conversations.alertTarget())?.key;
    beforeEach(async () => {
      bot.services.answer = () => anAnswer({ intent: 'set-channel', request: { kind: 'set-channel' } });
      bot.services.roles.set(MEGAN, 'owner');
      await bot.services.conversations.setAlertTarget(CHANNEL);
    });
    const pressed = async (move: string) => textOf((await bot.press('move-alerts', { move }, there)).body);

    it('asks first, and moves them when that is pressed', async () => {
      await bot.send(there);
      expect(shown()).toMatch(/Post alerts in this channel\?.*Move alerts here.*Leave them/s);
      expect(await target()).toBe(CHANNEL);
      const before = bot.services.alertTargetChanges;
      expect(await pressed('here')).toContain('Alerts are posted in this channel now, moved by Megan Bowen.');
      expect(await target()).toBe(OTHER);
      expect(bot.services.alertTargetChanges).toBe(before + 1);
      expect(await pressed('here')).toContain('Alerts are posted in this channel already.');
      await bot.send(there);
      expect(shown()).toBe('Alerts are posted in this channel already.');
    });

    it('leaves them where they are when that is pressed', async () => {
      await bot.send(there);
      expect(await pressed('leave')).toContain('Nothing was changed. Alerts go to another channel.');
      expect(await target()).toBe(CHANNEL);
    });

    it.each(['reader', 'operator'] as const)('does neither for a %s', async (role) => {
      bot.services.roles.set(MEGAN, role);
      await bot.send(there);
      expect(shown()).toContain('Only owners can do this.');
      expect(await pressed('here')).toContain('Only owners can do this.');
      expect(await target()).toBe(CHANNEL);
    });

    it('says that the channel which has them cannot be reached', async () => {
      await bot.services.conversations.setUnreachable(CHANNEL, 'The channel was deleted.');
      await bot.send(there);
      expect(shown()).toContain('which I can’t reach: The channel was deleted.');
    });

    it('asks nobody where no channel has them', async () => {
      await bot.send(there);
      for (const row of bot.services.conversations.rows.values()) row.alerts = false;
      await bot.send(there);
      expect(shown()).toContain('From now on I post license alerts in this channel');
    });
  });

  it('explains in a personal chat how alerts get into a channel', async () => {
    bot.services.roles.set(MEGAN, 'owner');
    bot.services.answer = () => anAnswer({ intent: 'set-channel', request: { kind: 'set-channel' } });
    await bot.send(bot.personal());
    expect(lastSaid()).toContain('Add me to a team');
  });
});
