import { describe, expect, it } from 'vitest';
import type { SignIn } from '../../../../src/domain/spend/sign-in.ts';
import { aSignIn } from '../../../builders/audit/sign-in.ts';
import { anAssignment } from '../../../builders/license/user-state.ts';
import { scanFinds, userNo } from '../scans/scanning.ts';
import type { Subject } from '../store-under-test.ts';

/** Sign-ins: a complete read takes the place of the last one, and anything less is never seen. */
export function signInsContract(subject: Subject): void {
  const read = async (at: number, ...pages: SignIn[][]): Promise<void> => {
    const session = await subject.store.signIns.begin();
    for (const page of pages) await session.add(page);
    await session.commit(at);
  };
  const stored = (...userIds: string[]) => subject.store.signIns.byUsers(userIds);

  describe('sign-ins', () => {
    it('are unknown before the first read', async () => {
      expect(await subject.store.signIns.state()).toEqual({ readAt: null, problem: null });
      expect(await stored('u1')).toEqual([]);
    });

    it('are kept as they were read, page by page', async () => {
      const used = aSignIn({
        userId: 'u1',
        interactiveAt: 5,
        nonInteractiveAt: 6,
        successfulAt: 4,
        createdAt: 1,
      });
      const never = aSignIn({ userId: 'u2', successfulAt: null, createdAt: null });
      await read(100, [used], [never]);
      expect(await subject.store.signIns.state()).toEqual({ readAt: 100, problem: null });
      expect(await stored('u2', 'u1', 'u3')).toEqual([used, never]);
    });

    it('of a user who came twice count as they came last', async () => {
      const twice = (successfulAt: number) => aSignIn({ userId: 'u1', successfulAt });
      await read(100, [twice(1), twice(2)], [twice(3)]);
      expect(await stored('u1')).toEqual([twice(3)]);
    });

    it('of the last read are forgotten when the next one is complete', async () => {
      await read(100, [aSignIn({ userId: 'u1' }), aSignIn({ userId: 'u2' })]);
      await read(200, [aSignIn({ userId: 'u2', successfulAt: 9 })]);
      expect(await stored('u1', 'u2')).toEqual([aSignIn({ userId: 'u2', successfulAt: 9 })]);
      expect((await subject.store.signIns.state()).readAt).toBe(200);
    });

    it('of a read that was cut off are never seen, nor mixed into the next', async () => {
      await read(100, [aSignIn({ userId: 'u1', successfulAt: 1 })]);
      const cut = await subject.store.signIns.begin();
      await cut.add([aSignIn({ userId: 'u1', successfulAt: 2 }), aSignIn({ userId: 'u2' })]);
      expect(await stored('u1', 'u2')).toEqual([aSignIn({ userId: 'u1', successfulAt: 1 })]);
      await read(200, [aSignIn({ userId: 'u1', successfulAt: 3 })]);
      expect(await stored('u1', 'u2')).toEqual([aSignIn({ userId: 'u1', successfulAt: 3 })]);
    });

    it('stay when a later read fails, with its reason until one succeeds', async () => {
      const problem = { code: 'forbidden', message: 'The tenant needs Entra ID P1.', at: 150 };
      await subject.store.signIns.setProblem(problem);
      expect(await subject.store.signIns.state()).toEqual({ readAt: null, problem });
      await read(200, [aSignIn({ userId: 'u1' })]);
      expect(await subject.store.signIns.state()).toEqual({ readAt: 200, problem: null });
      await subject.store.signIns.setProblem(problem);
      expect(await subject.store.signIns.state()).toEqual({ readAt: 200, problem });
      expect(await stored('u1')).toHaveLength(1);
    });

    it('of more users than one statement carries are all kept', async () => {
      const many = Array.from({ length: 1_201 }, (_, no) => aSignIn({ userId: `u${no}` }));
      await read(100, many);
      expect(await stored(...many.map(({ userId }) => userId))).toHaveLength(1_201);
    });

    describe('find whoever may not use a license', () => {
      const licensed = (no: number, over: Parameters<typeof userNo>[1] = {}) =>
        userNo(no, { assignments: [anAssignment()], ...over });
      const used = (no: number, over: Partial<SignIn>) =>
        aSignIn({ userId: userNo(no).id, successfulAt: null, ...over });
      const found = async (since: number) =>
        (await subject.store.signIns.perhapsUnused(since)).map((id) => Number(id.slice(-2)));

      it('by the last success, else by the last attempt of either kind', async () => {
        await scanFinds(
          subject.store,
          [1, 2, 3, 4, 5, 6].map((no) => licensed(no)),
        );
        await read(100, [
          used(1, { successfulAt: 49, interactiveAt: 99 }),
          used(2, { successfulAt: 50 }),
          used(3, { interactiveAt: 10, nonInteractiveAt: 49 }),
          used(4, { interactiveAt: 10, nonInteractiveAt: 50 }),
          used(5, {}),
        ]);
        expect(await found(50)).toEqual([1, 3, 5]);
      });

      it('by the account, whether sign-ins are known or not', async () => {
        const blocked = { accountEnabled: false };
        await scanFinds(subject.store, [
          licensed(1, blocked),
          licensed(2, { accountEnabled: null }),
          licensed(3),
          userNo(4, blocked),
        ]);
        expect(await found(50)).toEqual([1]);
        await read(100, [used(1, { successfulAt: 99 }), used(3, { successfulAt: 1 }), used(4, {})]);
        expect(await found(50)).toEqual([1, 3]);
      });

      it('among those who are there', async () => {
        await scanFinds(subject.store, [licensed(1), licensed(2)]);
        await read(100, [used(1, {}), used(2, {})]);
        await scanFinds(subject.store, [licensed(2)]);
        expect(await found(50)).toEqual([2]);
      });
    });
  });
}
