import { isInError, takesInUser, type UserFilter } from '../../domain/license/user-filter.ts';
import { type Assignment, DIRECT, gives, type UserState } from '../../domain/license/user-state.ts';
import type { StoredUser } from '../../domain/ports.ts';
import { mapInSlices } from '../../event-loop/in-slices.ts';
import type { AnswerStore } from '../answer/deps.ts';
import { filterFor } from '../answer/which-accounts.ts';
import { dateCells } from '../dates/date-cells.ts';
import { type KnownDates, loadDates } from '../dates/load-dates.ts';
import { loadNames, type Names } from '../words/names.ts';
import { type ExportedRow, type ExportTable, iso, plainRow, type Selection } from './table.ts';

const COLUMNS = [
  'user_id',
  'user',
  'sign_in_name',
  'user_type',
  'account_enabled',
  'department',
  'usage_location',
  'account_removed',
  'sku_id',
  'product',
  'path',
  'group',
  'state',
  'error',
  'plans_off',
  'plan_date',
  'state_date',
  'record_date',
  'first_seen',
] as const;

/** What is read of the people who were named, and of everybody where nobody was. */
type Wanted = { filter: UserFilter | null; isWanted: IsWanted };
type IsWanted = (assignment: Assignment, user: UserState) => boolean;

/**
 * License assignments as they are now, a row for each product and path of each user.
 * @param kind which accounts; `named`: the people of the selection whatever they hold, also deleted ones
 */
export const assignmentsTable = (kind: UserFilter['kind'] | 'named'): ExportTable => ({
  columns: COLUMNS,
  async *rows(store, selection) {
    const names = await loadNames(store);
    const { filter, isWanted } = wantedOf(kind, selection);
    const { which, skus } = selection;
    const only = which && filterFor(which, skus, await store.users.tenant());
    for await (const chunk of usersOf(store, selection)) {
      const users = chunk.filter(({ state, removedAt }) =>
        filter === null
          ? true
          : removedAt === null && takesInUser(filter, state) && (!only || takesInUser(only, state)),
      );
      if (users.length === 0) continue;
      const dates = await loadDates(users, store, selection.now);
      const rows = await mapInSlices(users, (user) => rowsOf(user, names, isWanted, dates));
      yield rows.flat();
    }
  },
});

function wantedOf(kind: UserFilter['kind'] | 'named', { skus, groups }: Selection): Wanted {
  const isNamed = ({ skuId, path }: Assignment): boolean =>
    (skus.length === 0 || skus.includes(skuId)) && (groups.length === 0 || groups.includes(path));
  switch (kind) {
    case 'named':
      return { filter: null, isWanted: isNamed };
    case 'in-error':
      return {
        filter: { kind, skuIds: skus },
        isWanted: (assignment) => isInError(assignment) && isNamed(assignment),
      };
    case 'twice':
      return {
        filter: { kind, skuIds: skus },
        isWanted: (assignment, { assignments }) =>
          gives(assignment) &&
          isNamed(assignment) &&
          assignments.filter((other) => gives(other) && other.skuId === assignment.skuId).length > 1,
      };
    default:
      return {
        filter: { kind, skuIds: skus },
        isWanted: (assignment) => gives(assignment) && isNamed(assignment),
      };
  }
}

async function* usersOf(store: AnswerStore, { people }: Selection): AsyncGenerator<StoredUser[]> {
  if (people.length === 0) yield* store.users.all();
  else yield await store.users.byIds(people);
}

function rowsOf(user: StoredUser, names: Names, isWanted: IsWanted, dates: KnownDates): ExportedRow[] {
  const { state, removedAt } = user;
  return state.assignments
    .filter((assignment) => isWanted(assignment, state))
    .map((assignment) =>
      plainRow(COLUMNS, [
        state.id,
        state.displayName,
        state.userPrincipalName,
        state.userType,
        state.accountEnabled === null ? null : String(state.accountEnabled),
        state.department,
        state.usageLocation,
        iso(removedAt),
        assignment.skuId,
        names.product(assignment.skuId),
        assignment.path,
        assignment.path === DIRECT ? null : names.group(assignment.path),
        assignment.state,
        assignment.error,
        names.plans(assignment.disabledPlans),
        ...dateCells(dates.of(user, assignment), gives(assignment)),
      ]),
    );
}
