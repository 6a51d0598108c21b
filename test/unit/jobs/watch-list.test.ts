import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadIncidentView } from '../../../src/answers/incident.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import { TenantReadError } from '../../../src/domain/ports.ts';
import { deliver } from '../../../src/jobs/delivery/deliver.ts';
import { review } from '../../../src/jobs/explain/review.ts';
import { watchList } from '../../../src/jobs/explain/watch-list.ts';
import { scan } from '../../../src/jobs/scan/scan.ts';
import { aWatchMark } from '../../builders/incident/suppression.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';
import { aStandingWorld, type StandingWorld, userIds } from './standing-world.ts';

const never = new AbortController().signal;
const ON_CALL = { kind: 'user', id: 'duty', name: 'Duty desk' } as const;

let world: StandingWorld;
beforeEach(async () => {
  world = await aStandingWorld({ onCall: ON_CALL });
});
afterEach(() => world.store.close());

const markUser = (id: string) => world.order({ mark: aWatchMark({ subject: { kind: 'user', id } }) });
const markGroup = (id: string) => world.order({ mark: aWatchMark({ subject: { kind: 'group', id } }) });
const mentions = () => world.notifier.sent.map(({ how, message }) => [how, message.mention?.name ?? null]);

/** A loss is read, and explained without any time to settle. */
async function loseNow(...ids: string[]): Promise<void> {
  await world.strip(...ids);
  await world.beat();
}

describe('whom people keep an eye on', () => {
  it.each<{ name: string; mark: () => Promise<void>; prepare?: () => Promise<void> }>([
    { name: 'a marked user', mark: () => markUser('u1') },
    {
      name: 'a member of a marked group',
      mark: () => markGroup('board'),
      prepare: async () => {
        world.tenant.members.set('board', new Set(['u1']));
      },
    },
    {
      name: 'somebody who had the license from a marked group that the directory does not answer for',
      mark: () => markGroup('board'),
      prepare: async () => {
        world.context.reader.groupMembers = async () => {
          throw new TenantReadError('throttled', 'Graph answered 429.');
        };
        world.tenant.put(aUserState({ id: 'u1', assignments: [anAssignment({ path: 'board' })] }));
        await scan(world.context, { kind: 'full' }, never);
      },
    },
  ])('is told at once of $name, and whoever is on call is mentioned', async ({ mark, prepare }) => {
    await prepare?.();
    await mark();
    await loseNow('u1');
    expect(mentions()).toEqual([['post', 'Duty desk']]);
    expect(await world.newest()).toMatchObject({ watched: true, userIds: ['u1'] });
  });

  it('leaves the others of the same read the time to settle, on the same card', async () => {
    await markUser('u1');
    await loseNow('u1', 'u2');
    expect((await world.newest()).userIds).toEqual(['u1']);
    world.clock.advance(MINUTE_MS + 1);
    await world.beat();
    expect((await world.newest()).userIds).toEqual(['u1', 'u2']);
    expect(mentions()).toEqual([
      ['post', 'Duty desk'],
      ['update', null],
    ]);
  });

  it('calls whoever is on call also when the card of the incident stands already', async () => {
    await world.lose('cleaner', 'u2');
    await markUser('u1');
    await world.strip('u1');
    await world.record('cleaner', 'u1');
    await world.beat();
    expect(mentions()).toEqual([
      ['post', null],
      ['update', null],
      ['post', 'Duty desk'],
    ]);
    expect(world.notices()).toEqual([
      'Somebody on the watch list is affected: An incident that was alerted before now concerns them too: 2 users are still without Microsoft 365 E3.',
    ]);
  });

  it('is not told again by a late record of who was marked after the loss', async () => {
    await world.lose(null, 'u1');
    await markUser('u1');
    await world.record('cleaner', 'u1');
    await review(world.context);
    await world.beat();
    expect(mentions()).toEqual([
      ['post', null],
      ['update', null],
    ]);
  });

  it('is kept on each part of what turns out to have two causes', async () => {
    await markUser('u1');
    await loseNow('u1', 'u2', 'u3');
    world.clock.advance(MINUTE_MS + 1);
    await world.beat();
    await world.record('cleaner', 'u1');
    await review(world.context);
    const stored = await world.store.incidents.recent(5);
    expect(stored.filter(({ watched }) => watched).flatMap((one) => one.userIds)).toContain('u1');
  });

  it('mentions nobody for anybody else', async () => {
    await markUser('u1');
    await world.lose('cleaner', 'u2');
    expect(mentions()).toEqual([['post', null]]);
    expect((await world.newest()).watched).toBe(false);
  });

  it('tells of a single account that is deleted, which else is history only', async () => {
    world.tenant.members.set('board', new Set(['u1']));
    await markGroup('board');
    await watchList(world.context);
    world.clock.advance(20 * MINUTE_MS);
    world.tenant.members.set('board', new Set());
    world.tenant.remove('u1');
    world.tenant.remove('u2');
    await scan(world.context, { kind: 'full' }, never);
    await world.beat();
    world.clock.advance(MINUTE_MS + 1);
    await world.beat();
    expect(world.cards()).toEqual([{ how: 'post', status: 'open', users: 1 }]);
    expect(await world.newest()).toMatchObject({ kind: 'account-removed', userIds: ['u1'] });
  });

  it('does not lose the others from a large removal of accounts', async () => {
    await markUser('u1');
    world.clock.advance(MINUTE_MS);
    for (const id of userIds(3, 1)) world.tenant.remove(id);
    await scan(world.context, { kind: 'full' }, never);
    await world.beat();
    world.clock.advance(MINUTE_MS + 1);
    await world.beat();
    expect((await world.newest()).userIds).toEqual(userIds(3, 1));
  });
});

describe('the members of a marked group', () => {
  it('are read once in ten minutes', async () => {
    let reads = 0;
    world.context.reader.groupMembers = async () => {
      reads++;
      return new Set(['u1']);
    };
    await markGroup('board');
    for (const _ of userIds(3)) await watchList(world.context);
    expect(reads).toBe(1);
    world.clock.advance(10 * MINUTE_MS);
    await watchList(world.context);
    expect(reads).toBe(2);
  });

  it('stay known when the directory stops answering', async () => {
    world.tenant.members.set('board', new Set(['u1']));
    await markGroup('board');
    await watchList(world.context);
    world.context.reader.groupMembers = async () => {
      throw new TenantReadError('unreachable', 'Graph cannot be reached.');
    };
    world.clock.advance(HOURS_LATER);
    expect((await watchList(world.context)).userIds).toEqual(new Set(['u1']));
    expect(world.warnings).toEqual(['members of a marked group are not known']);
  });

  it('are not asked for while no group is marked', async () => {
    world.context.reader.groupMembers = async () => {
      throw new Error('nobody asked for this');
    };
    await markUser('u1');
    expect((await watchList(world.context)).userIds).toEqual(new Set(['u1']));
  });
});

const HOURS_LATER = 5 * HOUR_MS;

describe('a channel in which not everybody may see everybody', () => {
  it.each([
    { channelShowsNames: true, sees: null },
    { channelShowsNames: false, sees: new Set() },
  ])('gets cards as those see them who see $sees', async ({ channelShowsNames, sees }) => {
    world.context.settings.channelShowsNames = channelShowsNames;
    const seen: unknown[] = [];
    await world.strip('u1');
    world.clock.advance(MINUTE_MS + 1);
    await world.beat();
    await world.lose('cleaner', 'u2');
    const incident = await world.newest();
    await world.store.outbox.enqueue([
      {
        key: 'again',
        message: { kind: 'incident', incidentId: incident.id, revision: 9 },
        notBefore: world.clock.now(),
      },
    ]);
    await deliver(world.context, (id, scope) => {
      seen.push(scope);
      return loadIncidentView(world.store, id, { now: world.clock.now(), sees: scope });
    });
    expect(seen).toEqual([sees]);
  });
});
