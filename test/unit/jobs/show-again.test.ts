import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadIncidentView } from '../../../src/answers/incident.ts';
import { HOUR_MS } from '../../../src/domain/durations.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import type { SendFailure } from '../../../src/domain/ports.ts';
import { deliver } from '../../../src/jobs/delivery/deliver.ts';
import { showAgain } from '../../../src/jobs/delivery/show-again.ts';
import { cardFor } from '../../../src/jobs/outgoing/outgoing.ts';
import { anIncident } from '../../builders/incident/incident.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';

const CHANNEL = aChannel().key;
const DELETED: SendFailure = { ok: false, retryable: false, about: 'card', reason: 'The card was deleted.' };
const AWAY: SendFailure = { ok: false, retryable: true, about: 'teams', reason: 'Teams failed (503).' };

let world: JobWorld;
const send = () =>
  deliver(world.context, (id, sees) => loadIncidentView(world.store, id, { now: world.clock.now(), sees }));
/** What was sent since the bot was added. */
let since = 0;
const sent = () => world.notifier.sent.slice(since);
const told = () => sent().map(({ how, activityId, message }) => [how, activityId, message.key]);
const card = async (id = 'incident-1') => world.store.outbox.postedCard(id);

async function stir(id = 'incident-1', over: Partial<Incident> = {}): Promise<void> {
  const before = await world.store.incidents.byId(id);
  const fresh = before ?? anIncident({ id, fingerprint: id, changeIds: [`${id}-change`] });
  const incident = { ...fresh, revision: (before?.revision ?? 0) + 1, ...over };
  const outbox = [cardFor(incident, world.clock.now())];
  await world.store.incidents.commit({ incidents: [incident], verdicts: [], settled: [], outbox });
}

/** The bot is told that it was added, and what waits is sent. */
async function added(wasKnown: boolean, key = CHANNEL): Promise<number> {
  since = world.notifier.sent.length;
  world.clock.advance(10_000);
  const shown = await showAgain(world.context, key, wasKnown);
  await send();
  await send();
  return shown;
}

beforeEach(async () => {
  world = await aJobWorld({ onCall: { kind: 'user', id: 'call', name: 'On call' } });
  since = 0;
  await world.store.conversations.upsert(aChannel());
  await stir();
  await send();
});
afterEach(() => world.store.close());

describe('added where it already was', () => {
  describe('and its messages cannot be looked for', () => {
    beforeEach(() => {
      world.notifier.historyReadable = false;
    });

    it('posts the card of an open incident, and takes the old one away', async () => {
      expect(await added(true)).toBe(1);
      expect(told()).toEqual([['post', 'activity-2', 'incident:incident-1']]);
      expect(sent()[0]?.message.copy).toBeUndefined();
      expect(world.notifier.removed).toEqual([{ target: CHANNEL, activityId: 'activity-1' }]);
    });

    it('keeps the new one up to date, which stands alone', async () => {
      await added(true);
      since = world.notifier.sent.length;
      await stir();
      await send();
      expect(told()).toEqual([['update', 'activity-2', 'incident:incident-1']]);
      expect(sent()[0]?.message.copy).toBeUndefined();
      expect((await card())?.copies).toEqual([]);
    });

    it('takes the old one away later where Teams is away', async () => {
      world.notifier.removals = [AWAY];
      await added(true);
      expect((await card())?.copies).toHaveLength(1);
      await stir();
      await send();
      expect(world.notifier.removed).toHaveLength(2);
      expect(sent().at(-1)?.message.copy).toBeUndefined();
      expect((await card())?.copies).toEqual([]);
    });

    it('posts a snoozed one too, and calls nobody again', async () => {
      await stir('incident-1', { snoozedUntil: world.clock.now() + HOUR_MS, watched: true });
      await send();
      await added(true);
      expect(told()).toEqual([['post', 'activity-3', 'incident:incident-1']]);
      expect(sent()[0]?.message.mention).toBeNull();
    });

    it.each(['deliver:before-send', 'deliver:noted'])('posts it once over a crash at %s', async (crash) => {
      let dead = false;
      world.context.onStep = (step) => {
        if (dead || step !== crash) return;
        dead = true;
        throw new Error('power cut');
      };
      await expect(added(true)).rejects.toThrow('power cut');
      const posts = () => sent().filter(({ how }) => how === 'post');
      await send();
      await send();
      expect(posts()).toHaveLength(1);
      await stir();
      await send();
      expect(world.notifier.removed).toEqual([{ target: CHANNEL, activityId: 'activity-1' }]);
    });
  });

  it('does nothing where the card is found in the channel', async () => {
    expect(await showAgain(world.context, CHANNEL, true)).toBe(0);
    expect(world.notifier.looked).toEqual(['incident:incident-1']);
    expect(await send()).toBe(0);
  });

  it('posts it where it was looked for and is not there, and has nothing to take away', async () => {
    // The page was loaded again: what was posted is nowhere.
    world.notifier.sent.length = 0;
    expect(await added(true)).toBe(1);
    expect(told().map(([how]) => how)).toEqual(['post']);
    expect(world.notifier.removed).toEqual([]);
  });

  it.each([
    ['is over', () => stir('incident-1', { status: 'restored' })],
    ['stands in another channel', () => move()],
  ])('leaves alone what %s', async (_name, change) => {
    world.notifier.historyReadable = false;
    await change();
    await send();
    expect(await added(true, (await world.store.conversations.alertTarget())?.key)).toBe(0);
    expect(told()).toEqual([]);
  });

  it('shows nothing in a channel without the alerts', async () => {
    await world.store.conversations.upsert(aChannel('19:other@thread.tacv2', 'Other'));
    expect(await added(false, '19:other@thread.tacv2')).toBe(0);
    expect(told()).toEqual([]);
  });
});

async function move(): Promise<void> {
  await world.store.conversations.upsert(aChannel('19:other@thread.tacv2', 'Other'));
  await world.store.conversations.setAlertTarget('19:other@thread.tacv2');
}

describe('added again after it was removed', () => {
  it('edits a card that still stands, and posts none', async () => {
    expect(await added(false)).toBe(1);
    expect(told()).toEqual([['update', 'activity-1', 'incident:incident-1']]);
  });

  it('posts one that the edit finds gone', async () => {
    world.notifier.failures = [DELETED];
    await added(false);
    expect(told()).toEqual([['post', 'activity-2', 'incident:incident-1']]);
    expect(world.notifier.removed).toEqual([]);
  });

  it('leaves deleted what somebody deleted before', async () => {
    await world.store.outbox.noteGone('incident-1', 'activity-1');
    expect(await added(false)).toBe(0);
    expect(told()).toEqual([]);
  });
});
