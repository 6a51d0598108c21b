import { afterEach, describe, expect, it } from 'vitest';
import { keepSubscribed } from '../../../src/jobs/notifications/keep-subscribed.ts';
import { FORUM_VICTIMS } from '../../../src/simulator/scenarios/forum.ts';
import { NotifiedBot } from './notified-bot.ts';

const PRODUCT = 'O365_BUSINESS_PREMIUM';
const signal = new AbortController().signal;

let bot: NotifiedBot | null = null;
afterEach(async () => {
  await bot?.close();
  bot = null;
});

const cards = (from: NotifiedBot) =>
  from.connector.delivered.filter(({ method, activity }) => method === 'POST' && activity.attachments);
const waiting = (from: NotifiedBot) => from.app.store.notifications.waiting(100);
const counts = async (from: NotifiedBot) => {
  const found = await from.app.store.notifications.counts();
  if (found === null) throw new Error('nothing was counted');
  return found;
};
const routesOf = (from: NotifiedBot) => from.simulator.tenant.requests().routes;

describe('a change that Microsoft notifies', () => {
  it('is a card within five seconds, by a read of just those users', async () => {
    bot = await NotifiedBot.start();
    const { simulator, app } = bot;
    const before = (await app.store.scans.recent(100)).length;
    const started = performance.now();
    simulator.tenant.act({ kind: 'withdraw-license', users: FORUM_VICTIMS.slice(0, 2), sku: PRODUCT });
    await bot.until(() => cards(bot as NotifiedBot).length > 0);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect((await app.store.scans.recent(100)).length - before).toBe(1);
    expect(await app.store.scans.last({ kind: 'targeted' })).toMatchObject({ usersRead: 2, changes: 2 });
    await bot.until(async () => (await counts(bot as NotifiedBot)).changesNotified === 2);
    expect(await waiting(bot)).toEqual([]);
    expect(await counts(bot)).toMatchObject({ changesScanned: 0, refused: 0, unreadable: 0 });
  });

  it('is counted for the scan where no notification came', async () => {
    bot = await NotifiedBot.start({ behaviour: { notifiesOfLicenses: false } });
    bot.simulator.tenant.act({ kind: 'withdraw-license', users: FORUM_VICTIMS.slice(0, 1), sku: PRODUCT });
    await bot.app.scheduler.requestScan();
    await bot.until(() => cards(bot as NotifiedBot).length > 0);
    await bot.until(async () => (await counts(bot as NotifiedBot)).changesScanned === 1);
    expect(await counts(bot)).toMatchObject({ changesNotified: 0 });
  });

  it('is read again where the first read was not complete', async () => {
    bot = await NotifiedBot.start();
    const { simulator, app } = bot;
    const path = '/users/';
    simulator.tenant.fault({ path, times: 50, effect: { kind: 'status', status: 403 } });
    simulator.tenant.act({ kind: 'withdraw-license', users: FORUM_VICTIMS.slice(0, 1), sku: PRODUCT });
    await bot.until(async () => (await app.store.scans.last())?.outcome === 'incomplete');
    expect(await waiting(bot)).toHaveLength(1);
    simulator.tenant.clearFaults();
    app.scheduler.notified(1);
    await bot.until(() => cards(bot as NotifiedBot).length > 0);
  });
});

describe('a burst', () => {
  it('of 10,000 users is one read, of at most ten requests but for pages and steps of a batch', async () => {
    bot = await NotifiedBot.start({ users: 10_200 });
    const { app, simulator } = bot;
    const [subscription] = await app.store.notifications.subscriptions();
    const users = simulator.tenant.subscriptions().find(({ resource }) => resource === 'users');
    const known = (await app.store.notifications.subscriptions()).find(({ id }) => id === users?.id);
    expect(subscription).toBeDefined();
    const ids: string[] = [];
    for await (const page of app.store.users.all()) ids.push(...page.map(({ state }) => state.id));
    simulator.tenant.clearRequests();
    const scansBefore = (await app.store.scans.recent(100)).length;
    const bodies = [];
    for (let from = 0; from < 10_000; from += 50) {
      bodies.push(
        JSON.stringify({
          value: ids.slice(from, from + 50).map((id) => ({
            subscriptionId: known?.id,
            clientState: known?.clientState,
            changeType: 'updated',
            resource: `Users/${id}`,
            resourceData: { '@odata.type': '#Microsoft.Graph.User', id },
          })),
        }),
      );
    }
    const sent = bot;
    const answers = [];
    for (let from = 0; from < bodies.length; from += 20) {
      answers.push(...(await Promise.all(bodies.slice(from, from + 20).map((body) => sent.post(body)))));
    }
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    await bot.until(async () => (await waiting(sent)).length === 0);
    expect((await app.store.scans.recent(100)).length - scansBefore).toBe(1);
    expect((await counts(bot)).received).toBe(10_000);
    expect(await app.store.scans.last()).toMatchObject({ kind: 'delta', outcome: 'complete' });
    expect(routesOf(bot)['POST /v1.0/$batch'] ?? 0).toBeLessThanOrEqual(10);
  }, 180_000);
});

describe('the subscriptions', () => {
  it('stand for users and groups, with a secret, and for lifecycle notifications too', async () => {
    bot = await NotifiedBot.start({ path: '' });
    const standing = bot.simulator.tenant.subscriptions();
    expect(standing.map(({ resource }) => resource).sort()).toEqual(['groups', 'users']);
    for (const { clientState, notificationUrl, lifecycleNotificationUrl } of standing) {
      expect(clientState).toMatch(/^[\w-]{43}$/);
      expect(notificationUrl).toBe(`http://127.0.0.1:${bot.app.port()}/api/notifications`);
      expect(lifecycleNotificationUrl).toBe(notificationUrl);
    }
  });

  it('bring on a scan where Graph missed some, and are renewed where it asks', async () => {
    bot = await NotifiedBot.start();
    const { app, simulator } = bot;
    const before = (await app.store.scans.recent(10)).length;
    await simulator.tenant.lifecycle('missed');
    app.scheduler.wakeUp();
    await bot.until(async () => (await app.store.scans.recent(10)).length > before);
    await simulator.tenant.lifecycle('reauthorizationRequired');
    const soon = await app.store.notifications.subscriptions();
    expect(soon.every(({ expiresAt }) => expiresAt <= Date.now() + 60_000)).toBe(true);
    await simulator.tenant.lifecycle('subscriptionRemoved');
    expect(await app.store.notifications.subscriptions()).toEqual([]);
  });
});

describe('a stranger', () => {
  const stranger = JSON.stringify({
    value: [{ subscriptionId: 'x', clientState: 'y', changeType: 'updated', resource: 'Users/z' }],
  });

  it('reaches nothing', async () => {
    bot = await NotifiedBot.start();
    const [ours] = await bot.app.store.notifications.subscriptions();
    const guess = { subscriptionId: ours?.id, clientState: 'guessed', resource: 'Users/z' };
    expect((await bot.post(stranger)).status).toBe(202);
    expect((await bot.post(JSON.stringify({ value: [guess] }))).status).toBe(202);
    expect(await waiting(bot)).toEqual([]);
    expect(await counts(bot)).toMatchObject({ received: 0, refused: 2 });
    expect((await bot.post('no json')).status).toBe(400);
    expect((await bot.post('{"value":3}')).status).toBe(400);
    expect((await bot.post(' '.repeat(300 * 1024))).status).toBe(413);
  });

  it('is refused unread once there are many, and Graph is not', async () => {
    bot = await NotifiedBot.start();
    const statuses = new Set<number>();
    for (let sent = 0; sent < 120; sent++) statuses.add((await bot.post(stranger)).status);
    expect(statuses).toEqual(new Set([202, 429]));
    bot.simulator.tenant.act({ kind: 'withdraw-license', users: FORUM_VICTIMS.slice(0, 1), sku: PRODUCT });
    await bot.until(() => cards(bot as NotifiedBot).length > 0);
  });

  it('gets back a token as plain text, and no page', async () => {
    bot = await NotifiedBot.start();
    const token = '<script>alert(1)</script> ä';
    const answer = await bot.post('', `?validationToken=${encodeURIComponent(token)}`);
    expect(await answer.text()).toBe(token);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('without an address', () => {
  it('nobody is asked to notify any more', async () => {
    bot = await NotifiedBot.start();
    const { app, simulator } = bot;
    await keepSubscribed({ ...app.jobs, settings: { ...app.jobs.settings, notificationUrl: null } }, signal);
    expect(simulator.tenant.subscriptions()).toEqual([]);
    expect(await app.store.notifications.subscriptions()).toEqual([]);
  });
});
