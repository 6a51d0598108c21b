import { describe, expect, it } from 'vitest';
import { aScanRecord } from '../../../builders/jobs/scan-record.ts';
import { anAssignment } from '../../../builders/license/user-state.ts';
import type { Subject } from '../store-under-test.ts';
import { allUsers, aScanCommit, pairsOf, scanFinds, userNo, usersNo } from './scanning.ts';

const withLicense = (no: number) => userNo(no, { assignments: [anAssignment()] });

export function scansContract(subject: Subject): void {
  describe('a scan session', () => {
    it('tells every user of a first read as never seen', async () => {
      const session = await subject.store.scans.begin('scan-1');
      await session.stage([userNo(1), userNo(2)]);
      expect(await pairsOf(session)).toEqual([
        { before: null, after: userNo(1) },
        { before: null, after: userNo(2) },
      ]);
    });

    it('tells nothing about users who are as they were', async () => {
      await scanFinds(subject.store, usersNo(1, 300));
      const session = await subject.store.scans.begin('scan-2');
      await session.stage(usersNo(1, 150));
      await session.stage(usersNo(151, 300));
      expect(await pairsOf(session)).toEqual([]);
      expect(await session.unseen()).toEqual([]);
    });

    it('tells the state before and after of a user who changed', async () => {
      await scanFinds(subject.store, [userNo(1), withLicense(2), userNo(3)]);
      const session = await subject.store.scans.begin('scan-2');
      await session.stage([userNo(1), userNo(2), userNo(3)]);
      expect(await pairsOf(session)).toEqual([{ before: withLicense(2), after: userNo(2) }]);
    });

    it('keeps every field of a user, whatever its text', async () => {
      const odd = userNo(1, {
        displayName: 'Łukasz "Lu" O’Brien\u0000\n\\ 👩‍💻 \ud800',
        givenName: null,
        mail: null,
        accountEnabled: false,
        usageLocation: null,
        onPremisesSyncEnabled: true,
        assignments: [
          anAssignment({ disabledPlans: ['a', 'b'] }),
          anAssignment({ path: 'group-1', state: 'Error', error: 'CountViolation' }),
        ],
      });
      await scanFinds(subject.store, [odd]);
      const [stored] = await subject.store.users.byIds([odd.id]);
      expect(stored?.state).toEqual(odd);
    });

    it('lets the last reading of a user count, in one page and across pages', async () => {
      await scanFinds(subject.store, [userNo(1), userNo(2)]);
      const session = await subject.store.scans.begin('scan-2');
      await session.stage([withLicense(1), userNo(1), userNo(2), userNo(3)]);
      await session.stage([withLicense(2), withLicense(3)]);
      expect(await pairsOf(session)).toEqual([
        { before: userNo(2), after: withLicense(2) },
        { before: null, after: withLicense(3) },
      ]);
      await session.commit(aScanCommit());
      expect((await allUsers(subject.store)).map((user) => user.state)).toEqual([
        userNo(1),
        withLicense(2),
        withLicense(3),
      ]);
    });

    it('lets the last reading count in a first read, also when it says that the user is gone', async () => {
      const session = await subject.store.scans.begin('scan-1');
      await session.stage([userNo(1), userNo(2), userNo(3)]);
      await session.stage([withLicense(1)]);
      await session.stageGone([userNo(2).id, userNo(3).id]);
      await session.stage([userNo(3)]);
      await session.commit(aScanCommit());
      const users = await allUsers(subject.store);
      expect(users.map((user) => user.state)).toEqual([withLicense(1), userNo(3)]);
      expect(await subject.store.users.count()).toEqual({ present: 2, licensed: 1 });
    });

    it('finds users wherever in the listing they have moved', async () => {
      await scanFinds(subject.store, usersNo(1, 400));
      const reversed = usersNo(1, 400).reverse();
      const interleaved = usersNo(1, 200).flatMap((user, index) => [user, userNo(201 + index)]);
      for (const listing of [reversed, interleaved]) {
        const session = await subject.store.scans.begin('scan-2');
        for (let at = 0; at < listing.length; at += 90) await session.stage(listing.slice(at, at + 90));
        expect(await pairsOf(session)).toEqual([]);
        expect(await session.unseen()).toEqual([]);
        await session.abandon(aScanRecord({ id: `abandoned-${listing[0]?.id}` }));
      }
    });

    it('tells whom a full read did not meet, and stages them as gone when asked to', async () => {
      await scanFinds(subject.store, [userNo(1), withLicense(2), userNo(3)]);
      const session = await subject.store.scans.begin('scan-2');
      await session.stage([userNo(3), userNo(1), userNo(4)]);
      expect(await session.unseen()).toEqual([userNo(2).id]);
      await session.stageGone([userNo(2).id]);
      expect(await session.unseen()).toEqual([]);
      expect(await pairsOf(session)).toEqual([
        { before: withLicense(2), after: null },
        { before: null, after: userNo(4) },
      ]);
    });

    it('tells nothing about users who are gone and never were here', async () => {
      await scanFinds(subject.store, [userNo(1)]);
      const session = await subject.store.scans.begin('scan-2');
      await session.stageGone(['99999999-0000-4000-8000-000000000009']);
      expect(await pairsOf(session)).toEqual([]);
      await session.commit(aScanCommit());
      expect(await subject.store.users.count()).toEqual({ present: 1, licensed: 0 });
    });

    it('counts a user read twice once, when it looks for those it did not meet', async () => {
      await scanFinds(subject.store, [userNo(1), userNo(2)]);
      const session = await subject.store.scans.begin('scan-2');
      await session.stage([userNo(1), userNo(1)]);
      await session.stage([userNo(1)]);
      expect(await session.unseen()).toEqual([userNo(2).id]);
    });

    it('tells a removed account that is back as not known before, and keeps the day it was first seen', async () => {
      await scanFinds(subject.store, [userNo(1)], {
        record: aScanRecord({ id: 'first', finishedAt: 1_000 }),
      });
      await scanFinds(subject.store, [], { record: aScanRecord({ id: 'second', finishedAt: 2_000 }) });
      const session = await subject.store.scans.begin('third');
      expect(await session.unseen()).toEqual([]);
      await session.stage([userNo(1)]);
      expect(await pairsOf(session)).toEqual([{ before: null, after: userNo(1) }]);
      await session.commit(aScanCommit());
      expect(await subject.store.users.byIds([userNo(1).id])).toEqual([
        { state: userNo(1), firstSeenAt: 1_000, removedAt: null, formerNames: [] },
      ]);
    });

    it('yields pairs in chunks that together are all', async () => {
      const session = await subject.store.scans.begin('scan-1');
      for (let at = 1; at <= 1201; at += 400) await session.stage(usersNo(at, Math.min(at + 399, 1201)));
      const sizes: number[] = [];
      for await (const pairs of session.pairs()) sizes.push(pairs.length);
      expect(sizes.length).toBeGreaterThan(1);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1201);
    });

    it('shows nothing to anybody before the commit', async () => {
      const session = await subject.store.scans.begin('scan-1');
      await session.stage([withLicense(1)]);
      expect(await allUsers(subject.store)).toEqual([]);
      expect(await subject.store.users.count()).toEqual({ present: 0, licensed: 0 });
      expect(await subject.store.scans.last()).toBeNull();
    });

    it('leaves nothing behind when it never ends', async () => {
      if (!subject.another) return;
      await scanFinds(subject.store, [userNo(1)]);
      const session = await subject.store.scans.begin('scan-2');
      await session.stage([withLicense(1), userNo(2)]);
      const later = await subject.another();
      expect((await allUsers(later)).map((user) => user.state)).toEqual([userNo(1)]);
      expect(await later.scans.recent(10)).toHaveLength(1);
      await scanFinds(later, [userNo(1)]);
      expect(await later.users.count()).toEqual({ present: 1, licensed: 0 });
      await later.close();
    });

    it('forgets what it staged when it is abandoned, and records why', async () => {
      const session = await subject.store.scans.begin('scan-1');
      await session.stage([userNo(1)]);
      const record = aScanRecord({ outcome: 'incomplete', reasonCode: 'forbidden', reason: 'Grant it.' });
      await session.abandon(record);
      expect(await allUsers(subject.store)).toEqual([]);
      expect(await subject.store.scans.last()).toEqual(record);
      await expect(session.stage([userNo(1)])).rejects.toMatchObject({ code: 'scan-over' });
    });

    it('keeps two sessions apart', async () => {
      const one = await subject.store.scans.begin('one');
      const two = await subject.store.scans.begin('two');
      await Promise.all([one.stage([userNo(1)]), two.stage([userNo(2)])]);
      await one.commit(aScanCommit());
      expect(await pairsOf(two)).toEqual([{ before: null, after: userNo(2) }]);
    });

    it('refuses to write over what another scan has written since it began', async () => {
      await scanFinds(subject.store, [userNo(1), userNo(2)]);
      const slow = await subject.store.scans.begin('slow');
      await slow.stage([withLicense(1)]);
      await scanFinds(subject.store, [userNo(1, { department: 'Sales' }), userNo(2)]);
      await expect(slow.commit(aScanCommit())).rejects.toMatchObject({ code: 'scan-overtaken' });
      const [user] = await subject.store.users.byIds([userNo(1).id]);
      expect(user?.state.department).toBe('Sales');
      expect(await subject.store.scans.recent(10)).toHaveLength(2);
    });

    it('may commit after another scan that wrote other users', async () => {
      await scanFinds(subject.store, [userNo(1), userNo(2)]);
      const slow = await subject.store.scans.begin('slow');
      await slow.stage([withLicense(1), userNo(2)]);
      const quick = await subject.store.scans.begin('quick');
      await quick.stage([withLicense(2)]);
      await quick.commit(aScanCommit());
      await slow.commit(aScanCommit());
      expect(await subject.store.users.count()).toEqual({ present: 2, licensed: 2 });
    });

    it('meets whom another scan removed or added meanwhile', async () => {
      await scanFinds(subject.store, [userNo(1), userNo(2)]);
      const slow = await subject.store.scans.begin('slow');
      await slow.stage([userNo(1)]);
      const quick = await subject.store.scans.begin('quick');
      await quick.stageGone([userNo(1).id]);
      await quick.commit(aScanCommit());
      expect(await slow.unseen()).toEqual([userNo(2).id]);
    });

    it('knows how many users held a license before', async () => {
      await scanFinds(subject.store, [withLicense(1), withLicense(2), userNo(3)]);
      const session = await subject.store.scans.begin('scan-2');
      await session.stage([userNo(1)]);
      expect(await session.licensedBefore()).toBe(2);
    });

    it('writes nothing of a commit that fails half-way', async () => {
      await scanFinds(subject.store, [userNo(1)], { record: aScanRecord({ id: 'taken' }), deltaLink: 'old' });
      const session = await subject.store.scans.begin('scan-2');
      await session.stage([withLicense(1)]);
      const commit = aScanCommit({ record: aScanRecord({ id: 'taken' }), deltaLink: 'new' });
      await expect(session.commit(commit)).rejects.toThrow();
      expect((await allUsers(subject.store)).map((user) => user.state)).toEqual([userNo(1)]);
      expect(await subject.store.scans.deltaLink()).toBe('old');
    });
  });

  describe('scans', () => {
    it('are told newest first, and the last by outcome and kind', async () => {
      const { scans } = subject.store;
      for (const [id, kind, outcome] of [
        ['a', 'full', 'complete'],
        ['b', 'delta', 'complete'],
        ['c', 'full', 'incomplete'],
        ['d', 'full', 'held'],
        ['e', 'targeted', 'complete'],
      ] as const) {
        await (await scans.begin(id)).abandon(aScanRecord({ id, kind, outcome }));
      }
      expect((await scans.recent(3)).map((scan) => scan.id)).toEqual(['e', 'd', 'c']);
      expect((await scans.last())?.id).toBe('e');
      expect((await scans.last({ outcome: 'complete' }))?.id).toBe('e');
      expect((await scans.last({ outcome: 'complete', kind: 'full' }))?.id).toBe('a');
      expect((await scans.lastWhole())?.id).toBe('b');
      expect(await scans.last({ kind: 'targeted', outcome: 'held' })).toBeNull();
    });

    it('keep the delta link until another comes, and forget it when told to', async () => {
      const { store } = subject;
      expect(await store.scans.deltaLink()).toBeNull();
      await scanFinds(store, [], { deltaLink: 'link-1' });
      await scanFinds(store, [], { deltaLink: null });
      expect(await store.scans.deltaLink()).toBe('link-1');
      await scanFinds(store, [], { deltaLink: '' });
      expect(await store.scans.deltaLink()).toBeNull();
    });
  });
}
