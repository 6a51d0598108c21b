import { describe, expect, it } from 'vitest';
import type { LicenseDates } from '../../../../src/domain/dates/license-dates.ts';
import type { Subject } from '../store-under-test.ts';

const datesOf = (userId: string, readAt: number, over: Partial<LicenseDates> = {}): LicenseDates => ({
  userId,
  readAt,
  plans: [
    { servicePlanId: 'exchange', status: 'Enabled', assignedAt: 7 },
    { servicePlanId: 'teams', status: 'Enabled', assignedAt: 7 },
    { servicePlanId: 'sway', status: 'Deleted', assignedAt: null },
  ],
  states: [{ skuId: 'e3', path: 'direct', updatedAt: 9 }],
  ...over,
});

/** What every store holds of Microsoft's dates of licenses. */
export function licenseDatesContract(subject: Subject): void {
  describe('license dates', () => {
    const dates = () => subject.store.licenseDates;
    const readOf = async (...ids: string[]) =>
      (await dates().byUsers(ids)).map(({ userId, readAt }) => [userId, readAt]);

    it('come back as they were told: by plan with its status, and by path', async () => {
      const told = datesOf('u1', 100);
      await dates().put([told]);
      expect(await dates().byUsers(['u1', 'u2'])).toEqual([told]);
    });

    it('that were not told are not the same as none', async () => {
      await dates().put([
        datesOf('u1', 100, { plans: null, states: [] }),
        datesOf('u2', 100, { plans: [], states: null }),
      ]);
      expect(await dates().byUsers(['u1', 'u2'])).toMatchObject([
        { plans: null, states: [] },
        { plans: [], states: null },
      ]);
    });

    it('of a read that was cut off stay, with the place where it goes on', async () => {
      await dates().begin(100);
      await dates().addPage({ dates: [datesOf('u1', 101)], next: 'page 2' });
      expect(await dates().run()).toEqual({
        readAt: null,
        open: { startedAt: 100, next: 'page 2' },
        problem: null,
      });
      expect(await readOf('u1')).toEqual([['u1', 101]]);
    });

    it('of whoever a whole read did not see are forgotten, and no others', async () => {
      await dates().put([datesOf('gone', 50), datesOf('there', 50)]);
      await dates().begin(100);
      await dates().addPage({ dates: [datesOf('there', 101)], next: null });
      await dates().put([datesOf('asked', 102)]);
      await dates().finish(103);
      expect(await readOf('asked', 'gone', 'there')).toEqual([
        ['asked', 102],
        ['there', 101],
      ]);
      expect(await dates().run()).toEqual({ readAt: 103, open: null, problem: null });
    });

    it('that are newer are not written over by a page that was asked for before', async () => {
      await dates().put([datesOf('u1', 200)]);
      await dates().begin(100);
      await dates().addPage({ dates: [datesOf('u1', 150), datesOf('u2', 150)], next: null });
      expect(await readOf('u1', 'u2')).toEqual([
        ['u1', 200],
        ['u2', 150],
      ]);
    });

    it('say why they could not be read, until a read comes to its end', async () => {
      const problem = { code: 'throttled', message: 'Microsoft asks to slow down.', at: 120 };
      await dates().begin(100);
      await dates().addPage({ dates: [], next: 'page 2' });
      await dates().setProblem(problem);
      expect(await dates().run()).toEqual({
        readAt: null,
        open: { startedAt: 100, next: 'page 2' },
        problem,
      });
      await dates().finish(130);
      expect((await dates().run()).problem).toBeNull();
    });

    it('of more users than one statement carries are all kept', async () => {
      const ids = Array.from({ length: 1_201 }, (_, no) => `u${no}`);
      await dates().put(ids.map((id) => datesOf(id, 100)));
      expect(await dates().byUsers(ids)).toHaveLength(1_201);
    });
  });
}
