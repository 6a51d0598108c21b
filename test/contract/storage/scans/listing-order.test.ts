import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UserState } from '../../../../src/domain/license/user-state.ts';
import { openStore } from '../../../../src/storage/open-store.ts';
import { allUsers, aScanCommit, pairsOf, userNo } from './scanning.ts';

const USERS = 60;
const user = fc.record({
  no: fc.integer({ min: 1, max: USERS }),
  department: fc.constantFrom(null, 'Sales', 'HR'),
});
const page = fc.array(user, { maxLength: 40 });
const scan = fc.array(page, { maxLength: 6 });

const stateOf = ({ no, department }: { no: number; department: string | null }): UserState =>
  userNo(no, { department });

describe('full scans of any tenant in any order', () => {
  it('tell what a comparison of the two listings tells, and leave the later one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(scan, { minLength: 1, maxLength: 5 }), async (scans) => {
        const store = await openStore({ url: 'file::memory:' });
        let known = new Map<string, UserState>();
        for (const pages of scans) {
          const session = await store.scans.begin('scan');
          const read = new Map<string, UserState>();
          for (const users of pages.map((page) => page.map(stateOf))) {
            await session.stage(users);
            for (const state of users) read.set(state.id, state);
          }
          const gone = [...known.keys()].filter((id) => !read.has(id)).sort();
          expect((await session.unseen()).sort()).toEqual(gone);
          await session.stageGone(gone);
          const expected = [...new Set([...known.keys(), ...read.keys()])]
            .sort()
            .map((id) => ({ before: known.get(id) ?? null, after: read.get(id) ?? null }))
            .filter(({ before, after }) => before?.department !== after?.department || !before || !after);
          expect(await pairsOf(session)).toEqual(expected);
          await session.commit(aScanCommit());
          known = read;
          expect(await store.users.count()).toEqual({ present: known.size, licensed: 0 });
        }
        const present = (await allUsers(store)).filter((stored) => stored.removedAt === null);
        expect(new Map(present.map(({ state }) => [state.id, state]))).toEqual(known);
        await store.close();
      }),
      { numRuns: 60 },
    );
  });
});
