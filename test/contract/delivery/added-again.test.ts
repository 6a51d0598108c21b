import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BotWithIncident, CHANNEL } from '../hostile/bot-with-incident.ts';

const BOT = '28:00000000-0000-4000-8000-0000000000b0';

let bot: BotWithIncident;
let since = 0;
beforeEach(async () => {
  bot = new BotWithIncident();
  await bot.start();
  since = bot.connector.delivered.length;
});
afterEach(() => bot.stop());

const install = (action = 'add') =>
  bot.send({ type: 'installationUpdate', action, text: undefined, entities: undefined });
const membersAdded = () =>
  bot.send({ type: 'conversationUpdate', membersAdded: [{ id: BOT }], text: undefined, entities: undefined });

/** What Teams was asked about the incident's card since then: posted, edited or taken out of the channel. */
const asked = () =>
  bot.connector.delivered
    .slice(since)
    .filter(
      ({ method, conversationId, activity }) =>
        conversationId === CHANNEL &&
        (method === 'DELETE' || JSON.stringify(activity).includes(bot.incidentId)),
    )
    .map(({ method, activityId }) => (activityId === null ? method : `${method} ${activityId}`));
const standing = async () => (await bot.app.store.outbox.postedCard(bot.incidentId))?.activityId ?? null;
const settled = () =>
  vi.waitUntil(async () => (await bot.app.store.outbox.backlog()).waiting === 0, { timeout: 10_000 });

describe('the card of an open incident, when the bot is added', () => {
  it('where it already was is posted again, once, and the old one is taken away', async () => {
    const before = await standing();
    await Promise.all([install(), membersAdded()]);
    await vi.waitUntil(() => asked().some((line) => line.startsWith('DELETE')), { timeout: 10_000 });
    await settled();
    expect(asked()).toEqual(['POST', `DELETE ${before}`]);
    expect(await standing()).not.toBe(before);
  });

  it('each time that it is loaded again', async () => {
    for (const time of [1, 2, 3]) {
      await Promise.all([membersAdded(), install()]);
      await vi.waitUntil(() => asked().length === 2 * time, { timeout: 10_000 });
      await settled();
    }
    expect(asked().filter((line) => line === 'POST')).toHaveLength(3);
  });

  it('after it was removed, as people do in Teams, is edited where it stands and doubles nothing', async () => {
    const before = await standing();
    await install('remove');
    await Promise.all([install(), membersAdded()]);
    await vi.waitUntil(() => asked().length > 0, { timeout: 10_000 });
    await settled();
    expect(asked()).toEqual([`PUT ${before}`]);
  });

  it('after it was removed is posted where the old one is gone', async () => {
    await install('remove');
    const before = await standing();
    // The greeting goes out by itself: only an edit of the card is answered so.
    bot.connector.gone.add(before ?? '');
    await install();
    await vi.waitUntil(() => asked().includes('POST'), { timeout: 10_000 });
    await settled();
    expect(asked()).toEqual(['POST']);
  });
});
