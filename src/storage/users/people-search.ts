import { type RawBuilder, sql } from 'kysely';
import type { PeopleFilter } from '../../domain/license/people-filter.ts';
import { type DatabaseKind, isOneOf, type Queries } from '../database/connection.ts';
import { DEPARTMENT_AT, USAGE_LOCATION_AT } from '../scans/user-state-text.ts';
import { stateVersion } from '../scans/watch-state.ts';
import { inRowSlices } from './row-slices.ts';
import { field, isAnyOf, isHolder, isMember } from './user-search.ts';

/**
 * The ids of the users that a filter takes in, removed ones too. The database looks into the stored texts by itself,
 * some thousands at a time: of 200,000 users a department takes it a quarter of a second, and nobody is loaded.
 */
export async function findPeople(db: Queries, kind: DatabaseKind, filter: PeopleFilter): Promise<string[]> {
  const conditions = conditionsOf(kind, filter);
  const matching = db
    .selectFrom('user_states as u')
    .select('u.id')
    .where((where) => where.and(conditions))
    .orderBy('u.row_no');
  if (filter.ids !== undefined)
    return idsOf(await matching.where(isOneOf(kind, 'u.id', filter.ids)).execute());
  const ids: string[] = [];
  for await (const { after, to } of inRowSlices(db, kind)) {
    const found = matching.where('u.row_no', '>', after).where('u.row_no', '<=', to);
    ids.push(...idsOf(await found.execute()));
  }
  return ids;
}

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** What must hold of a user besides the id. */
function conditionsOf(
  kind: DatabaseKind,
  { departments, countries, groupIds, together = [], except }: PeopleFilter,
): RawBuilder<boolean>[] {
  const worksIn = (names: readonly string[]) => isAnyOf(kind, field(kind, DEPARTMENT_AT), names);
  const isIn = (codes: readonly string[]) =>
    isAnyOf(kind, sql`upper(${field(kind, USAGE_LOCATION_AT)})`, codes);
  const some = <Value>(
    list: readonly Value[] | undefined,
    condition: (list: readonly Value[]) => RawBuilder<boolean>,
  ) => (list === undefined || list.length === 0 ? [] : [condition(list)]);
  const left = [
    ...some(except?.ids, (ids) => isOneOf(kind, 'u.id', ids)),
    ...some(except?.departments, worksIn),
    ...some(except?.countries, isIn),
    ...some(except?.groupIds, (ids) => isMember(kind, ids)),
    ...some(except?.skuIds, (ids) => isHolder(kind, ids)),
  ];
  return [
    ...(departments ? [worksIn(departments)] : []),
    ...(countries ? [isIn(countries)] : []),
    ...(groupIds ? [isMember(kind, groupIds)] : []),
    ...together.map((skuIds) => isHolder(kind, skuIds)),
    // Nobody's department is unknown here: who has none is in none that is left out.
    ...left.map(
      (condition) => sql<boolean>`not coalesce(${condition}, ${sql.lit(kind === 'sqlite' ? 0 : false)})`,
    ),
  ];
}

/**
 * The departments of all users as they are written, each once: read by the database, once after each scan that was
 * committed.
 */
export function createDepartments(db: Queries, kind: DatabaseKind): () => Promise<string[]> {
  let kept: { version: number; names: Promise<string[]> } | null = null;
  return async () => {
    const version = await stateVersion(db);
    if (kept?.version === version) return kept.names;
    const mine = { version, names: readDepartments(db, kind) };
    kept = mine;
    // A read that failed must not answer anybody who asks next.
    mine.names.catch(() => {
      if (kept === mine) kept = null;
    });
    return mine.names;
  };
}

async function readDepartments(db: Queries, kind: DatabaseKind): Promise<string[]> {
  const names = new Set<string>();
  const department = field(kind, DEPARTMENT_AT);
  for await (const { after, to } of inRowSlices(db, kind)) {
    const rows = await db
      .selectFrom('user_states as u')
      .select(department.as('name'))
      .distinct()
      .where('u.row_no', '>', after)
      .where('u.row_no', '<=', to)
      .where(sql<boolean>`${department} is not null`)
      .execute();
    for (const { name } of rows) names.add(name);
  }
  return [...names];
}
