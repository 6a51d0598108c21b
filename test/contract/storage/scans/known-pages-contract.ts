import { describe, expect, it } from 'vitest';
import type { UserState } from '../../../../src/domain/license/user-state.ts';
import type { ScanSession } from '../../../../src/domain/ports.ts';
import { anAssignment } from '../../../builders/license/user-state.ts';
import type { Subject } from '../store-under-test.ts';
import { aScanCommit, pairsOf, userNo, usersNo } from './scanning.ts';

const digestOf = (page: readonly UserState[]): string => JSON.stringify(page);
const licensed = (no: number) => userNo(no, { assignments: [anAssignment()] });
const FIRST = usersNo(1, 5);
const SECOND = usersNo(6, 10);

/** Pages that are the same as in the last complete read are taken without a comparison, where that is exact. */
export function knownPagesContract(subject: Subject): void {
  const begin = (): Promise<ScanSession> => subject.store.scans.begin('scan');

  /** Reads pages as a scan does; returns for each whether it was known. */
  async function read(session: ScanSession, pages: readonly UserState[][]): Promise<boolean[]> {
    const known: boolean[] = [];
    for (const page of pages) {
      const users = await session.stageKnownPage(digestOf(page));
      known.push(users !== null);
      if (users === null) await session.stage(page, digestOf(page));
      else expect(users).toBe(page.length);
    }
    return known;
  }

  async function fullScan(...pages: UserState[][]): Promise<boolean[]> {
    const session = await begin();
    const known = await read(session, pages);
    await session.stageGone(await session.unseen());
    await session.commit(aScanCommit());
    return known;
  }

  async function deltaScan(...users: UserState[]): Promise<void> {
    const session = await begin();
    await session.stage(users);
    await session.commit(aScanCommit());
  }

  /** What a full read of these pages tells as different, without a commit. */
  async function told(...pages: UserState[][]) {
    const session = await begin();
    await read(session, pages);
    const pairs = await pairsOf(session);
    await session.abandon({ ...aScanCommit().record, outcome: 'held' });
    return pairs;
  }

  /** Two reads: whatever the database numbers on the first, all is known after the second. */
  async function settled(...pages: UserState[][]): Promise<void> {
    await fullScan(...pages);
    await fullScan(...pages);
  }

  describe('a page that is the same as in the last complete read', () => {
    it('is known, with all of its users met and none different', async () => {
      await settled(FIRST, SECOND);
      const session = await begin();
      expect(await read(session, [FIRST, SECOND])).toEqual([true, true]);
      expect(await session.unseen()).toEqual([]);
      expect(await pairsOf(session)).toEqual([]);
    });

    it('is known in another order of the pages', async () => {
      await settled(FIRST, SECOND);
      expect(await fullScan(SECOND, FIRST)).toEqual([true, true]);
      expect(await fullScan(FIRST, SECOND)).toEqual([true, true]);
    });

    it('is not known before any read, nor from an incomplete or a held one', async () => {
      const session = await begin();
      expect(await read(session, [FIRST])).toEqual([false]);
      await session.abandon({ ...aScanCommit().record, outcome: 'held' });
      expect(await fullScan(FIRST)).toEqual([false]);
    });

    it('stays known after a read that was abandoned', async () => {
      await settled(FIRST, SECOND);
      const changed = [licensed(1), ...usersNo(2, 5)];
      expect(await told(changed, SECOND)).toHaveLength(1);
      expect(await told(changed, SECOND)).toHaveLength(1);
      expect(await fullScan(FIRST, SECOND)).toEqual([true, true]);
    });

    it('is compared when a delta scan has written one of its users, also if the page is as before', async () => {
      await settled(FIRST, SECOND);
      await deltaScan(licensed(3));
      expect(await told(FIRST, SECOND)).toEqual([{ before: licensed(3), after: userNo(3) }]);
      expect(await fullScan(FIRST, SECOND)).toEqual([false, true]);
      expect(await fullScan(FIRST, SECOND)).toEqual([true, true]);
    });

    it('is compared when a user was changed and changed back between two full reads', async () => {
      await settled(FIRST, SECOND);
      await deltaScan(licensed(3));
      await deltaScan(userNo(3));
      expect(await told(FIRST, SECOND)).toEqual([]);
      await deltaScan(licensed(3));
      expect(await told(FIRST, SECOND)).toEqual([{ before: licensed(3), after: userNo(3) }]);
    });

    it('is compared when one of its users was removed', async () => {
      await settled(FIRST, SECOND);
      const session = await begin();
      await session.stageGone([userNo(7).id]);
      await session.commit(aScanCommit());
      expect(await told(FIRST, SECOND)).toEqual([{ before: null, after: userNo(7) }]);
    });

    it('moved by an inserted user is compared', async () => {
      await settled(FIRST, SECOND);
      const inserted = userNo(0);
      const moved = [[inserted, ...usersNo(1, 4)], usersNo(5, 9), usersNo(10, 10)];
      expect(await told(...moved)).toEqual([{ before: null, after: inserted }]);
      expect(await fullScan(...moved)).toEqual([false, false, false]);
      await fullScan(...moved);
      expect(await fullScan(...moved)).toEqual([true, true, true]);
    });

    it('leaves a user unseen who has gone from the other one', async () => {
      await settled(FIRST, SECOND);
      const session = await begin();
      await read(session, [FIRST, usersNo(6, 9)]);
      expect(await session.unseen()).toEqual([userNo(10).id]);
    });

    it('is compared when one of its users came before on another page, so that the last reading counts', async () => {
      await settled(FIRST, SECOND);
      expect(await told([licensed(6)], FIRST, SECOND)).toEqual([]);
      expect(await told(FIRST, SECOND, [licensed(6)])).toEqual([{ before: userNo(6), after: licensed(6) }]);
    });

    it('is not remembered from a read that met anybody twice', async () => {
      await settled(FIRST, SECOND);
      const twice = [licensed(6), ...usersNo(7, 10)];
      await fullScan(FIRST, twice, [userNo(6)]);
      expect(await told(FIRST, twice)).toEqual([{ before: userNo(6), after: licensed(6) }]);
    });

    it('is not remembered when a new user came twice', async () => {
      const twice = [licensed(1), ...usersNo(2, 5)];
      await fullScan(twice, [userNo(1)]);
      expect(await told(twice)).toEqual([{ before: userNo(1), after: licensed(1) }]);
    });

    it('is compared when another process has written since', async () => {
      if (!subject.another) return;
      await settled(FIRST, SECOND);
      const other = await subject.another();
      const session = await other.scans.begin('other');
      await session.stage([licensed(3)]);
      await session.commit(aScanCommit());
      await other.close();
      expect(await told(FIRST, SECOND)).toEqual([{ before: licensed(3), after: userNo(3) }]);
    });

    it('is not remembered from a read during which another scan has written', async () => {
      await settled(FIRST, SECOND);
      const slow = await begin();
      await read(slow, [FIRST, SECOND]);
      await deltaScan(licensed(3));
      await slow.commit(aScanCommit());
      expect(await told(FIRST, SECOND)).toEqual([{ before: licensed(3), after: userNo(3) }]);
    });

    it('is forgotten with the process', async () => {
      if (!subject.another) return;
      await settled(FIRST, SECOND);
      const restarted = await subject.another();
      const session = await restarted.scans.begin('scan');
      expect(await session.stageKnownPage(digestOf(FIRST))).toBeNull();
      await restarted.close();
    });
  });
}
