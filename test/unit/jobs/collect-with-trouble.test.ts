import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TenantReadError } from '../../../src/domain/ports.ts';
import { CollectingWorld, DAY, HOUR, MINUTE } from './a-collecting-world.ts';

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
    await log.runFor(6 * HOUR);
    expect(await log.completeTo()).toEqual(before);
    expect(await log.world.store.audit.problems()).toMatchObject([{ code: 'server-error' }]);
    log.show('meanwhile', log.world.clock.now() - 3 * HOUR);
    log.entra.failure = null;
    log.entra.asked.length = 0;
    expect((await log.run()).problems).toEqual([]);
    expect(await log.stored()).toEqual(['meanwhile']);
    expect((await log.completeTo())?.completeTo).toBe(log.world.clock.now() - 5 * MINUTE);
    expect(log.entra.asked.length).toBeLessThan(12);
  });

  it('for less than seven days loses nothing', async () => {
    await log.run();
    const stopped = log.world.clock.now();
    log.show('first', stopped + MINUTE);
    log.world.clock.advance(6.9 * DAY);
    log.show('last', log.world.clock.now() - MINUTE);
    await log.run();
    expect(await log.stored()).toEqual(['first', 'last']);
    expect(await log.summary()).toMatchObject({ windows: { failed: 0 } });
    expect((await log.completeTo())?.completeFrom).toBeLessThan(stopped);
  });

  it('for longer leaves a hole that the ledger names, before which nothing is claimed', async () => {
    await log.run();
    const stopped = log.world.clock.now();
    log.world.clock.advance(10 * DAY);
    await log.run();
    const earliest = log.world.clock.now() - 7 * DAY + 5 * MINUTE;
    expect((await log.summary())?.failures).toContainEqual(
      expect.objectContaining({
        to: earliest,
        lost: true,
        reason: expect.stringMatching(/Nobody collected/),
      }),
    );
    expect((await log.summary())?.failures.at(-1)?.from).toBeLessThanOrEqual(stopped + HOUR);
    expect(await log.completeTo()).toMatchObject({
      completeFrom: earliest,
      completeTo: log.world.clock.now() - 5 * MINUTE,
    });
  });

  it('does not count a collection that we stopped ourselves', async () => {
    await log.run();
    log.entra.failure = new TenantReadError('cancelled', 'Stopped.');
    log.world.clock.advance(5 * MINUTE);
    expect((await log.run()).problems).toEqual([]);
    expect((await log.summary())?.windows.failed).toBe(0);
  });
});

describe('a window with a blob that cannot be read', () => {
  it('is failed with the reason, holds the coverage, is tried again, and does not stop the others', async () => {
    await log.run();
    const hour = log.world.clock.now();
    await log.runFor(3.5 * HOUR);
    log.entra.unreadable.set(hour + 30 * MINUTE, 'A blob is not valid JSON.');
    await log.runFor(HOUR);
    expect((await log.summary())?.failures).toEqual([
      {
        from: hour,
        to: hour + HOUR,
        attempts: expect.any(Number),
        reason: 'A blob is not valid JSON.',
        lost: false,
      },
    ]);
    expect((await log.completeTo())?.completeTo).toBe(hour - 5 * MINUTE);
    log.show('elsewhere', log.world.clock.now() - MINUTE);
    await log.run();
    expect(await log.stored()).toEqual(['elsewhere']);
    const { failures } = (await log.summary()) ?? { failures: [] };
    expect(failures[0]?.attempts).toBeGreaterThan(2);
    log.entra.unreadable.clear();
    await log.runFor(2 * HOUR);
    expect((await log.summary())?.windows.failed).toBe(0);
    expect((await log.completeTo())?.completeTo).toBe(log.world.clock.now() - 5 * MINUTE);
  });

  it('becomes a hole when it stays so until the source forgets it', async () => {
    await log.run();
    const hour = log.world.clock.now();
    log.entra.unreadable.set(hour + 30 * MINUTE, 'A blob is not valid JSON.');
    for (let hours = 0; hours < 8 * 24; hours++) {
      log.world.clock.advance(HOUR);
      await log.run();
    }
    expect((await log.summary())?.failures).toMatchObject([{ from: hour, to: hour + HOUR, lost: true }]);
    expect(await log.completeTo()).toMatchObject({ completeFrom: hour + HOUR });
    expect(log.entra.asked.length).toBeLessThan(8 * 24 * 8);
  }, 30_000);
});
