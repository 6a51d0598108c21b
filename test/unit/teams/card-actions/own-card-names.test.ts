import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../src/domain/durations.ts';
import { anIncidentView } from '../../../builders/incident/incident-view.ts';
import { aNotifyingBot, incident, target } from '../a-notifying-bot.ts';
import { type BotUnderTest, CHANNEL, textOf } from '../bot-under-test.ts';
import type { Delivered } from '../fake-connector.ts';

let bot: BotUnderTest;
beforeEach(async () => {
  bot = await aNotifyingBot();
});
afterEach(() => bot.stop());

describe('names in the card those for whom Teams asks for a card of their own', () => {
  const member = (index: number) => ({
    id: `29:${index}`,
    name: `User ${index}`,
    objectId: `USER-${index}`,
  });
  const refreshOf = (sent: Delivered | undefined) =>
    sent?.activity.attachments?.[0]?.content.refresh as { userIds: string[] } | undefined;

  it('operators and owners among the members of the channel, on all pages', async () => {
    bot.connector.roster = [[member(1), member(2)], [{ id: '29:3', name: 'Lee', aadObjectId: 'user-3' }]];
    bot.services.roles.set('user-1', 'reader').set('user-2', 'owner').set('user-3', 'operator');
    await bot.notifier.post(target, incident);
    await bot.notifier.update(target, 'message-1', incident);
    expect(bot.connector.delivered.map((sent) => refreshOf(sent)?.userIds)).toEqual([
      ['29:2', '29:3'],
      ['29:2', '29:3'],
    ]);
    expect(bot.connector.rosterReads, 'one read of two pages').toEqual([
      `${CHANNEL} page 0`,
      `${CHANNEL} page 1`,
    ]);
  });

  it('asks again after ten minutes', async () => {
    bot.connector.roster = [[member(1)]];
    await bot.notifier.post(target, incident);
    bot.services.roles.set('user-1', 'operator');
    bot.now += 10 * MINUTE_MS - 1;
    await bot.notifier.post(target, incident);
    bot.now += 1;
    await bot.notifier.post(target, incident);
    expect(bot.connector.delivered.map((sent) => refreshOf(sent)?.userIds)).toEqual([
      undefined,
      undefined,
      ['29:1'],
    ]);
  });

  it('no more than Teams takes', async () => {
    const many = Array.from({ length: 150 }, (_, index) => member(index));
    for (const { objectId } of many) bot.services.roles.set(objectId.toLowerCase(), 'operator');
    bot.connector.roster = [many];
    await bot.notifier.post(target, incident);
    expect(refreshOf(bot.connector.delivered[0])?.userIds).toHaveLength(60);
  });

  it('whom it finds in time: no alert waits for a slow directory', async () => {
    const many = Array.from({ length: 50 }, (_, index) => member(index));
    bot.connector.roster = [many];
    bot.services.access = async () => {
      bot.now += 1_000;
      return { role: 'operator', sees: null, acts: null };
    };
    await bot.notifier.post(target, incident);
    expect(refreshOf(bot.connector.delivered[0])?.userIds).toHaveLength(20);
  });

  it('of a very large channel, among the first members only', async () => {
    bot.connector.roster = Array.from({ length: 9 }, (_, index) => [member(index)]);
    await bot.notifier.post(target, incident);
    expect(bot.connector.rosterReads).toHaveLength(4);
  });

  it.each([
    ['the roster cannot be read', null],
    ['nobody there may decide', [[member(1)]]],
    ['members have no id in Entra', [[{ id: '29:1', name: 'Guest' }]]],
  ])('nobody where %s, and the card is posted with its buttons', async (_name, roster) => {
    bot.connector.roster = roster;
    expect(await bot.notifier.post(target, incident)).toMatchObject({ ok: true });
    expect(await bot.notifier.update(target, 'message-1', incident)).toMatchObject({ ok: true });
    expect(bot.connector.delivered.map(refreshOf)).toEqual([undefined, undefined]);
    expect(textOf(bot.connector.delivered[0]?.activity)).toContain('Reassign…');
    const warnings = bot.logged.filter(({ msg }) => msg === 'members of the channel could not be read');
    expect(warnings).toHaveLength(roster === null ? 1 : 0);
  });

  it('whoever pressed a button of it before everybody else: they keep their own card', async () => {
    bot.connector.roster = [[member(1)]];
    bot.services.roles.set('user-1', 'operator');
    bot.services.incidents.set(incident.view.incidentId, incident.view);
    await bot.press('view', { incidentId: incident.view.incidentId, open: 'approve' });
    await bot.notifier.update(target, 'message-1', incident);
    expect(refreshOf(bot.connector.delivered.at(-1))?.userIds).toEqual(['user-id-0', '29:1']);
  });

  it('nobody where nothing is left to decide, without reading the roster', async () => {
    const can = {
      reassign: false,
      approve: false,
      snooze: false,
      reopen: false,
      takeOn: false,
      wake: false,
      undo: null,
    };
    await bot.notifier.post(target, { ...incident, view: anIncidentView({ status: 'closed', can }) });
    expect(refreshOf(bot.connector.delivered[0])).toBeUndefined();
    expect(bot.connector.rosterReads).toEqual([]);
  });
});
