import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import { SERVICE_HEALTH_READ, TenantReadError } from '../../../src/domain/ports.ts';
import { CollectingWorld } from './a-collecting-world.ts';

let log: CollectingWorld;
beforeEach(async () => {
  log = await CollectingWorld.open();
});
afterEach(() => log.close());

const down = new TenantReadError('server-error', 'It is down.');

describe('a source that is down', () => {
  it('is a problem, keeps the coverage where it was, and is made up for', async () => {
    await log.run();
    const before = await log.completeTo();
    log.entra.failure = down;
    await log.runFor(6 * HOUR_MS);
    expect(await log.completeTo()).toEqual(before);
    expect(await log.world.store.audit.problems()).toMatchObject([{ code: 'server-error' }]);
    log.show('meanwhile', log.world.clock.now() - 3 * HOUR_MS);
    log.entra.failure = null;
    log.entra.asked.length = 0;
    expect((await log.run()).problems).toEqual([]);
    expect(await log.stored()).toEqual(['meanwhile']);
    expect((await log.completeTo())?.completeTo).toBe(log.world.clock.now() - 5 * MINUTE_MS);
    expect(log.entra.asked.length).toBeLessThan(12);
  });

  it('for less than seven days loses nothing', async () => {
    await log.run();
    const stopped = log.world.clock.now();
    log.show('first', stopped + MINUTE_MS);
    log.world.clock.advance(6.9 * DAY_MS);
    log.show('last', log.world.clock.now() - MINUTE_MS);
    await log.run();
    expect(await log.stored()).toEqual(['first', 'last']);
    expect(await log.summary()).toMatchObject({ windows: { failed: 0 } });
    expect((await log.completeTo())?.completeFrom).toBeLessThan(stopped);
  });

  it('for longer leaves a hole that the ledger names, before which nothing is claimed', async () => {
    await log.run();
    const stopped = log.world.clock.now();
    log.world.clock.advance(10 * DAY_MS);
    await log.run();
    const earliest = log.world.clock.now() - 7 * DAY_MS + 5 * MINUTE_MS;
    expect((await log.summary())?.failures).toContainEqual(
      expect.objectContaining({
        to: earliest,
        lost: true,
        reason: expect.stringMatching(/Nobody collected/),
      }),
    );
    expect((await log.summary())?.failures.at(-1)?.from).toBeLessThanOrEqual(stopped + HOUR_MS);
    expect(await log.completeTo()).toMatchObject({
      completeFrom: earliest,
      completeTo: log.world.clock.now() - 5 * MINUTE_MS,
    });
  });

  it('does not count a collection that we stopped ourselves', async () => {
    await log.run();
    log.entra.failure = new TenantReadError('cancelled', 'Stopped.');
    log.world.clock.advance(5 * MINUTE_MS);
    expect((await log.run()).problems).toEqual([]);
    expect((await log.summary())?.windows.failed).toBe(0);
  });
});

describe('a window with a blob that cannot be read', () => {
  it('is failed with the reason, holds the coverage, is tried again, and does not stop the others', async () => {
    await log.run();
    const hour = log.world.clock.now();
    await log.runFor(3.5 * HOUR_MS);
    log.entra.unreadable.set(hour + 30 * MINUTE_MS, 'A blob is not valid JSON.');
    await log.runFor(HOUR_MS);
    expect((await log.summary())?.failures).toEqual([
      {
        from: hour,
        to: hour + HOUR_MS,
        attempts: expect.any(Number),
        reason: 'A blob is not valid JSON.',
        lost: false,
      },
    ]);
    expect((await log.completeTo())?.completeTo).toBe(hour - 5 * MINUTE_MS);
    log.show('elsewhere', log.world.clock.now() - MINUTE_MS);
    await log.run();
    expect(await log.stored()).toEqual(['elsewhere']);
    const { failures } = (await log.summary()) ?? { failures: [] };
    expect(failures[0]?.attempts).toBeGreaterThan(2);
    log.entra.unreadable.clear();
    await log.runFor(2 * HOUR_MS);
    expect((await log.summary())?.windows.failed).toBe(0);
    expect((await log.completeTo())?.completeTo).toBe(log.world.clock.now() - 5 * MINUTE_MS);
  });

  it('becomes a hole when it stays so until the source forgets it', async () => {
    await log.run();
    const hour = log.world.clock.now();
    log.entra.unreadable.set(hour + 30 * MINUTE_MS, 'A blob is not valid JSON.');
    for (let hours = 0; hours < 8 * 24; hours++) {
      log.world.clock.advance(HOUR_MS);
      await log.run();
    }
    expect((await log.summary())?.failures).toMatchObject([{ from: hour, to: hour + HOUR_MS, lost: true }]);
    expect(await log.completeTo()).toMatchObject({ completeFrom: hour + HOUR_MS });
    expect(log.entra.asked.length).toBeLessThan(8 * 24 * 8);
  }, 30_000);
});

describe('the service health', () => {
  const last = () => log.world.store.jobs.last(SERVICE_HEALTH_READ);

  it('is noted as read, and as refused with the reason, which keeps when it was read', async () => {
    await log.run();
    const readAt = (await last())?.lastSuccessAt;
    expect(readAt).toBe(log.world.clock.now());
    const { reader } = log.world.context;
    log.world.context.reader = {
      ...reader,
      serviceIssues: async () => {
        throw new TenantReadError('forbidden', 'Grant ServiceHealth.Read.All.');
      },
    };
    log.world.clock.advance(5 * MINUTE_MS);
    await log.run();
    expect(await last()).toMatchObject({
      ok: false,
      detail: 'Grant ServiceHealth.Read.All.',
      lastSuccessAt: readAt,
    });
  });
});
