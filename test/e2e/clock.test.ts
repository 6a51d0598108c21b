import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../src/domain/durations.ts';
import { FORUM_VICTIMS } from '../../src/simulator/scenarios/forum.ts';
import { FakeConnector } from '../unit/teams/fake-connector.ts';
import { CrashWorld, until } from './crash-world.ts';
import { SettableClock } from './set-clock.ts';

const SKU = 'O365_BUSINESS_PREMIUM';
/** From the loss to its card, whatever the clock says, ms: a scan each second, on a busy machine. */
const SOON_MS = 20_000;
const EACH_SECOND = '* * * * * *';

let connector: FakeConnector;
let world: CrashWorld;
let clock: SettableClock;

beforeAll(async () => {
  connector = new FakeConnector();
  await connector.start();
});
afterAll(() => connector.stop());
beforeEach(async () => {
  world = await CrashWorld.open({ simulator: { scenario: 'forum' }, connector });
  clock = await SettableClock.install();
});
afterEach(async () => {
  await world.close();
  await clock.remove();
});

const lose = (upn: string | undefined): void =>
  world.simulator.tenant.act({ kind: 'withdraw-license', users: [upn ?? ''], sku: SKU });

const cards = () => world.posts.length;

async function toldOf(upn: string | undefined): Promise<number> {
  const before = cards();
  const startedAt = performance.now();
  lose(upn);
  await until(`a card about ${upn}`, () => cards() > before || edited());
  return performance.now() - startedAt;
}

/** A loss of the same cause joins the card of the one before. */
let seen = 0;
const edited = (): boolean => {
  const now = connector.said.length;
  const more = now > seen;
  seen = now;
  return more;
};

const scans = async (): Promise<number> => (await world.store.scans.recent(1_000)).length;

describe('a clock that is set while the product runs', () => {
  it.each([
    { from: 0, to: 3 * HOUR_MS, what: 'three hours forward' },
    { from: 3 * HOUR_MS, to: 0, what: 'three hours back' },
    { from: 0, to: -3 * MINUTE_MS, what: 'three minutes back' },
    { from: 0, to: 3 * MINUTE_MS, what: 'three minutes forward' },
  ])('$what: it reads, collects and alerts as before', async ({ from, to }) => {
    await clock.set(from);
    const child = world.start('', { ...clock.environment, COLLECT_SCHEDULE: EACH_SECOND });
    await until('a first scan', async () => (await world.store.scans.lastWhole()) !== null);
    const [first, second] = FORUM_VICTIMS;
    seen = connector.said.length;
    expect(await toldOf(first)).toBeLessThan(SOON_MS);
    await until('nothing on its way', () => world.nothingWaits());
    const collected = (await world.store.jobs.last('collect'))?.startedAt ?? 0;

    await clock.set(to);
    await wait(1_500);
    seen = connector.said.length;
    const read = await scans();
    expect(await toldOf(second)).toBeLessThan(SOON_MS);
    expect(await scans()).toBeGreaterThan(read);
    await until('another collection', async () => {
      const last = (await world.store.jobs.last('collect'))?.lastSuccessAt ?? collected;
      return to > from ? last > collected + (to - from) / 2 : last < collected;
    });
    expect(await world.stop(child)).toBe(0);
    const lost = await world.store.changes.find({});
    expect(lost.map(({ change }) => change.kind)).toEqual(['lost', 'lost']);
    for (const { change } of lost) expect(change.observedBefore).toBeLessThanOrEqual(change.observedAfter);
  });

  it('that was ahead when its process was killed holds up nobody after it', async () => {
    await clock.set(3 * HOUR_MS);
    const child = world.start('', clock.environment);
    await until('a first scan', async () => (await world.store.scans.lastWhole()) !== null);
    child.kill('SIGKILL');
    const next = await world.startAgain();
    seen = connector.said.length;
    expect(await toldOf(FORUM_VICTIMS[0])).toBeLessThan(SOON_MS);
    expect(await world.stop(next)).toBe(0);
  });

  it('that is two minutes ahead of another process’s takes no lease from one that lives', async () => {
    const leader = await world.startAgain();
    await until('a first scan', async () => (await world.store.scans.lastWhole()) !== null);
    const before = await world.store.leases.current('jobs', MINUTE_MS);
    await clock.set(2 * MINUTE_MS);
    const other = world.start('', clock.environment);
    await wait(25_000);
    const after = await world.store.leases.current('jobs', MINUTE_MS);
    expect(other.exitCode).toBeNull();
    expect(after).toMatchObject({ holder: before?.holder, token: before?.token });
    expect(after?.renewals).toBeGreaterThan(before?.renewals ?? 0);
    expect(await world.stop(leader)).toBe(0);
  });
});
