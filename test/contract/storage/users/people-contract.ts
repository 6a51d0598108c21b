import { describe, expect, it } from 'vitest';
import type { PeopleFilter } from '../../../../src/domain/license/people-filter.ts';
import type { UserFilter } from '../../../../src/domain/license/user-filter.ts';
import { heldSkus, type UserState } from '../../../../src/domain/license/user-state.ts';
import { anAssignment } from '../../../builders/license/user-state.ts';
import { scanFinds, userNo, usersNo } from '../scans/scanning.ts';
import type { Subject } from '../store-under-test.ts';

const [A, B] = ['05e9a617-0261-4cee-bb44-138d3ef5d965', 'c5928f49-12ba-48f7-ada3-0d743a3601d5'] as const;
const NOBODY = { ids: [], departments: [], countries: [], groupIds: [], skuIds: [] };

const PEOPLE = [
  userNo(1, { department: 'Sales', usageLocation: 'DE', assignments: [anAssignment({ skuId: A })] }),
  userNo(2, {
    department: 'sales',
    usageLocation: 'de',
    assignments: [anAssignment({ skuId: B, path: 'group-1' })],
  }),
  userNo(3, {
    department: 'R&D',
    usageLocation: null,
    assignments: [anAssignment({ skuId: A }), anAssignment({ skuId: B })],
  }),
  userNo(4, {
    department: null,
    usageLocation: 'NL',
    assignments: [anAssignment({ skuId: A, path: 'group-1', state: 'Error', error: 'CountViolation' })],
  }),
  userNo(5, { department: '["Sales"]', usageLocation: 'FR', displayName: 'Sales' }),
  userNo(6, { department: 'Sales', usageLocation: 'NL', assignments: [anAssignment({ skuId: B })] }),
];

const FILTERS: readonly PeopleFilter[] = [
  {},
  { ids: [userNo(1).id, userNo(9).id] },
  { ids: [] },
  { departments: ['Sales'] },
  { departments: ['Sales', 'sales'] },
  { departments: [] },
  { departments: ['R&D'], countries: ['DE'] },
  { countries: ['DE', 'NL'] },
  { groupIds: ['group-1'] },
  { groupIds: ['group-2'] },
  { together: [[A], [B]] },
  { together: [[A, B]] },
  { ids: [userNo(1).id, userNo(6).id], departments: ['Sales'], together: [[B]] },
  { except: NOBODY },
  { except: { ...NOBODY, ids: [userNo(1).id] } },
  { except: { ...NOBODY, departments: ['Sales'] } },
  { except: { ...NOBODY, countries: ['NL'] } },
  { except: { ...NOBODY, groupIds: ['group-1'] } },
  { departments: ['Sales'], except: { ...NOBODY, skuIds: [A], countries: ['FR'] } },
];

/** What the store's query says in the database's words. */
function takesIn(filter: PeopleFilter, user: UserState): boolean {
  const { ids, departments, countries, groupIds, together, except } = filter;
  const held = heldSkus(user);
  const isIn = (codes: readonly string[]): boolean =>
    user.usageLocation !== null && codes.includes(user.usageLocation.toUpperCase());
  const worksIn = (names: readonly string[]): boolean =>
    user.department !== null && names.includes(user.department);
  const isMember = (of: readonly string[]): boolean => user.assignments.some(({ path }) => of.includes(path));
  const holdsOne = (skuIds: readonly string[]): boolean => skuIds.some((id) => held.has(id));
  return (
    (ids === undefined || ids.includes(user.id)) &&
    (departments === undefined || worksIn(departments)) &&
    (countries === undefined || isIn(countries)) &&
    (groupIds === undefined || isMember(groupIds)) &&
    (together === undefined || together.every(holdsOne)) &&
    (except === undefined ||
      !(
        except.ids.includes(user.id) ||
        worksIn(except.departments) ||
        isIn(except.countries) ||
        isMember(except.groupIds) ||
        holdsOne(except.skuIds)
      ))
  );
}

export function peopleContract(subject: Subject): void {
  describe('a search for people', () => {
    it.each(FILTERS)('finds the ids of those that a filter takes in: %j', async (filter) => {
      await scanFinds(subject.store, PEOPLE);
      const wanted = PEOPLE.filter((user) => takesIn(filter, user)).map(({ id }) => id);
      expect((await subject.store.users.idsOf(filter)).sort()).toEqual(wanted.sort());
    });

    it('finds those who are gone, and knows their departments', async () => {
      const { store } = subject;
      await scanFinds(store, PEOPLE);
      expect((await store.users.departments()).sort()).toEqual(['R&D', 'Sales', '["Sales"]', 'sales']);
      await scanFinds(store, [userNo(3, { department: 'Legal' }), userNo(7, { department: 'Sales' })]);
      expect((await store.users.departments()).sort()).toEqual(['Legal', 'Sales', '["Sales"]', 'sales']);
      const found = await store.users.idsOf({ departments: ['Sales'] });
      expect(found.sort()).toEqual([userNo(1).id, userNo(6).id, userNo(7).id].sort());
    });
  });

  describe('a search among some accounts', () => {
    const HOLDERS: UserFilter = { kind: 'holders', skuIds: [A] };

    it('finds those of them that the filter takes in, by name', async () => {
      await scanFinds(subject.store, PEOPLE);
      const among = [userNo(3).id, userNo(2).id, userNo(1).id, userNo(8).id];
      const { total, users } = await subject.store.users.find({ ...HOLDERS, among }, { skip: 0, take: 9 });
      expect(users.map(({ state }) => state.id)).toEqual([userNo(1).id, userNo(3).id]);
      expect(total).toBe(2);
      expect(await subject.store.users.find({ ...HOLDERS, among: [] }, { skip: 0, take: 9 })).toEqual({
        total: 0,
        users: [],
      });
    });

    it('counts all of many', async () => {
      const many = usersNo(1, 4_500).map((user) => ({ ...user, assignments: [anAssignment({ skuId: A })] }));
      await scanFinds(subject.store, many);
      const among = many.slice(0, 4_200).map(({ id }) => id);
      const { total, users } = await subject.store.users.find(
        { ...HOLDERS, among },
        { skip: 4_199, take: 5 },
      );
      expect([total, users.length]).toEqual([4_200, 1]);
    });
  });
}
