import { beforeEach, describe, expect, it } from 'vitest';
import { SUBSCRIPTION_LIFE_MS } from '../../../../src/domain/notifications/subscription.ts';
import { type ChangeSubscriptions, TenantReadError } from '../../../../src/domain/ports.ts';
import { keepSubscribed } from '../../../../src/jobs/notifications/keep-subscribed.ts';
import { aJobWorld, type JobWorld } from '../../../builders/jobs/job-context.ts';

const URL = 'https://bot.contoso.com/api/notifications';
const signal = new AbortController().signal;

let world: JobWorld;
let asked: string[];
let renewed: number | null;
beforeEach(async () => {
  world = await aJobWorld({ notificationUrl: URL });
  asked = [];
  renewed = null;
  const graph: ChangeSubscriptions = {
    async create({ resource, expiresAt }) {
      asked.push(`create ${resource}`);
      return { id: `${resource}-${asked.length}`, expiresAt };
    },
    async renew(id) {
      asked.push(`renew ${id}`);
      return renewed;
    },
    async remove(id) {
      asked.push(`remove ${id}`);
    },
  };
  world.context.changeSubscriptions = graph;
});

const keep = () => keepSubscribed(world.context, signal);
const stored = () => world.context.store.notifications.subscriptions();

describe('keeping subscribed', () => {
  it('makes both once, each with a secret of its own', async () => {
    await keep();
    await keep();
    expect(asked).toEqual(['create users', 'create groups']);
    const states = (await stored()).map(({ clientState }) => clientState);
    expect(new Set(states).size).toBe(2);
  });

  it('renews what ends, and makes again what Graph no longer knows', async () => {
    await keep();
    world.clock.advance(SUBSCRIPTION_LIFE_MS / 2);
    await keep();
    expect(asked.slice(2)).toEqual(['renew users-1', 'create users', 'renew groups-2', 'create groups']);
    renewed = world.clock.now() + SUBSCRIPTION_LIFE_MS;
    world.clock.advance(SUBSCRIPTION_LIFE_MS / 2);
    asked = [];
    await keep();
    expect(asked.every((one) => one.startsWith('renew'))).toBe(true);
    expect((await stored()).map(({ expiresAt }) => expiresAt)).toEqual([renewed, renewed]);
  });

  it('moves to another address, and ends what is no longer wanted', async () => {
    await keep();
    asked = [];
    await keepSubscribed(
      { ...world.context, settings: { ...world.context.settings, notificationUrl: `${URL}/2` } },
      signal,
    );
    expect(asked).toEqual(['remove users-1', 'create users', 'remove groups-2', 'create groups']);
    asked = [];
    await keepSubscribed(
      { ...world.context, settings: { ...world.context.settings, notificationUrl: null } },
      signal,
    );
    expect(asked.every((one) => one.startsWith('remove'))).toBe(true);
    expect(await stored()).toEqual([]);
  });

  it('makes the other one where Microsoft refuses the first, and says why', async () => {
    const { create } = world.context.changeSubscriptions;
    world.context.changeSubscriptions.create = async (wanted, abort) => {
      if (wanted.resource === 'users') throw new TenantReadError('forbidden', 'The app may not do that.');
      return create(wanted, abort);
    };
    expect(await keep()).toEqual({ subscriptions: 1, problem: 'The app may not do that.' });
    expect((await stored()).map(({ resource }) => resource)).toEqual(['groups']);
  });
});
