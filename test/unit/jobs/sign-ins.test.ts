import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../src/domain/durations.ts';
import { TenantReadError } from '../../../src/domain/ports.ts';
import { readSignIns } from '../../../src/jobs/collect/sign-ins.ts';
import { scan } from '../../../src/jobs/scan/scan.ts';
import { aSignIn } from '../../builders/audit/sign-in.ts';
import { aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';
import { aUserState } from '../../builders/license/user-state.ts';

const idsOf = ['u1', 'u2', 'u3'];

let world: JobWorld;
beforeEach(async () => {
  world = await aJobWorld();
  world.tenant.activity = idsOf.map((userId) => aSignIn({ userId }));
});
afterEach(() => world.store.close());

const run = () => readSignIns(world.context, new AbortController().signal);
const stored = () => world.store.signIns.byUsers(idsOf);
const forbidden = new TenantReadError('forbidden', 'The tenant needs Entra ID P1 to read sign-ins (403).');

describe('reading sign-ins', () => {
  it('keeps every page, and when it was done', async () => {
    expect(await run()).toBe('read');
    expect(await stored()).toHaveLength(3);
    expect(await world.store.signIns.state()).toEqual({ readAt: world.clock.now(), problem: null });
  });

  it('is done once a day', async () => {
    await run();
    world.clock.advance(23 * HOUR_MS);
    expect(await run()).toBe('not-due');
    world.clock.advance(HOUR_MS);
    expect(await run()).toBe('read');
  });

  it('in a tenant that does not offer them is no failure, and is told once', async () => {
    world.tenant.failure = forbidden;
    expect(await run()).toBe('unavailable');
    world.clock.advance(HOUR_MS);
    expect(await run()).toBe('unavailable');
    expect(world.warnings).toEqual(['sign-ins could not be read']);
    const { problem } = await world.store.signIns.state();
    expect(problem).toEqual({ code: 'forbidden', message: forbidden.message, at: world.clock.now() });
  });

  it('that ends early keeps what was read the day before, whole', async () => {
    await run();
    world.clock.advance(DAY_MS);
    world.tenant.activity = idsOf.map((userId) => aSignIn({ userId, successfulAt: 7 }));
    world.tenant.failure = new TenantReadError('throttled', 'Microsoft asks to slow down.');
    await expect(run()).rejects.toBe(world.tenant.failure);
    expect(await stored()).toEqual(idsOf.map((userId) => aSignIn({ userId })));
    expect((await world.store.signIns.state()).problem).toMatchObject({ code: 'throttled' });
    world.tenant.failure = null;
    expect(await run()).toBe('read');
    expect(await stored()).toMatchObject([{ successfulAt: 7 }, { successfulAt: 7 }, { successfulAt: 7 }]);
    expect((await world.store.signIns.state()).problem).toBeNull();
  });

  it('does not make a scan incomplete when it fails', async () => {
    world.tenant.put(aUserState());
    const { signIns } = world.tenant;
    world.tenant.signIns = async function* () {
      yield* signIns.call(world.tenant);
      throw forbidden;
    };
    expect(await run()).toBe('unavailable');
    const record = await scan(world.context, { kind: 'full' }, new AbortController().signal);
    expect(record.outcome).toBe('complete');
    expect(await stored()).toEqual([]);
  });

  it('that we stop ourselves says nothing of the tenant', async () => {
    world.tenant.failure = new TenantReadError('cancelled', 'The read was cancelled.');
    await expect(run()).rejects.toBe(world.tenant.failure);
    expect((await world.store.signIns.state()).problem).toBeNull();
  });
});
