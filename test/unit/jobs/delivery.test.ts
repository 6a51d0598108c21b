import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadIncidentView } from '../../../src/answers/incident.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import type { SendFailure } from '../../../src/domain/ports.ts';
import { deliver, type LoadIncidentView } from '../../../src/jobs/delivery/deliver.ts';
import { cardFor, noticeAbout } from '../../../src/jobs/delivery/outgoing.ts';
import { noteSeenCard } from '../../../src/jobs/delivery/seen-card.ts';
import { anIncident } from '../../builders/incident.ts';
import { aChannel, aJobWorld, type JobWorld } from '../../builders/job-context.ts';

let world: JobWorld;
const counted: string[] = [];
const load: LoadIncidentView = (id, sees) =>
  loadIncidentView(world.store, id, { now: world.clock.now(), sees });
const send = () => deliver(world.context, load);
const CHANNEL = aChannel().key;

const NO_ANSWER = {
  ok: false,
  retryable: true,
  about: 'teams',
  reason: 'No answer.',
  maybeSent: true,
} as const;
const AWAY: SendFailure = { ok: false, retryable: true, about: 'teams', reason: 'Teams failed (503).' };
const DELETED: SendFailure = { ok: false, retryable: false, about: 'card', reason: 'The card was deleted.' };
const GONE: SendFailure = { ok: false, retryable: false, about: 'channel', reason: 'The channel is gone.' };

/** Stores an incident at its next revision and queues its card. */
async function stir(id = 'incident-1', over: Partial<Incident> = {}): Promise<Incident> {
  const before = await world.store.incidents.byId(id);
  const revision = (before?.revision ?? 0) + 1;
  const fresh = before ?? anIncident({ id, fingerprint: id, changeIds: [`${id}-change`] });
  const incident = { ...fresh, revision, ...over };
  const outbox = [cardFor(incident, world.clock.now())];
  await world.store.incidents.commit({ incidents: [incident], verdicts: [], settled: [], outbox });
  return incident;
}
const told = () => world.notifier.sent.map(({ how, activityId, message }) => [how, activityId, message.key]);
const log = async () => (await load('incident-1', null))?.log.map(({ what }) => what) ?? [];
const press = (activityId: string, conversationKey = CHANNEL) =>
  noteSeenCard(world.context, { cardKey: 'incident:incident-1', conversationKey, activityId });

beforeEach(async () => {
  world = await aJobWorld();
  counted.length = 0;
  world.context.metrics.cardDelivered = (outcome) => counted.push(outcome);
  await world.store.conversations.upsert(aChannel());
});
afterEach(() => world.store.close());

describe('a send of which nobody knows whether it arrived', () => {
  it.each([true, false])('is looked for before it is sent again, and had arrived: %s', async (arrives) => {
    world.notifier.failures = [arrives ? { ...NO_ANSWER, arrives } : NO_ANSWER];
    await stir();
    await send();
    expect(world.notifier.looked).toEqual([]);
    world.clock.advance(5_000);
    expect(await send()).toBe(1);
    expect(world.notifier.looked).toEqual(['incident:incident-1']);
    expect(world.notifier.posts).toHaveLength(1);
    expect(world.notifier.posts[0]?.message.copy).toBeUndefined();
    expect(counted).toEqual(arrives ? ['failed', 'found'] : ['failed', 'sent']);
    expect(await log()).toEqual([]);
    await stir();
    await send();
    expect(told().at(-1)).toEqual(['update', 'activity-1', 'incident:incident-1']);
  });

  it('is looked for in the channel to which it was going, also when the alerts have moved', async () => {
    world.notifier.failures = [{ ...NO_ANSWER, arrives: true }];
    await stir();
    await send();
    await world.store.conversations.upsert(aChannel('19:other@thread.tacv2', 'Other'));
    await world.store.conversations.setAlertTarget('19:other@thread.tacv2');
    await send();
    expect(world.notifier.posts).toHaveLength(1);
    expect((await world.store.outbox.postedCard('incident-1'))?.target.key).toBe(CHANNEL);
  });

  it('is looked for when it is a notice too', async () => {
    world.notifier.failures = [{ ...NO_ANSWER, arrives: true }];
    await world.store.outbox.enqueue([noticeAbout('scan-incomplete', 's1', 'T', 'x', world.clock.now())]);
    await send();
    world.clock.advance(5_000);
    await send();
    expect(world.notifier.posts).toHaveLength(1);
    expect(await world.store.outbox.backlog()).toMatchObject({ waiting: 0 });
  });

  describe('where the channel cannot be read', () => {
    beforeEach(() => {
      world.notifier.historyReadable = false;
    });
    const twice = async () => {
      world.notifier.failures = [{ ...NO_ANSWER, arrives: true }];
      await stir();
      await send();
      world.clock.advance(5_000);
      await send();
    };

    it('is posted again, and card, log and count say that it may be a second copy', async () => {
      await twice();
      expect(world.notifier.posts.map(({ message }) => message.copy)).toEqual([undefined, 'maybe']);
      expect(counted).toEqual(['failed', 'posted-again']);
      expect(world.warnings).toContain('a card may stand twice: an earlier one could not be looked for');
      expect(await log()).toEqual([expect.stringContaining('posted this card again')]);
      await stir();
      await send();
      expect(world.notifier.sent.at(-1)?.message.copy, 'the line stays').toBe('maybe');
    });

    it('is asked for each time, as nobody sets whether it may be read', async () => {
      await stir();
      world.notifier.failures = [NO_ANSWER, NO_ANSWER];
      for (let round = 0; round < 3; round++) {
        await send();
        world.clock.advance(20_000);
      }
      expect(world.notifier.looked).toHaveLength(2);
    });

    it('keeps both cards up to date from the press on the first on', async () => {
      await twice();
      await press('activity-1');
      world.notifier.sent.length = 0;
      await send();
      expect(told()).toEqual([
        ['update', 'activity-2', 'incident:incident-1'],
        ['update', 'activity-1', 'incident:incident-1'],
      ]);
      expect(world.notifier.sent.map(({ message }) => message.copy)).toEqual(['yes', 'yes']);
      expect(counted).toContain('copy-found');
      expect((await log()).at(-1)).toContain('A copy of this card stands');
      await press('activity-1');
      await press('activity-2');
      expect(await send(), 'both are known').toBe(0);
    });

    it('is not posted again when a press tells in time where it stands', async () => {
      world.notifier.failures = [{ ...NO_ANSWER, arrives: true }];
      await stir();
      await send();
      await press('activity-1');
      world.clock.advance(5_000);
      await send();
      expect(told()).toEqual([
        ['post', 'activity-1', 'incident:incident-1'],
        ['update', 'activity-1', 'incident:incident-1'],
      ]);
    });

    it('takes no press elsewhere, nor on a card of nothing that was sent, for a copy', async () => {
      await twice();
      await press('a-private-message', 'a-chat');
      await noteSeenCard(world.context, { cardKey: 'incident:x', conversationKey: CHANNEL, activityId: 'y' });
      await noteSeenCard(world.context, { cardKey: 'notice:x', conversationKey: CHANNEL, activityId: 'y' });
      expect((await world.store.outbox.postedCard('incident-1'))?.copies).toEqual([]);
    });
  });
});

describe('while Teams is away', () => {
  const three = async () => {
    for (const id of ['incident-1', 'incident-2', 'incident-3']) {
      await stir(id);
      world.clock.advance(1_000);
    }
  };

  it('one message is tried, not all that wait, and the oldest comes first afterwards', async () => {
    world.notifier.failures = Array(60).fill(AWAY);
    await three();
    for (let elapsed = 0; elapsed < 330_000; elapsed += 5_000) {
      await send();
      world.clock.advance(5_000);
    }
    expect(new Set(world.notifier.refused)).toEqual(new Set(['incident:incident-1']));
    expect(world.notifier.refused.length).toBeLessThan(25);
    await stir('incident-1');
    world.notifier.failures = [];
    let waited = 0;
    for (; world.notifier.sent.length === 0; waited += 5_000) {
      world.clock.advance(5_000);
      await send();
    }
    expect(waited, 'ms after Teams was back').toBeLessThanOrEqual(20_000);
    expect(world.notifier.posts.map(({ message }) => message.key)).toEqual([
      'incident:incident-1',
      'incident:incident-2',
      'incident:incident-3',
    ]);
  });

  it('the first word from Teams cuts the pause short', async () => {
    world.notifier.failures = [AWAY, AWAY, AWAY];
    await three();
    for (let round = 0; round < 3; round++) {
      await send();
      world.clock.advance(15_000);
    }
    await send();
    expect(world.notifier.sent).toEqual([]);
    expect(await world.store.outbox.endPauses(world.clock.now())).toBe(true);
    await send();
    expect(world.notifier.posts).toHaveLength(3);
    expect(await world.store.outbox.endPauses(world.clock.now())).toBe(false);
  });

  it('waits as long as Teams asks, whatever else is heard of it', async () => {
    world.notifier.failures = [{ ...AWAY, retryAfterMs: 30_000 }];
    await three();
    await send();
    await world.store.outbox.endPauses(world.clock.now());
    world.clock.advance(29_000);
    expect(await send()).toBe(0);
    world.clock.advance(1_000);
    expect(await send()).toBe(3);
  });

  it('a refused message holds up nobody else', async () => {
    const refused: SendFailure = { ok: false, retryable: false, about: 'message', reason: 'Too large.' };
    world.notifier.failures = [refused];
    await three();
    expect(await send()).toBe(2);
    expect(await world.store.conversations.alertTarget()).toMatchObject({ unreachable: null });
    expect(await world.store.outbox.backlog()).toMatchObject({ waiting: 1, lastError: 'Too large.' });
  });

  it('what waits says since when, not when it is tried next', async () => {
    world.notifier.failures = Array(9).fill(GONE);
    const since = world.clock.now();
    await three();
    await send();
    world.clock.advance(600_000);
    await send();
    expect(await world.store.outbox.backlog(world.clock.now())).toMatchObject({
      waiting: 3,
      oldestAt: since,
    });
  });
});

describe('a card that somebody deleted', () => {
  beforeEach(async () => {
    await stir();
    await send();
    world.notifier.sent.length = 0;
  });

  it('is not edited again, and the channel is not called unreachable', async () => {
    world.notifier.failures = [DELETED];
    await stir();
    expect(await send()).toBe(0);
    await stir();
    world.clock.advance(900_000);
    await send();
    expect(told()).toEqual([]);
    expect(world.notifier.refused).toHaveLength(1);
    expect(await world.store.conversations.alertTarget()).toMatchObject({ unreachable: null });
    expect(await world.store.outbox.backlog()).toEqual({ waiting: 0, oldestAt: null, lastError: null });
    expect(await load('incident-1', null)).toMatchObject({ posted: null });
  });

  it.each<[string, Partial<Incident>]>([
    ['more changes', { changeIds: ['incident-1-change', 'another'] }],
    ['a cause', { cause: 'admin-action', level: 'proved' }],
    ['a restore', { status: 'restored', restoredUserIds: ['user-1'] }],
  ])('stands anew when there is news: %s', async (_name, news) => {
    world.notifier.failures = [DELETED];
    await stir('incident-1', news);
    expect(await send()).toBe(1);
    await stir();
    await send();
    expect(told()).toEqual([
      ['post', 'activity-1', 'incident:incident-1'],
      ['update', 'activity-1', 'incident:incident-1'],
    ]);
  });

  it('stands anew when the news comes later', async () => {
    world.notifier.failures = [DELETED];
    await stir();
    await send();
    await stir('incident-1', { cause: 'admin-action', level: 'proved' });
    await send();
    expect(world.notifier.posts).toHaveLength(1);
  });

  it('leaves a copy that stands in its place', async () => {
    await press('the-copy');
    world.notifier.failures = [DELETED];
    await send();
    expect(told()).toEqual([['update', 'the-copy', 'incident:incident-1']]);
  });

  it('is told from a channel that is gone, which is named until it is mended', async () => {
    world.notifier.failures = [GONE];
    await stir();
    await send();
    expect(await world.store.conversations.alertTarget()).toMatchObject({ unreachable: GONE.reason });
    await world.store.conversations.upsert(aChannel());
    await world.store.outbox.endPauses(world.clock.now());
    await send();
    expect(told()).toEqual([['update', 'activity-1', 'incident:incident-1']]);
    expect(await world.store.conversations.alertTarget()).toMatchObject({ unreachable: null });
    expect(await world.store.outbox.backlog()).toMatchObject({ waiting: 0, lastError: null });
  });

  it('is given up in a channel that is gone when alerts go elsewhere, and its news come there', async () => {
    await world.store.conversations.upsert(aChannel('19:other@thread.tacv2', 'Other'));
    await world.store.conversations.setAlertTarget('19:other@thread.tacv2');
    world.notifier.failures = [GONE];
    await stir('incident-1', { cause: 'admin-action', level: 'proved' });
    await send();
    expect(world.notifier.sent.map(({ how, target }) => [how, target])).toEqual([
      ['post', '19:other@thread.tacv2'],
    ]);
  });
});
