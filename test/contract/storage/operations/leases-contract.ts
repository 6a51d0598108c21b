import { beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../../src/domain/durations.ts';
import type { HeldLease, LeaseTerm, Store } from '../../../../src/domain/ports.ts';
import { aScanRecord } from '../../../builders/jobs/scan-record.ts';
import type { Subject } from '../store-under-test.ts';

/** Leases and their terms, and that nothing is written after a term. */
export function leasesContract(subject: Subject): void {
  describe('a lease', () => {
    const taken = async (
      holder: string,
      length = MINUTE_MS,
      seen: HeldLease | null = null,
    ): Promise<LeaseTerm> => {
      const term = await subject.store.leases.take('scan', holder, length, seen);
      if (!term) throw new Error(`${holder} did not get the lease`);
      return term;
    };
    const seen = async (length = MINUTE_MS): Promise<HeldLease> => {
      const lease = await subject.store.leases.current('scan', length);
      if (!lease) throw new Error('nobody holds the lease');
      return lease;
    };

    it('is held by one until it is given back, in terms whose numbers only grow', async () => {
      const { leases } = subject.store;
      expect(await leases.current('scan', MINUTE_MS)).toBeNull();
      const first = await taken('one');
      expect(await leases.take('scan', 'two', MINUTE_MS, null)).toBeNull();
      expect(await seen()).toMatchObject({ holder: 'one', token: first.token, renewals: 0, time: 'running' });
      expect(await leases.renew(first, MINUTE_MS)).toBe(true);
      expect(await seen()).toMatchObject({ renewals: 1 });
      await leases.release(first);
      expect(await leases.current('scan', MINUTE_MS)).toBeNull();
      const second = await taken('two');
      expect(second.token).toBeGreaterThan(first.token);
      expect(await leases.renew(first, MINUTE_MS)).toBe(false);
      await leases.release(first);
      expect(await seen()).toMatchObject({ holder: 'two' });
      expect(await leases.take('collect', 'one', MINUTE_MS, null)).not.toBeNull();
    });

    it('is taken over only as it was seen: a holder that renewed meanwhile keeps it', async () => {
      const { leases } = subject.store;
      const first = await taken('one');
      const before = await seen();
      await leases.renew(first, MINUTE_MS);
      expect(await leases.take('scan', 'two', MINUTE_MS, before)).toBeNull();
      const second = await taken('two', MINUTE_MS, await seen());
      expect(second.token).toBeGreaterThan(first.token);
      expect(await leases.renew(first, MINUTE_MS)).toBe(false);
    });

    it.each<[string, number, HeldLease['time']]>([
      ['within its length', MINUTE_MS, 'running'],
      ['past its end', -1, 'over'],
      ['further ahead than its length', 3 * HOUR_MS, 'too-far-ahead'],
    ])('%s: by the clock of the database', async (_case, length, time) => {
      await taken('one', length);
      expect((await seen()).time).toBe(time);
    });

    it('that an earlier version wrote counts as any other', async () => {
      await subject.execute("insert into leases (name, holder, expires_at) values ('scan', 'old/1/x', 1)");
      expect(await seen()).toMatchObject({ holder: 'old/1/x', token: 0, time: 'over' });
      expect(await taken('new', MINUTE_MS, await seen())).toMatchObject({ name: 'scan' });
    });

    it('goes to one of many who ask at the same time', async () => {
      const { leases } = subject.store;
      const asked = Array.from({ length: 10 }, (_, index) =>
        leases.take('scan', `holder-${index}`, MINUTE_MS, null),
      );
      expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
    });

    describe('that somebody else has taken over', () => {
      const item = (key: string) => ({
        key,
        message: { kind: 'notice' as const, title: '', text: '' },
        notBefore: 0,
      });
      const keys = async () => (await subject.store.outbox.due(1)).map(({ key }) => key);
      let stale: LeaseTerm;
      beforeEach(async () => {
        stale = await taken('one');
        await subject.store.leases.under(stale, () => subject.store.outbox.enqueue([item('in time')]));
        await taken('two', MINUTE_MS, await seen());
      });

      it.each<[string, (store: Store) => Promise<unknown>]>([
        ['a transaction', (store) => store.outbox.enqueue([item('late')])],
        ['a single write', (store) => store.outbox.markSending('in time', 'channel')],
        ['a run of a job', (store) => store.jobs.started('scan', 1)],
        ['a collection', (store) => store.audit.setProblem('activity', null)],
        [
          'a scan',
          async (store) => {
            const session = await store.scans.begin('scan-1');
            await session.abandon(aScanRecord());
          },
        ],
        [
          'work after a pause, in a callback',
          (store) =>
            new Promise((done, fail) => setImmediate(() => store.outbox.drop('in time').then(done, fail))),
        ],
      ])('lets %s of the former holder change nothing', async (_what, write) => {
        const { store } = subject;
        await expect(store.leases.under(stale, () => write(store))).rejects.toMatchObject({
          code: 'lease-lost',
        });
        expect(await keys()).toEqual(['in time']);
        expect((await store.outbox.due(1))[0]).toMatchObject({ status: 'pending' });
        expect(await store.jobs.last('scan')).toBeNull();
        expect(await store.scans.last()).toBeNull();
      });

      it('lets the former holder read, and what belongs to no term write', async () => {
        const { store } = subject;
        expect(await store.leases.under(stale, keys)).toEqual(['in time']);
        await store.outbox.enqueue([item('of a person')]);
        expect(await keys()).toEqual(['in time', 'of a person']);
      });

      it('lets the former holder write in a new term', async () => {
        const { store } = subject;
        const next = await taken('one', MINUTE_MS, await seen());
        await store.leases.under(stale, () =>
          store.leases.under(next, () => store.outbox.enqueue([item('in the new term')])),
        );
        expect(await keys()).toEqual(['in time', 'in the new term']);
        await expect(
          store.leases.under(stale, () => store.outbox.enqueue([item('late')])),
        ).rejects.toMatchObject({ code: 'lease-lost' });
      });
    });
  });
}
