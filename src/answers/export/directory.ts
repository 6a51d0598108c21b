import { holdingsOf } from '../../domain/license/holdings.ts';
import { takesInUser } from '../../domain/license/user-filter.ts';
import { type Assignment, DIRECT } from '../../domain/license/user-state.ts';
import type { ExplainedChange, StoredUser } from '../../domain/ports.ts';
import { mapInSlices } from '../../event-loop/in-slices.ts';
import { filterFor, type Which } from '../answer/which-accounts.ts';
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
  async *rows(store, { skus, people, groups }) {
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
      const changes = Map.groupBy(
        await store.changes.find({ userIds: users.map(({ state }) => state.id) }),
        ({ change }) => change.userId,
      );
      const rows = await mapInSlices(users, (user) =>
        rowsOf(user, changes.get(user.state.id) ?? [], isWanted, names),
      );
      yield rows.flat();
    }
  },
});

/** Whether somebody has a license by one of these groups; of no groups everybody. */
const isMember = (assignments: readonly Assignment[], groups: readonly string[]): boolean =>
  groups.length === 0 || assignments.some(({ path }) => groups.includes(path));

function rowsOf(
  { state, firstSeenAt }: StoredUser,
  changes: readonly ExplainedChange[],
  isWanted: (assignment: Assignment) => boolean,
  names: Names,
): ExportedRow[] {
  const holdings = holdingsOf(
    state,
    changes.map(({ change }) => change),
  );
  const since = ({ skuId, path }: Assignment): number | null =>
    holdings.find((one) => one.skuId === skuId && one.path === path && one.to === null)?.from?.by ?? null;
  return byProduct(state.assignments, names)
    .flatMap(([, ways]) => ways)
    .filter(isWanted)
    .map((assignment) =>
      plainRow(COLUMNS, [
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
        iso(since(assignment)),
        iso(firstSeenAt),
      ]),
    );
}
