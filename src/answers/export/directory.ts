import type { AssignmentDates } from '../../domain/dates/dates-of.ts';
import { takesInUser } from '../../domain/license/user-filter.ts';
import { type Assignment, DIRECT, gives } from '../../domain/license/user-state.ts';
import type { StoredUser } from '../../domain/ports.ts';
import { mapInSlices } from '../../event-loop/in-slices.ts';
import { filterFor, type Which } from '../answer/which-accounts.ts';
import { dateCells } from '../dates/date-cells.ts';
import { type KnownDates, loadDates } from '../dates/load-dates.ts';
import { byProduct } from '../questions/directory.ts';
import { type Names, namesIn } from '../words/names.ts';
import { type ExportedRow, type ExportTable, iso, plainRow } from './table.ts';

const COLUMNS = [
  'user_id',
  'user',
  'sign_in_name',
  'user_type',
  'account_enabled',
  'department',
  'usage_location',
  'sku_id',
  'product',
  'path',
  'group',
  'state',
  'error',
  'plans_off',
  'held_since',
  'first_read',
  'plan_date',
  'state_date',
  'record_date',
  'first_seen',
] as const;

/**
 * Everybody's licenses, a row for each product and way of each user, by product whatever the order of assignment.
 * `held_since` is when we first saw that somebody has it; empty where it was there when the account was first read.
 * @param ways `by group`: only what comes by a group, by those that are asked about where some are
 */
export const directoryTable = (
  which: Which = { kind: 'assigned' },
  ways: 'all' | 'by group' = 'all',
): ExportTable => ({
  columns: COLUMNS,
  async *rows(store, { skus, people, groups, now }) {
    const tenant = await store.users.tenant();
    const names = namesIn(tenant);
    const filter = filterFor(which, skus, tenant);
    const isWanted = ({ skuId, path }: Assignment): boolean =>
      (skus.length === 0 || skus.includes(skuId)) &&
      (ways === 'all' || (path !== DIRECT && (groups.length === 0 || groups.includes(path))));
    const chunks = people.length === 0 ? store.users.all() : [await store.users.byIds(people)];
    for await (const chunk of chunks) {
      const users = chunk.filter(
        ({ state, removedAt }) =>
          removedAt === null && takesInUser(filter, state) && isMember(state.assignments, groups),
      );
      if (users.length === 0) continue;
      const dates = await loadDates(users, store, now);
      const rows = await mapInSlices(users, (user) => rowsOf(user, dates, isWanted, names));
      yield rows.flat();
    }
  },
});

/** Whether somebody has a license by one of these groups; of no groups everybody. */
const isMember = (assignments: readonly Assignment[], groups: readonly string[]): boolean =>
  groups.length === 0 || assignments.some(({ path }) => groups.includes(path));

function rowsOf(
  user: StoredUser,
  dates: KnownDates,
  isWanted: (assignment: Assignment) => boolean,
  names: Names,
): ExportedRow[] {
  const { state, firstSeenAt } = user;
  const since = ({ seen }: AssignmentDates): number | null => (seen.after === null ? null : seen.by);
  return byProduct(state.assignments, names)
    .flatMap(([, ways]) => ways)
    .filter(isWanted)
    .map((assignment) => {
      const known = dates.of(user, assignment);
      return plainRow(COLUMNS, [
        state.id,
        state.displayName,
        state.userPrincipalName,
        state.userType,
        state.accountEnabled === null ? null : String(state.accountEnabled),
        state.department,
        state.usageLocation,
        assignment.skuId,
        names.product(assignment.skuId),
        assignment.path === DIRECT ? DIRECT : 'group',
        assignment.path === DIRECT ? null : names.group(assignment.path),
        assignment.state,
        assignment.error,
        names.plans(assignment.disabledPlans),
        gives(assignment) ? iso(since(known)) : '',
        iso(firstSeenAt),
        ...dateCells(known, gives(assignment)),
      ]);
    });
}
