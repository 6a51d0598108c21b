import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import { scan } from '../../../src/jobs/scan/scan.ts';
import type { Fault } from '../../../src/simulator/http/faults.ts';
import { FORUM_VICTIMS } from '../../../src/simulator/scenarios/forum.ts';
import { PRODUCT, WatchedTenant } from './watched-tenant.ts';

const OUT: Fault = { path: '/v1.0/', effect: { kind: 'status', status: 503 } };
const RICK = FORUM_VICTIMS[0] ?? '';
const PATRICK = 'patrick.moran@contoso.com';

describe('an outage', () => {
  let watched: WatchedTenant;
  beforeEach(async () => {
    watched = new WatchedTenant();
    await watched.start();
  });
  afterEach(() => watched.stop());

  const breakDown = (): void => watched.simulator.tenant.fault(OUT);
  const mend = (): void => watched.simulator.tenant.clearFaults();
  const missReads = async (count: number): Promise<void> => {
    for (let miss = 0; miss < count; miss++) await watched.scan(miss % 2 === 0 ? 'delta' : 'full');
  };
  const idOf = (upn: string): string => watched.simulator.tenant.user(upn)?.id ?? '';

  it('is told to the channel once, at the third miss, and not again after a restart', async () => {
    breakDown();
    await missReads(2);
    expect(await watched.notices()).toEqual([]);
    await missReads(1);
    expect(await watched.notices()).toEqual([
      expect.objectContaining({
        title: 'License Watch cannot read the tenant',
        text: expect.stringMatching(/^3 scans in a row .* \(503.*“status”/s),
      }),
    ]);
    await missReads(1);
    await watched.restart();
    await missReads(2);
    expect(await watched.notices()).toHaveLength(1);
  });

  it('is told again only when a complete read lay between', async () => {
    breakDown();
    await missReads(3);
    mend();
    expect(await watched.scan('delta')).toMatchObject({ outcome: 'complete' });
    expect(JSON.stringify(await watched.status())).not.toContain('incomplete');
    breakDown();
    await missReads(2);
    expect(await watched.notices()).toHaveLength(1);
    await missReads(1);
    expect(await watched.notices()).toHaveLength(2);
  });

  it('is told when even the first read never succeeds', async () => {
    const empty = new WatchedTenant();
    await empty.begin();
    try {
      empty.simulator.tenant.fault(OUT);
      for (let miss = 0; miss < 4; miss++) await empty.scan('delta');
      expect(await empty.notices()).toHaveLength(1);
      expect(await empty.readiness()).toMatchObject({ ok: false });
    } finally {
      await empty.stop();
    }
  });

  it('is not over, and not told twice, because a few users could be read by id meanwhile', async () => {
    watched.simulator.tenant.fault({ path: '/v1.0/subscribedSkus', effect: OUT.effect });
    const readRick = () =>
      scan(watched.jobs, { kind: 'targeted', userIds: [idOf(RICK)] }, new AbortController().signal);
    await missReads(2);
    expect(await readRick()).toMatchObject({ kind: 'targeted', outcome: 'complete' });
    await missReads(1);
    expect(await watched.notices()).toHaveLength(1);
    await readRick();
    await missReads(3);
    expect(await watched.notices()).toHaveLength(1);
  });

  it('is not what stopping the process makes of a scan', async () => {
    for (let stop = 0; stop < 4; stop++) {
      const record = await watched.scan('full', AbortSignal.abort());
      expect(record).toMatchObject({ outcome: 'incomplete', reasonCode: 'cancelled' });
    }
    expect(await watched.notices()).toEqual([]);
    expect(JSON.stringify(await watched.status())).not.toContain('cancelled');
  });

  it.each(['delta', 'full'] as const)(
    'does not hide what happened meanwhile from the next %s read',
    async (kind) => {
      breakDown();
      await missReads(1);
      watched.withdraw(PATRICK);
      watched.simulator.tenant.act({ kind: 'assign-license', users: [RICK], sku: PRODUCT });
      await missReads(2);
      const during = await watched.store.changes.find({ userIds: [idOf(PATRICK), idOf(RICK)] });
      expect(during.map(({ change }) => change.kind)).toEqual(['lost']);
      mend();

      expect(await watched.scan(kind)).toMatchObject({ outcome: 'complete', changes: 2 });

      const [lost] = await watched.store.changes.find({ userIds: [idOf(PATRICK)] });
      expect(lost?.change).toMatchObject({ kind: 'lost' });
      expect(lost?.incidentId).not.toBeNull();
      const [gained] = await watched.store.changes.find({ userIds: [idOf(RICK)] });
      expect(gained?.change).toMatchObject({ kind: 'gained' });
      // It may have happened at any time since the last good read, which is where the search for a cause begins.
      const outage = (await watched.store.scans.recent(10)).filter(({ outcome }) => outcome === 'incomplete');
      expect(lost?.change.observedBefore).toBeLessThan(Math.min(...outage.map(({ startedAt }) => startedAt)));
    },
  );

  it('makes the process not ready after three of its pauses, and says since when and why', async () => {
    expect((await watched.readiness()).checks).toContainEqual(
      expect.objectContaining({ name: 'scan', ok: true }),
    );
    breakDown();
    await missReads(1);
    watched.clock.advance(15 * MINUTE_MS);
    const { ok, checks } = await watched.readiness();
    expect(ok).toBe(false);
    expect(checks.find(({ name }) => name === 'scan')).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/more than 15 min.*503/),
    });
  });

  it('does not hold a read up: a pause of an hour is not waited for', async () => {
    watched.simulator.tenant.fault({
      path: '/v1.0/',
      effect: { kind: 'status', status: 429, retryAfter: '3600' },
    });
    watched.simulator.tenant.clearRequests();
    const record = await watched.scan('full');
    expect(record.finishedAt - record.startedAt).toBeLessThan(1_000);
    expect(watched.simulator.tenant.requests().total).toBeLessThan(5);
  });
});
