import { afterEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import { noticeAbout } from '../../../src/jobs/outgoing/outgoing.ts';
import { postDigests } from '../../../src/jobs/upkeep/digest.ts';
import { aChannel, routesFrom } from '../../builders/jobs/job-context.ts';
import { aUserState } from '../../builders/license/user-state.ts';
import { DeliveringWorld, GONE } from './a-delivering-world.ts';

const ALERTS = aChannel().key;
const SECURITY = '19:security@thread.tacv2';
const OTHER = '19:other@thread.tacv2';
const QUIET = { quiet: [{ days: [1, 2, 3, 4, 5, 6, 7], from: 22 * 60, to: 7 * 60 }] };

let world: DeliveringWorld;
afterEach(() => world.close());

async function open(yaml: string | null, over = {}): Promise<DeliveringWorld> {
  world = await DeliveringWorld.open();
  const { store, context } = world.world;
  await store.conversations.upsert(aChannel(SECURITY, 'Security'));
  await store.conversations.upsert(aChannel(OTHER, 'Other'));
  context.routes = routesFrom(yaml, over);
  return world;
}

const posts = (): [string, string][] =>
  world.world.notifier.posts.map(({ target, message }) => [target, message.key]);
const edits = (): [string, string][] =>
  world.world.notifier.sent
    .filter(({ how }) => how === 'update')
    .map(({ target, message }) => [target, message.key]);
/** Sets the clock to an hour of the next day, UTC. */
function atHour(hour: number): void {
  const { clock } = world.world;
  const midnight = Math.floor(clock.now() / DAY_MS) * DAY_MS + DAY_MS;
  clock.advance(midnight + hour * HOUR_MS - clock.now());
}
const reasons = async (id = 'incident-1') =>
  (await world.world.store.alerts.about([], [id])).map(({ reason }) => reason);

describe('a card goes where its route says', () => {
  it('to another channel, and stays there when it is edited after the routes have changed', async () => {
    await open('route:\n  routes:\n    - { match: { class: licensing }, channel: Security }');
    await world.stir();
    await world.send();
    world.world.context.routes = routesFrom('route: { channel: Other }');
    await world.stir();
    await world.send();
    expect(posts()).toEqual([[SECURITY, 'incident:incident-1']]);
    expect(edits()).toEqual([[SECURITY, 'incident:incident-1']]);
  });

  it.each<[string, string, Partial<Incident>]>([
    ['kind', 'kind: lost', { kind: 'lost' }],
    ['cause', 'cause: unknown', { cause: 'unknown' }],
    ['severity', 'level: [high, critical]', { severity: 'high' }],
    ['who did it', 'actor: lee@contoso.com', { actor: { kind: 'user', id: 'lee', name: 'lee@contoso.com' } }],
    ['to whom', 'target: user-1', { userIds: ['user-1', 'user-2'] }],
    ['a watched person', 'watched: "true"', { watched: true }],
    ['many users', 'mass: "true"', { userIds: Array.from({ length: 10 }, (_, no) => `user-${no}`) }],
    ['product', 'sku: sku-1', { skuIds: ['sku-1'] }],
  ])('by %s', async (_, match, over) => {
    await open(`route:\n  routes:\n    - { match: { ${match} }, channel: Security }`);
    await world.stir('incident-1', over);
    await world.send();
    expect(posts().map(([target]) => target)).toEqual([SECURITY]);
  });

  it('by department, sign-in name and administrative unit of its users', async () => {
    await open(
      'route:\n  routes:\n    - { match: { unit: Berlin, department: Sales, target: rick@contoso.com }, channel: Security }',
    );
    const { store, context } = world.world;
    const state = aUserState({ id: 'user-1', department: 'Sales', userPrincipalName: 'rick@contoso.com' });
    store.users.byIds = async (ids) =>
      ids.includes('user-1') ? [{ state, firstSeenAt: 0, removedAt: null, formerNames: [] }] : [];
    context.unitsOf = async (userIds) => (userIds.includes('user-1') ? ['4711', 'Berlin'] : []);
    await world.stir('incident-1', { userIds: ['user-1'] });
    await world.send();
    expect(posts().map(([target]) => target)).toEqual([SECURITY]);
  });

  it('to the channel that is set in chat where the channel is not known, or takes nothing', async () => {
    await open('route: { channel: Nowhere to be found }');
    await world.stir();
    await world.send();
    world.world.context.routes = routesFrom('route: { channel: Security }');
    world.world.notifier.failures = [GONE];
    await world.stir('incident-2');
    await world.send();
    world.world.clock.advance(HOUR_MS);
    await world.send();
    expect(posts()).toEqual([
      [ALERTS, 'incident:incident-1'],
      [ALERTS, 'incident:incident-2'],
    ]);
  });

  it('nowhere where a route says so, and the reason is kept', async () => {
    await open('route:\n  routes:\n    - { match: { class: licensing }, channel: none }');
    await world.stir();
    await world.send();
    expect(posts()).toEqual([]);
    expect(await reasons()).toEqual(['routed-nowhere']);
  });

  it('calls who the route calls, once', async () => {
    await open('route: { channel: Security, mention: { tag: MjQ, name: Security on call } }');
    await world.stir();
    await world.send();
    await world.stir();
    await world.send();
    expect(world.world.notifier.sent.map(({ message }) => message.mention)).toEqual([
      { kind: 'tag', id: 'MjQ', name: 'Security on call' },
      null,
    ]);
  });
});

const BOTH =
  'route:\n  routes:\n    - { match: { class: licensing }, channel: Security, continue: true }\n    - { match: { kind: lost }, channel: Other }';

describe('a route that goes on', () => {
  it('has one card in each channel, and edits both', async () => {
    await open(BOTH);
    await world.stir();
    await world.send();
    await world.send();
    await world.stir();
    await world.send();
    expect(posts()).toEqual([
      [SECURITY, 'incident:incident-1'],
      [OTHER, 'incident:incident-1'],
    ]);
    expect(edits()).toEqual([
      [SECURITY, 'incident:incident-1'],
      [OTHER, 'incident:incident-1'],
    ]);
  });

  it.each(['deliver:before-send', 'deliver:after-send', 'deliver:noted'])(
    'has no card twice after a crash at %s of either',
    async (step) => {
      for (const crashAt of [1, 2]) {
        await open(BOTH);
        let passed = 0;
        world.world.context.onStep = (name) => {
          if (name === step && ++passed === crashAt) throw new Error('crash');
        };
        await world.stir();
        await world.send().catch(() => undefined);
        await world.send().catch(() => undefined);
        world.world.context.onStep = () => undefined;
        await world.send();
        await world.send();
        expect(posts().map(([target]) => target)).toEqual([SECURITY, OTHER]);
        await world.stir();
        await world.send();
        expect(edits().map(([target]) => target)).toEqual([SECURITY, OTHER]);
        if (crashAt === 1) await world.close();
      }
    },
  );
});

describe('quiet hours', () => {
  it('hold a medium card back until they end, over a restart, and the digest lists it', async () => {
    await open(null, QUIET);
    atHour(23);
    await world.stir('incident-1', { severity: 'medium' });
    expect(await world.send()).toBe(0);
    atHour(6);
    expect(await world.send()).toBe(0);
    expect(posts()).toEqual([]);
    expect(await reasons()).toEqual(['quiet-hours']);
    world.world.clock.advance(HOUR_MS);
    await world.send();
    expect(posts()).toEqual([[ALERTS, 'incident:incident-1']]);
    world.world.clock.advance(HOUR_MS);
    expect(await postDigests(world.world.context)).toBe(1);
    await world.send();
    const [, digest] = world.world.notifier.posts;
    expect(digest?.message).toMatchObject({
      kind: 'notice',
      title: 'Digest: 1 held back by quiet hours',
      text: expect.stringMatching(/^Held back by quiet hours, each with its card:\n\w+,? 23:00: .*lost/),
    });
  });

  it.each<[string, Partial<Incident>]>([
    ['high', { severity: 'high' }],
    ['critical', { severity: 'critical' }],
    ['a mass loss', { severity: 'medium', userIds: Array.from({ length: 10 }, (_, no) => `user-${no}`) }],
  ])('let %s through', async (_, over) => {
    await open(null, QUIET);
    atHour(23);
    await world.stir('incident-1', over);
    await world.send();
    expect(posts()).toEqual([[ALERTS, 'incident:incident-1']]);
  });

  it('end for an incident that gets worse', async () => {
    await open(null, QUIET);
    atHour(23);
    await world.stir('incident-1', { severity: 'medium' });
    await world.send();
    world.world.clock.advance(HOUR_MS);
    await world.stir('incident-1', { severity: 'high' });
    await world.send();
    atHour(7);
    await world.send();
    expect(posts()).toEqual([[ALERTS, 'incident:incident-1']]);
  });

  it('never hold back what is wrong with ourselves', async () => {
    await open('route: { channel: Security, breaks_through: critical }', QUIET);
    atHour(23);
    const notice = noticeAbout('scan-incomplete', 'x', 'Cannot read', 'So.', world.world.clock.now());
    await world.world.store.outbox.enqueue([notice]);
    await world.send();
    expect(posts()).toEqual([[SECURITY, 'notice:scan-incomplete:x']]);
  });

  it('hold no edit back', async () => {
    await open(null, QUIET);
    atHour(21);
    await world.stir('incident-1', { severity: 'medium' });
    await world.send();
    world.world.clock.advance(2 * HOUR_MS);
    await world.stir('incident-1', { severity: 'medium' });
    await world.send();
    expect(edits()).toEqual([[ALERTS, 'incident:incident-1']]);
  });
});

describe('the digest', () => {
  const low = { severity: 'low' } as const;

  it('has a line for each low incident, and there is no card', async () => {
    await open(null);
    atHour(10);
    await world.stir('incident-1', low);
    await world.stir('incident-2', low);
    await world.send();
    expect(posts()).toEqual([]);
    expect(await reasons()).toEqual(['digest']);
    expect(await postDigests(world.world.context)).toBe(0);
    atHour(8);
    expect(await postDigests(world.world.context)).toBe(1);
    await world.send();
    expect(world.world.notifier.posts.map(({ message }) => message)).toMatchObject([
      { kind: 'notice', title: 'Digest: 2 low alerts' },
    ]);
    atHour(8);
    expect(await postDigests(world.world.context)).toBe(0);
  });

  it('comes to each channel with what is routed there', async () => {
    await open('route:\n  routes:\n    - { match: { target: user-9 }, channel: Security }');
    await world.stir('incident-1', { ...low, userIds: ['user-9'] });
    await world.stir('incident-2', low);
    await world.send();
    atHour(8);
    expect(await postDigests(world.world.context)).toBe(2);
    await world.send();
    expect(world.world.notifier.posts.map(({ target }) => target).sort()).toEqual([ALERTS, SECURITY].sort());
  });

  it('does not come twice, nor get lost, when the process dies around it', async () => {
    for (const step of ['hold:kept', 'digest:before-commit', 'digest:after-commit']) {
      await open(null);
      const { context } = world.world;
      const crashing = async (work: () => Promise<unknown>) => {
        context.onStep = (name) => {
          if (name === step) throw new Error('crash');
        };
        await work().catch(() => undefined);
        context.onStep = () => undefined;
        await work();
      };
      atHour(10);
      await world.stir('incident-1', low);
      await crashing(world.send);
      atHour(8);
      await crashing(() => postDigests(context));
      await crashing(world.send);
      atHour(8);
      await postDigests(context);
      await world.send();
      expect(world.world.notifier.posts.map(({ message }) => message)).toMatchObject([
        { title: 'Digest: 1 low alert' },
      ]);
      if (step !== 'digest:after-commit') await world.close();
    }
  });

  it('says no more than a card can show', async () => {
    await open(null);
    atHour(10);
    for (let no = 0; no < 30; no++) await world.stir(`incident-${no}`, low);
    await world.send();
    atHour(8);
    await postDigests(world.world.context);
    await world.send();
    const [digest] = world.world.notifier.posts;
    const text = digest?.message.kind === 'notice' ? digest.message.text : '';
    expect(text.split('\n')).toHaveLength(9);
    expect(text).toContain('… and 22 more: ask me for “open incidents”.');
    world.world.clock.advance(MINUTE_MS);
  });
});
