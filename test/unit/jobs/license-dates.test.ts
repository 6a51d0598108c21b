import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import { TenantReadError } from '../../../src/domain/ports.ts';
import { readLicenseDates, refreshLicenseDates } from '../../../src/jobs/collect/license-dates.ts';
import { aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';

const IDS = ['u1', 'u2', 'u3', 'u4', 'u5'];
const dated = (assignedAt: number) =>
  IDS.map((userId) => ({
    userId,
    plans: [{ servicePlanId: 'p', status: 'Enabled', assignedAt }],
    states: [],
  }));

let world: JobWorld;
let asked: (string | null)[];
beforeEach(async () => {
  world = await aJobWorld();
  world.tenant.dates = dated(1);
  asked = [];
  const { licenseDatesPage } = world.tenant;
  world.tenant.licenseDatesPage = (link) => {
    asked.push(link);
    return licenseDatesPage.call(world.tenant, link);
  };
});
afterEach(() => world.store.close());

const run = () => readLicenseDates(world.context, new AbortController().signal);
const dates = async () =>
  (await world.store.licenseDates.byUsers(IDS)).map(({ plans }) => plans?.[0]?.assignedAt);
const throttled = new TenantReadError('throttled', 'Microsoft asks to slow down.');

/** Fails when this page is asked for. */
const failAt = (page: string | null, failure: TenantReadError): void => {
  const { licenseDatesPage } = world.tenant;
  let failed = false;
  world.tenant.licenseDatesPage = async (link) => {
    if (link === page && !failed) {
      failed = true;
      throw failure;
    }
    return licenseDatesPage.call(world.tenant, link);
  };
};

describe('reading the dates of everybody', () => {
  it('is done once a day, a page after the other with a pause', async () => {
    const began = world.clock.now();
    expect(await run()).toBe('read');
    expect(asked).toEqual([null, '2', '4']);
    expect(world.clock.now() - began).toBe(2_000);
    expect(await dates()).toEqual([1, 1, 1, 1, 1]);
    world.clock.advance(23 * HOUR_MS);
    expect(await run()).toBe('not-due');
    world.clock.advance(HOUR_MS);
    expect(await run()).toBe('read');
  });

  it('goes on where it was cut off, and says why until then', async () => {
    failAt('2', throttled);
    await expect(run()).rejects.toBe(throttled);
    expect(await dates()).toEqual([1, 1]);
    expect((await world.store.licenseDates.run()).problem).toMatchObject({ code: 'throttled' });
    world.clock.advance(HOUR_MS);
    expect(await run()).toBe('read');
    expect(asked).toEqual([null, '2', '4']);
    expect(await dates()).toHaveLength(5);
    expect((await world.store.licenseDates.run()).problem).toBeNull();
  });

  it.each(['expired-page', 'refused'] as const)(
    'begins again when Graph answers its own link with %s',
    async (code) => {
      failAt('2', throttled);
      await expect(run()).rejects.toBe(throttled);
      failAt('2', new TenantReadError(code, 'Graph has forgotten the page.'));
      expect(await run()).toBe('read');
      expect(asked).toEqual([null, null, '2', '4']);
    },
  );

  it('begins again after a day', async () => {
    failAt('2', throttled);
    await expect(run()).rejects.toBe(throttled);
    world.clock.advance(DAY_MS);
    await run();
    expect(asked).toEqual([null, null, '2', '4']);
  });

  it('keeps what an earlier read told until somebody is read again', async () => {
    await run();
    world.clock.advance(DAY_MS);
    world.tenant.dates = dated(2);
    failAt('2', throttled);
    await expect(run()).rejects.toBe(throttled);
    expect(await dates()).toEqual([2, 2, 1, 1, 1]);
    await run();
    expect(await dates()).toEqual([2, 2, 2, 2, 2]);
  });

  it('forgets whoever a whole read did not see', async () => {
    await run();
    world.clock.advance(DAY_MS);
    world.tenant.dates = dated(2).slice(0, 3);
    await run();
    expect(await dates()).toEqual([2, 2, 2]);
  });

  it('ends when a page link comes back', async () => {
    world.tenant.licenseDatesPage = async () => ({ dates: [], leftOut: 0, next: '2' });
    await expect(run()).rejects.toMatchObject({ code: 'paging-loop' });
  });

  it('that we stop ourselves says nothing of the tenant', async () => {
    failAt(null, new TenantReadError('cancelled', 'The read was cancelled.'));
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' });
    expect((await world.store.licenseDates.run()).problem).toBeNull();
  });
});

describe('reading the dates of one person', () => {
  const refresh = () => refreshLicenseDates(world.context, ['u1']);

  it('is done when they are asked about, not again within ten minutes', async () => {
    await refresh();
    expect(await dates()).toEqual([1]);
    world.tenant.dates = dated(2);
    world.clock.advance(10 * MINUTE_MS);
    await refresh();
    expect(await dates()).toEqual([1]);
    world.clock.advance(1);
    await refresh();
    expect(await dates()).toEqual([2]);
  });

  it('that fails leaves what is stored, with the reason in the log', async () => {
    await run();
    world.clock.advance(HOUR_MS);
    world.tenant.failure = throttled;
    await refresh();
    expect(await dates()).toEqual([1, 1, 1, 1, 1]);
    expect(world.warnings).toEqual(['license dates could not be read for an answer']);
  });
});
