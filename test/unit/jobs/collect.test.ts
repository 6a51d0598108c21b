import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeedSummary } from '../../../src/domain/audit/archive.ts';
import { reassemble } from '../../../src/domain/audit/sequence.ts';
import { TenantReadError } from '../../../src/domain/ports.ts';
import { collect } from '../../../src/jobs/collect/collect.ts';
import { anArchivedEvent } from '../../builders/archived-event.ts';
import { aJobWorld, type JobWorld } from '../../builders/job-context.ts';
import { FakeAuditFeed } from '../../fakes/fake-audit-feed.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const signal = new AbortController().signal;

let world: JobWorld;
let entra: FakeAuditFeed;
beforeEach(async () => {
  world = await aJobWorld();
  entra = new FakeAuditFeed();
  world.context.auditReaders = [entra];
});
afterEach(() => world.store.close());

const run = () => collect(world.context, signal);

/** A collection each five minutes, as scheduled. */
async function runFor(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5 * MINUTE) {
    world.clock.advance(5 * MINUTE);
    await run();
  }
}

const show = (id: string, at: number): void => {
  entra.shown.push({ at, event: anArchivedEvent({ id, at }) });
};
const stored = async (): Promise<string[]> =>
  (await world.store.audit.find({ from: 0, to: world.clock.now() })).map((event) => event.id);
const summary = async (): Promise<FeedSummary | undefined> => (await world.store.audit.feeds())[0];
const completeTo = async () => (await world.store.audit.coverage())[0];
const down = new TenantReadError('server-error', 'It is down.');

describe('the first collection', () => {
  it('reads all of the seven days that the source keeps, and says from when to when', async () => {
    const now = world.clock.now();
    show('old', now - 6.9 * DAY);
    show('new', now - MINUTE);
    expect(await run()).toEqual({ added: 2, problems: [] });
    expect(await completeTo()).toEqual({
      source: 'directoryAudits',
      completeFrom: now - 7 * DAY + 5 * MINUTE,
      completeTo: now - 5 * MINUTE,
    });
    expect((await summary())?.windows).toMatchObject({ planned: 0, failed: 0 });
  });

  it('begins with what happens now, and claims nothing before the rest is read', async () => {
    const now = world.clock.now();
    world.context.onStep = (step) => {
      if (step === 'collect:read') throw new Error('the process dies');
    };
    await expect(run()).rejects.toThrow('dies');
    expect(entra.asked).toEqual([{ from: now - DAY, to: now }]);
    expect(await completeTo()).toMatchObject({ completeTo: null });
    world.context.onStep = () => undefined;
    entra.asked.length = 0;
    await run();
    expect(entra.asked[1]?.from).toBe(now - 7 * DAY + 5 * MINUTE);
    expect(entra.asked.length).toBeLessThanOrEqual(8);
  });

  it('of a content type that was closed until now claims nothing of before', async () => {
    entra.openedAt = world.clock.now();
    await run();
    await runFor(10 * MINUTE);
    expect((await completeTo())?.completeFrom).toBe(world.clock.now() - 10 * MINUTE);
    expect((await summary())?.windows.failed).toBe(0);
  });
});

describe('a collection every five minutes', () => {
  it('asks only for what happens now, and for hours of certain ages again', async () => {
    await run();
    entra.asked.length = 0;
    const start = world.clock.now();
    await runFor(DAY);
    const again = entra.asked.filter(({ to }) => to % HOUR === 0 && to < world.clock.now() - 2 * HOUR);
    // One a collection for now; five ages an hour.
    expect(entra.asked.length).toBeLessThan(24 * 12 + 24 * 5 + 10);
    expect(again.length).toBeGreaterThan(24);
    expect(start % HOUR).toBe(0);
  });

  it.each([
    ['3 hours', 3 * HOUR],
    ['12 hours', 12 * HOUR],
    ['24 hours', 24 * HOUR],
    ['48 hours', 48 * HOUR],
    ['nearly 7 days', 6.9 * DAY],
  ])('finds a record that shows up less than %s late', async (_, late) => {
    await run();
    await runFor(HOUR);
    const happenedAt = world.clock.now() - 30 * MINUTE;
    await runFor(2 * HOUR + 10 * MINUTE);
    world.clock.time = happenedAt + late - 70 * MINUTE;
    await run();
    show('late', happenedAt);
    await runFor(2.5 * HOUR);
    expect(await stored()).toEqual(['late']);
  });

  it('stores a record once, however often it is read', async () => {
    show('once', world.clock.now() - 10 * MINUTE);
    expect((await run()).added).toBe(1);
    world.clock.advance(5 * MINUTE);
    expect((await run()).added).toBe(0);
  });
});

describe('a source that is down', () => {
  it('is a problem, keeps the coverage where it was, and is made up for', async () => {
    await run();
    const before = await completeTo();
    entra.failure = down;
    await runFor(6 * HOUR);
    expect(await completeTo()).toEqual(before);
    expect(await world.store.audit.problems()).toMatchObject([{ code: 'server-error' }]);
    show('meanwhile', world.clock.now() - 3 * HOUR);
    entra.failure = null;
    entra.asked.length = 0;
    expect((await run()).problems).toEqual([]);
    expect(await stored()).toEqual(['meanwhile']);
    expect((await completeTo())?.completeTo).toBe(world.clock.now() - 5 * MINUTE);
    expect(entra.asked.length).toBeLessThan(12);
  });

  it('for less than seven days loses nothing', async () => {
    await run();
    const stopped = world.clock.now();
    show('first', stopped + MINUTE);
    world.clock.advance(6.9 * DAY);
    show('last', world.clock.now() - MINUTE);
    await run();
    expect(await stored()).toEqual(['first', 'last']);
    expect(await summary()).toMatchObject({ windows: { failed: 0 } });
    expect((await completeTo())?.completeFrom).toBeLessThan(stopped);
  });

  it('for longer leaves a hole that the ledger names, before which nothing is claimed', async () => {
    await run();
    const stopped = world.clock.now();
    world.clock.advance(10 * DAY);
    await run();
    const earliest = world.clock.now() - 7 * DAY + 5 * MINUTE;
    expect((await summary())?.failures).toContainEqual(
      expect.objectContaining({
        to: earliest,
        lost: true,
        reason: expect.stringMatching(/Nobody collected/),
      }),
    );
    expect((await summary())?.failures.at(-1)?.from).toBeLessThanOrEqual(stopped + HOUR);
    expect(await completeTo()).toMatchObject({
      completeFrom: earliest,
      completeTo: world.clock.now() - 5 * MINUTE,
    });
  });

  it('does not count a collection that we stopped ourselves', async () => {
    await run();
    entra.failure = new TenantReadError('cancelled', 'Stopped.');
    world.clock.advance(5 * MINUTE);
    expect((await run()).problems).toEqual([]);
    expect((await summary())?.windows.failed).toBe(0);
  });
});

describe('a window with a blob that cannot be read', () => {
  it('is failed with the reason, holds the coverage, is tried again, and does not stop the others', async () => {
    await run();
    const hour = world.clock.now();
    await runFor(3.5 * HOUR);
    entra.unreadable.set(hour + 30 * MINUTE, 'A blob is not valid JSON.');
    await runFor(HOUR);
    expect((await summary())?.failures).toEqual([
      {
        from: hour,
        to: hour + HOUR,
        attempts: expect.any(Number),
        reason: 'A blob is not valid JSON.',
        lost: false,
      },
    ]);
    expect((await completeTo())?.completeTo).toBe(hour - 5 * MINUTE);
    show('elsewhere', world.clock.now() - MINUTE);
    await run();
    expect(await stored()).toEqual(['elsewhere']);
    const { failures } = (await summary()) ?? { failures: [] };
    expect(failures[0]?.attempts).toBeGreaterThan(2);
    entra.unreadable.clear();
    await runFor(2 * HOUR);
    expect((await summary())?.windows.failed).toBe(0);
    expect((await completeTo())?.completeTo).toBe(world.clock.now() - 5 * MINUTE);
  });

  it('becomes a hole when it stays so until the source forgets it', async () => {
    await run();
    const hour = world.clock.now();
    entra.unreadable.set(hour + 30 * MINUTE, 'A blob is not valid JSON.');
    for (let hours = 0; hours < 8 * 24; hours++) {
      world.clock.advance(HOUR);
      await run();
    }
    expect((await summary())?.failures).toMatchObject([{ from: hour, to: hour + HOUR, lost: true }]);
    expect(await completeTo()).toMatchObject({ completeFrom: hour + HOUR });
    expect(entra.asked.length).toBeLessThan(8 * 24 * 8);
  }, 30_000);
});

describe('a content type', () => {
  it('that was closed in between is opened at once, and the time it was closed is a hole', async () => {
    await run();
    world.clock.advance(30 * MINUTE);
    await run();
    const lastRead = world.clock.now();
    world.clock.advance(2 * HOUR);
    entra.closed = true;
    entra.openedAt = world.clock.now();
    expect((await run()).problems).toEqual([]);
    await runFor(10 * MINUTE);
    expect((await summary())?.failures.map(({ lost }) => lost)).not.toContain(false);
    expect((await completeTo())?.completeFrom).toBe(world.clock.now() - 10 * MINUTE);
    expect(lastRead).toBeLessThan(world.clock.now());
  });

  it('that needs a permission of its own is no problem without it', async () => {
    entra.optional = true;
    entra.failure = new TenantReadError('forbidden', 'Not permitted.');
    expect((await run()).problems).toEqual([]);
    expect(await summary()).toBeUndefined();
  });

  it('with other records than licenses does not decide until when the log is complete', async () => {
    const mail = new FakeAuditFeed({ source: 'activity', contentType: 'Audit.Exchange' });
    world.context.auditReaders = [mail];
    await run();
    expect(await completeTo()).toMatchObject({ source: 'activity', completeTo: null });
    expect(await summary()).toMatchObject({ contentType: 'Audit.Exchange' });
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
      const at = world.clock.now() - MINUTE;
      const sequence = { key: 'k', part: number, of: 2, fragment };
      entra.shown.push({ at, event: anArchivedEvent({ id: `part-${number}`, at, sequence }) });
    };
    const licenses = async () => {
      const events = await world.store.audit.find({ from: 0, to: world.clock.now() });
      return reassemble(events).map((event) => [event.actor?.id, event.licenses?.before.length]);
    };
    part(2, text.slice(20));
    await run();
    expect(await licenses()).toEqual([['ines', undefined]]);
    world.clock.advance(5 * MINUTE);
    part(1, text.slice(0, 20));
    await run();
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
      const now = world.clock.now();
      show('a', now - 5 * HOUR);
      show('b', now - MINUTE);
      world.context.onStep = (reached) => {
        if (reached === step) throw new Error('the process dies');
      };
      await expect(run()).rejects.toThrow('dies');
      const claimed = (await completeTo())?.completeTo ?? null;
      expect(claimed).toBeNull();
      world.context.onStep = () => undefined;
      await run();
      expect(await stored()).toEqual(['a', 'b']);
      expect(await completeTo()).toMatchObject({ completeTo: now - 5 * MINUTE });
      expect((await summary())?.windows).toMatchObject({ planned: 0, failed: 0 });
    },
  );
});
