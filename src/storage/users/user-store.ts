import type { Selectable } from 'kysely';
import type { TenantState as Tenant } from '../../domain/license/sku.ts';
import type { StoredUser, UserStore } from '../../domain/ports.ts';
import { mapInSlices } from '../../event-loop/in-slices.ts';
import { type DatabaseKind, isOneOf, type Queries } from '../database/connection.ts';
import type { UserStateRow } from '../database/schema.ts';
import { readStored } from '../database/stored-json.ts';
import { TenantState } from '../database/tenant-json.ts';
import { decodeUserState } from '../scans/user-state-text.ts';
import { watchState } from '../scans/watch-state.ts';
import { findNamed } from './find-named.ts';
import { createFoundUsers } from './found-users.ts';
import { createGroupCounts } from './group-counts.ts';
import { createDepartments, findPeople } from './people-search.ts';

const USERS_AT_ONCE = 1_000;

/** Users as the last committed scan left them, and the rest of the tenant's state. */
export function createUserStore(db: Queries, kind: DatabaseKind): UserStore {
  const byIds = async (ids: readonly string[]): Promise<StoredUser[]> => {
    const rows = await db
      .selectFrom('user_states')
      .selectAll()
      .where(isOneOf(kind, 'id', ids))
      .orderBy('row_no')
      .execute();
    const names = await db
      .selectFrom('user_former_names')
      .selectAll()
      .where(isOneOf(kind, 'user_id', ids))
      .execute();
    return withNames(rows, names);
  };
  const findUsers = createFoundUsers(db, kind);
  const groupCounts = createGroupCounts(db, kind);
  return {
    byIds,

    async named(names) {
      const wanted = [...new Set(names.map((name) => name.toLowerCase()))].filter((name) => name !== '');
      return wanted.length === 0 ? [] : findNamed(db, kind, wanted);
    },

    async find(filter, part) {
      const { total, ids } = await findUsers(filter, part);
      const users = new Map((await byIds(ids)).map((user) => [user.state.id, user]));
      return { total, users: ids.flatMap((id) => users.get(id) ?? []) };
    },

    async *all() {
      for (let after = -1; ; ) {
        const rows = await db
          .selectFrom('user_states')
          .selectAll()
          .where('row_no', '>', after)
          .orderBy('row_no')
          .limit(USERS_AT_ONCE)
          .execute();
        const last = rows.at(-1);
        if (!last) return;
        const names = await db
          .selectFrom('user_former_names as f')
          .innerJoin('user_states as u', 'u.id', 'f.user_id')
          .selectAll('f')
          .where('u.row_no', '>', after)
          .where('u.row_no', '<=', last.row_no)
          .execute();
        yield await withNames(rows, names);
        after = last.row_no;
      }
    },

    async count() {
      const watch = await watchState(db);
      return { present: watch.present_users, licensed: watch.licensed_users };
    },

    groupCounts,

    idsOf: (filter) => findPeople(db, kind, filter),

    departments: createDepartments(db, kind),

    async tenant() {
      const { tenant } = await watchState(db);
      return tenant === null ? NO_TENANT : readStored(TenantState, tenant, "the tenant's state");
    },

    async tenantReadAt() {
      return (await watchState(db)).tenant_read_at;
    },
  };
}

/** Before the first read nothing is known. */
const NO_TENANT: Tenant = { skus: [], subscriptions: [], groups: [] };

async function withNames(
  rows: readonly Selectable<UserStateRow>[],
  names: readonly { user_id: string; name: string }[],
): Promise<StoredUser[]> {
  const byUser = Map.groupBy(names, (row) => row.user_id);
  return mapInSlices(rows, (row) => {
    const state = decodeUserState(row.id, row.state);
    const current = [state.displayName, state.userPrincipalName];
    return {
      state,
      firstSeenAt: row.first_seen_at,
      removedAt: row.removed_at,
      // A name that somebody has again is not a former one.
      formerNames: (byUser.get(row.id) ?? [])
        .map((row) => row.name)
        .filter((name) => !current.includes(name)),
    };
  });
}
