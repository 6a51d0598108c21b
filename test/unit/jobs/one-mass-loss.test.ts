import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import { decide } from '../../../src/jobs/decisions/decide.ts';
import { review } from '../../../src/jobs/explain/review.ts';
import { MEGAN, OPERATOR } from '../../builders/jobs/morning.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { aStandingWorld, type StandingWorld, userIds } from './standing-world.ts';

let world: StandingWorld;
beforeEach(async () => {
  world = await aStandingWorld({ massLossPercent: 10 });
});
afterEach(() => world.store.close());

/** Several reads in a row see these users without the license; nothing explains it so far. */
async function lose(all: readonly string[]): Promise<void> {
  await world.strip(...all);
  await world.strip();
  world.clock.advance(MINUTE_MS + 1);
  await world.beat();
  await world.strip();
  await world.beat();
}

async function lookAgain(): Promise<void> {
  await review(world.context);
  await world.strip();
  await world.beat();
}

const posts = () => world.cards().filter(({ how }) => how === 'post');

/** What the newest card says of the cause. */
function sentence(): string {
  const message = world.notifier.sent.at(-1)?.message;
  return message?.kind === 'incident' ? message.view.causeSentence : '';
}

/** All logs that are collected are complete to now. */
async function completeLogs(): Promise<void> {
  for (const source of ['directoryAudits', 'activity'] as const) {
    const feed = { source, contentType: 'license' };
    await world.store.audit.saveWindows(feed, [], {
      source,
      completeTo: world.clock.now(),
      completeFrom: null,
    });
  }
}

const open = async () =>
  (await world.store.incidents.open())
    .map(({ level, userIds: { length } }) => ({ level, users: length }))
    .toSorted((a, b) => b.users - a.users);

describe('one mass loss', () => {
  it.each([0, 1, 11, 20])(
    'stays one card over several reads and late records about %s users',
    async (known) => {
      const all = userIds(20);
      await lose(all);
      if (known > 0) await world.record('cleaner', ...all.slice(0, known));
      await lookAgain();
      expect(posts()).toEqual([{ how: 'post', status: 'open', users: 20 }]);
      expect(await world.store.incidents.open()).toHaveLength(1);
    },
  );

  it('has one card that says how far the records go while they come one after the other', async () => {
    const all = userIds(20);
    await lose(all);
    expect(sentence()).toMatch(/^Cause not known yet/);
    await world.record('cleaner', ...all.slice(0, 1));
    await lookAgain();
    expect(sentence()).toContain('Records so far explain 1 of 20 users: The app cleaner did it.');
    await world.record('cleaner', ...all.slice(1, 11));
    await lookAgain();
    expect(sentence()).toContain('Records so far explain 11 of 20 users: The app cleaner did it.');
    const sent = world.cards().length;
    await lookAgain();
    expect(world.cards()).toHaveLength(sent);
    await world.record('cleaner', ...all.slice(11));
    await lookAgain();
    expect(sentence()).toBe('The app cleaner did it.');
    expect(posts()).toHaveLength(1);
    expect(world.cards()).toHaveLength(4);
  });

  it('keeps the answer for each user meanwhile', async () => {
    await lose(userIds(20));
    await world.record('cleaner', 'u0');
    await lookAgain();
    const changes = await world.store.changes.find({ userIds: ['u0', 'u1'], kinds: ['lost'] });
    expect(changes.map(({ change, verdict }) => [change.userId, verdict?.level]).toSorted()).toEqual([
      ['u0', 'proved'],
      ['u1', 'unexplained'],
    ]);
  });

  it('becomes two cards once the logs are complete and have nothing of the rest', async () => {
    const all = userIds(20);
    await lose(all);
    await world.record('cleaner', ...all.slice(0, 11));
    await lookAgain();
    expect(await open()).toEqual([{ level: 'unexplained', users: 20 }]);
    world.clock.advance(DAY_MS + HOUR_MS);
    await completeLogs();
    await lookAgain();
    expect(await open()).toEqual([
      { level: 'proved', users: 11 },
      { level: 'unrecorded', users: 9 },
    ]);
    expect(posts()).toHaveLength(2);
  });

  it('becomes two cards after seven days, where a log is never complete', async () => {
    const all = userIds(20);
    await lose(all);
    await world.record('cleaner', ...all.slice(0, 11));
    await lookAgain();
    world.clock.advance(7 * DAY_MS);
    await lookAgain();
    expect(await open()).toHaveLength(2);
  });

  it('that two people caused waits for the rest, and is two cards when nothing is left to explain', async () => {
    const all = userIds(20);
    await lose(all);
    await world.record('cleaner', ...all.slice(0, 11));
    await world.record('janitor', ...all.slice(11, 19));
    await lookAgain();
    expect(sentence()).toContain('For 11: The app cleaner did it. For 8: The app janitor did it.');
    expect(posts()).toHaveLength(1);
    await world.record('janitor', ...all.slice(19));
    await lookAgain();
    expect(await open()).toEqual([
      { level: 'proved', users: 11 },
      { level: 'proved', users: 9 },
    ]);
  });

  it('that somebody set out to restore has the cause of most of its users, as before', async () => {
    const all = userIds(20);
    world.tenant.state = { skus: [aSkuState({ enabled: 60 })], subscriptions: [], groups: [] };
    await lose(all);
    const [incident] = await world.store.incidents.open();
    const request = {
      kind: 'reassign',
      incidentId: incident?.id ?? '',
      userIds: null,
      way: 'as-it-was',
      plan: null,
    } as const;
    expect(await decide(world.context, request, MEGAN, OPERATOR)).toEqual({ kind: 'accepted' });
    await world.record('cleaner', ...all.slice(0, 11));
    await review(world.context);
    expect(await open()).toEqual([{ level: 'proved', users: 20 }]);
  });

  it('that is snoozed stays so, and quiet', async () => {
    const all = userIds(20);
    await lose(all);
    const [incident] = await world.store.incidents.open();
    const until = world.clock.now() + DAY_MS;
    const incidentId = incident?.id ?? '';
    const snooze = { kind: 'snooze', incidentId, until, reason: 'Known', about: 'incident' } as const;
    expect(await decide(world.context, snooze, MEGAN, OPERATOR)).toEqual({ kind: 'accepted' });
    await world.record('cleaner', ...all.slice(0, 11));
    await lookAgain();
    expect(await world.store.incidents.open()).toMatchObject([{ snoozedUntil: until, level: 'unexplained' }]);
    expect(posts()).toHaveLength(1);
    expect(world.notices()).toEqual([]);
  });

  it('of nine users is taken apart at the first record', async () => {
    await lose(userIds(9));
    await world.record('cleaner', 'u0');
    await lookAgain();
    expect(await open()).toEqual([
      { level: 'unexplained', users: 8 },
      { level: 'proved', users: 1 },
    ]);
  });
});
