import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/durations.ts';
import { TenantReadError } from '../../../src/domain/ports.ts';
import { anArchivedEvent } from '../../builders/audit/archived-event.ts';
import { FakeAuditFeed } from '../../fakes/fake-audit-feed.ts';
import { CollectingWorld } from './a-collecting-world.ts';

let log: CollectingWorld;
beforeEach(async () => {
  log = await CollectingWorld.open();
});
afterEach(() => log.close());

describe('the first collection', () => {
  it('reads all of the seven days that the source keeps, and says from when to when', async () => {
    const now = log.world.clock.now();
    log.show('old', now - 6.9 * DAY_MS);
    log.show('new', now - MINUTE_MS);
    expect(await log.run()).toEqual({ added: 2, problems: [] });
    expect(await log.completeTo()).toEqual({
      source: 'directoryAudits',
      completeFrom: now - 7 * DAY_MS + 5 * MINUTE_MS,
      completeTo: now - 5 * MINUTE_MS,
    });
    expect((await log.summary())?.windows).toMatchObject({ planned: 0, failed: 0 });
  });

  it('begins with what happens now, and claims nothing before the rest is read', async () => {
    const now = log.world.clock.now();
    log.world.context.onStep = (step) => {
      if (step === 'collect:read') throw new Error('the process dies');
    };
    await expect(log.run()).rejects.toThrow('dies');
    expect(log.entra.asked).toEqual([{ from: now - DAY_MS, to: now }]);
    expect(await log.completeTo()).toMatchObject({ completeTo: null });
    log.world.context.onStep = () => undefined;
    log.entra.asked.length = 0;
    await log.run();
    expect(log.entra.asked[1]?.from).toBe(now - 7 * DAY_MS + 5 * MINUTE_MS);
    expect(log.entra.asked.length).toBeLessThanOrEqual(8);
  });

  it('of a content type that was closed until now claims nothing of before', async () => {
    log.entra.openedAt = log.world.clock.now();
    await log.run();
    await log.runFor(10 * MINUTE_MS);
    expect((await log.completeTo())?.completeFrom).toBe(log.world.clock.now() - 10 * MINUTE_MS);
    expect((await log.summary())?.windows.failed).toBe(0);
  });
});

describe('a collection every five minutes', () => {
  it('asks only for what happens now, and for hours of certain ages again', async () => {
    await log.run();
    log.entra.asked.length = 0;
    const start = log.world.clock.now();
    await log.runFor(DAY_MS);
    const again = log.entra.asked.filter(
      ({ to }) => to % HOUR_MS === 0 && to < log.world.clock.now() - 2 * HOUR_MS,
    );
    // One a collection for now; five ages an hour.
    expect(log.entra.asked.length).toBeLessThan(24 * 12 + 24 * 5 + 10);
    expect(again.length).toBeGreaterThan(24);
    expect(start % HOUR_MS).toBe(0);
  });

  it.each([
    ['3 hours', 3 * HOUR_MS],
    ['12 hours', 12 * HOUR_MS],
    ['24 hours', DAY_MS],
    ['48 hours', 48 * HOUR_MS],
    ['nearly 7 days', 6.9 * DAY_MS],
  ])('finds a record that shows up less than %s late', async (_, late) => {
    await log.run();
    await log.runFor(HOUR_MS);
    const happenedAt = log.world.clock.now() - 30 * MINUTE_MS;
    await log.runFor(2 * HOUR_MS + 10 * MINUTE_MS);
    log.world.clock.time = happenedAt + late - 70 * MINUTE_MS;
    await log.run();
    log.show('late', happenedAt);
    await log.runFor(2.5 * HOUR_MS);
    expect(await log.stored()).toEqual(['late']);
  });

  it('stores a record once, however often it is read', async () => {
    log.show('once', log.world.clock.now() - 10 * MINUTE_MS);
    expect((await log.run()).added).toBe(1);
    log.world.clock.advance(5 * MINUTE_MS);
    expect((await log.run()).added).toBe(0);
  });
});

describe('a content type', () => {
  it('that was closed in between is opened at once, and the time it was closed is a hole', async () => {
    await log.run();
    log.world.clock.advance(30 * MINUTE_MS);
    await log.run();
    const lastRead = log.world.clock.now();
    log.world.clock.advance(2 * HOUR_MS);
    log.entra.closed = true;
    log.entra.openedAt = log.world.clock.now();
    expect((await log.run()).problems).toEqual([]);
    await log.runFor(10 * MINUTE_MS);
    expect((await log.summary())?.failures.map(({ lost }) => lost)).not.toContain(false);
    expect((await log.completeTo())?.completeFrom).toBe(log.world.clock.now() - 10 * MINUTE_MS);
    expect(lastRead).toBeLessThan(log.world.clock.now());
  });

  it('that needs a permission of its own is no problem without it', async () => {
    log.entra.optional = true;
    log.entra.failure = new TenantReadError('forbidden', 'Not permitted.');
    expect((await log.run()).problems).toEqual([]);
    expect(await log.summary()).toBeUndefined();
  });

  it('with other records than licenses does not decide until when the log is complete', async () => {
    const mail = new FakeAuditFeed({ source: 'activity', contentType: 'Audit.Exchange' });
    log.world.context.auditReaders = [mail];
    await log.run();
    expect(await log.completeTo()).toMatchObject({ source: 'activity', completeTo: null });
    expect(await log.summary()).toMatchObject({ contentType: 'Audit.Exchange' });
  });
});

describe('a sequenced record', () => {
  it('is whole when its last part arrives in a later collection, and names its actor before', async () => {
    const text = JSON.stringify({
      targetUpdatedProperties: JSON.stringify([
        { Name: 'AssignedLicense', OldValue: '["[SkuId=sku]"]', NewValue: '[]' },
      ]),
    });
    const part = (number: number, fragment: string): void => {
      const at = log.world.clock.now() - MINUTE_MS;
      const sequence = { key: 'k', part: number, of: 2, fragment };
      log.entra.shown.push({ at, event: anArchivedEvent({ id: `part-${number}`, at, sequence }) });
    };
    const licenses = async () => {
      const events = await log.world.store.audit.find({ from: 0, to: log.world.clock.now() });
      return events.map((event) => [event.actor?.id, event.licenses?.before.length]);
    };
    part(2, text.slice(20));
    await log.run();
    expect(await licenses()).toEqual([['ines', undefined]]);
    log.world.clock.advance(5 * MINUTE_MS);
    part(1, text.slice(0, 20));
    await log.run();
    expect(await licenses()).toEqual([
      ['ines', 1],
      ['ines', 1],
    ]);
  });
});

describe('a process that dies in a collection', () => {
  it.each(['collect:begun', 'collect:page', 'collect:read'])(
    'at %s leaves nothing undone that the next one does not do',
    async (step) => {
      const now = log.world.clock.now();
      log.show('a', now - 5 * HOUR_MS);
      log.show('b', now - MINUTE_MS);
      log.world.context.onStep = (reached) => {
        if (reached === step) throw new Error('the process dies');
      };
      await expect(log.run()).rejects.toThrow('dies');
      const claimed = (await log.completeTo())?.completeTo ?? null;
      expect(claimed).toBeNull();
      log.world.context.onStep = () => undefined;
      await log.run();
      expect(await log.stored()).toEqual(['a', 'b']);
      expect(await log.completeTo()).toMatchObject({ completeTo: now - 5 * MINUTE_MS });
      expect((await log.summary())?.windows).toMatchObject({ planned: 0, failed: 0 });
    },
  );
});
