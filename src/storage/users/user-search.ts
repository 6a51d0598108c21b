import { type RawBuilder, sql } from 'kysely';
import {
  type AccountTrait,
  compareNames,
  type LicensePath,
  type UserFilter,
} from '../../domain/license/user-filter.ts';
import type { Part } from '../../domain/ports.ts';
import { firstInOrder } from '../../event-loop/in-slices.ts';
import { type DatabaseKind, isOneOf, type Queries } from '../database/connection.ts';
import {
  ACCOUNT_ENABLED_AT,
  ASSIGNMENTS_AT,
  NAME_POSITIONS,
  USER_TYPE_AT,
} from '../scans/user-state-text.ts';
import { inRowSlices } from './row-slices.ts';

/** How many accounts one query looks at where it is given which. */
const IDS_AT_ONCE: Readonly<Record<DatabaseKind, number>> = { sqlite: 2_000, postgres: 50_000 };

/** Lists up to this length are told by name: sorting more takes longer than anybody pages through. */
const SORTED_UP_TO = 10_000;

/**
 * The ids of the users in a part of a list, and the length of the whole. The database looks into the stored texts by
 * itself, some thousands at a time: of 200,000 users it takes half a second in all, and nobody's state is loaded who
 * is not shown.
 */
export async function findUsers(
  db: Queries,
  kind: DatabaseKind,
  filter: UserFilter,
  { skip, take }: Part,
): Promise<{ total: number; ids: string[] }> {
  const named: { id: string; name: string }[] = [];
  const inPart: string[] = [];
  let total = 0;
  for await (const some of inSlices(db, kind, filter)) {
    const found = await matching(db, kind, filter)
      .select(['u.id', field(kind, NAME_POSITIONS.displayName).as('name')])
      .where(some)
      .orderBy('u.row_no')
      .execute();
    inPart.push(
      ...found.slice(Math.max(skip - total, 0), Math.max(skip + take - total, 0)).map(({ id }) => id),
    );
    total += found.length;
    if (total <= SORTED_UP_TO) named.push(...found);
    else named.length = 0;
  }
  if (total > SORTED_UP_TO) return { total, ids: inPart };
  const sorted = await firstInOrder(named, (a, b) => compareNames(a.name, b.name), skip + take);
  return { total, ids: sorted.slice(skip).map(({ id }) => id) };
}

/** What narrows a search to a part of the accounts, so that all parts together are those that it looks through. */
async function* inSlices(
  db: Queries,
  kind: DatabaseKind,
  { among }: UserFilter,
): AsyncGenerator<RawBuilder<boolean>> {
  if (among) {
    for (let start = 0; start < among.length; start += IDS_AT_ONCE[kind])
      yield isOneOf(kind, 'u.id', among.slice(start, start + IDS_AT_ONCE[kind]));
    return;
  }
  for await (const { after, to } of inRowSlices(db, kind))
    yield sql<boolean>`u.row_no > ${after} and u.row_no <= ${to}`;
}

function matching(db: Queries, kind: DatabaseKind, filter: UserFilter) {
  const { accounts = [], groupIds } = filter;
  const all = db.selectFrom('user_states as u').where('u.removed_at', 'is', null);
  const query = accounts.reduce(
    (found, trait) => found.where(hasTrait(kind, trait)),
    groupIds ? all.where(isMember(kind, groupIds)) : all,
  );
  switch (filter.kind) {
    // An assignment in error need not give a license.
    case 'in-error':
      return query.where(fits(kind, filter));
    case 'assigned':
      // Who holds something has an assignment: that needs no look into the text.
      return filter.skuIds.length > 0
        ? query.where(fits(kind, filter))
        : query.where((where) => where.or([where('u.licensed', '=', 1), fits(kind, filter)]));
    case 'everybody':
      return query;
    case 'lacking':
      return filter.skuIds.length === 0
        ? query.where('u.licensed', '=', 0)
        : query.where((where) => where.or([where('u.licensed', '=', 0), fits(kind, filter)]));
    case 'holders':
      if (filter.skuIds.length === 0 && filter.path === undefined) return query.where('u.licensed', '=', 1);
      return query.where('u.licensed', '=', 1).where(fits(kind, filter));
    default:
      // Who holds nothing needs no look into the text.
      return query.where('u.licensed', '=', 1).where(fits(kind, filter));
  }
}

/** As `hasTrait` of the domain. SQLite tells a JSON false as 0, PostgreSQL as a text. */
function hasTrait(kind: DatabaseKind, trait: AccountTrait): RawBuilder<boolean> {
  const isGuest = sql`coalesce(lower(${field(kind, USER_TYPE_AT)}), '') = 'guest'`;
  const enabled = field(kind, ACCOUNT_ENABLED_AT);
  const no = kind === 'sqlite' ? sql.lit(0) : sql.lit('false');
  switch (trait) {
    case 'guest':
      return sql`${isGuest}`;
    case 'member':
      return sql`not (${isGuest})`;
    case 'external':
      return sql`(${isGuest} or lower(${field(kind, NAME_POSITIONS.userPrincipalName)}) like '%#ext#%')`;
    case 'disabled':
      return sql`${enabled} = ${no}`;
    case 'enabled':
      return sql`(${enabled} is null or ${enabled} <> ${no})`;
  }
}

/** As `takesInUser` of the domain. `->` and `->>` with a number mean the same to both databases. */
function fits(kind: DatabaseKind, { kind: wanted, skuIds, path }: UserFilter): RawBuilder<boolean> {
  const all = assignments(kind, 'a');
  const sku = sql`(a.value->>0)`;
  const ofWanted = skuIds.length === 0 ? sql`1 = 1` : isWanted(kind, skuIds);
  const given = sql`(a.value->>2) in ('Active', 'ActiveWithError') and ${ofWanted}`;
  switch (wanted) {
    case 'holders':
      return sql`exists (select 1 from ${all} where ${given} ${path === undefined ? sql`` : comesBy(kind, path)})`;
    case 'of-several':
      return sql`(select count(distinct ${sku}) from ${all} where ${given}) > 1`;
    case 'twice':
      return sql`exists (select 1 from ${all} where ${given} group by ${sku} having count(*) > 1)`;
    case 'guests':
      return sql`${hasTrait(kind, 'guest')} and exists (select 1 from ${all} where ${given})`;
    case 'in-error':
      return sql`exists (select 1 from ${all} where ${ofWanted} and
        ((a.value->>2) in ('Error', 'ActiveWithError') or (a.value->>3) is not null))`;
    case 'lacking':
      return sql`not exists (select 1 from ${all} where ${given})`;
    case 'assigned':
      return sql`exists (select 1 from ${all} where ${ofWanted})`;
    case 'everybody':
      return sql`1 = 1`;
  }
}

/** Narrows to the assignments that come this way, and with `only` to products that come no other way. */
function comesBy(kind: DatabaseKind, path: LicensePath): RawBuilder<boolean> {
  const isDirect = path.endsWith('direct');
  const wanted = isDirect ? sql`(a.value->>1) = 'direct'` : sql`(a.value->>1) <> 'direct'`;
  if (path === 'group' || path === 'direct') return sql`and ${wanted}`;
  const other = isDirect ? sql`(b.value->>1) <> 'direct'` : sql`(b.value->>1) = 'direct'`;
  return sql`and ${wanted} and not exists (select 1 from ${assignments(kind, 'b')} where
    (b.value->>2) in ('Active', 'ActiveWithError') and (b.value->>0) = (a.value->>0) and ${other})`;
}

/** The assignments of a user as rows of this name. */
export const assignments = (kind: DatabaseKind, name: 'a' | 'b') =>
  kind === 'sqlite'
    ? sql`json_each(u.state, ${sql.lit(`$[${ASSIGNMENTS_AT}]`)}) as ${sql.raw(name)}`
    : sql`jsonb_array_elements(u.state::jsonb->${sql.lit(ASSIGNMENTS_AT)}) as ${sql.raw(name)}(value)`;

export const isMember = (kind: DatabaseKind, groupIds: readonly string[]): RawBuilder<boolean> =>
  sql`exists (select 1 from ${assignments(kind, 'a')} where ${isAnyOf(kind, sql`(a.value->>1)`, groupIds)})`;

/** Who has a license of one of these products. */
export const isHolder = (kind: DatabaseKind, skuIds: readonly string[]): RawBuilder<boolean> =>
  fits(kind, { kind: 'holders', skuIds: [...skuIds] });

const isWanted = (kind: DatabaseKind, skuIds: readonly string[]): RawBuilder<boolean> =>
  isAnyOf(kind, sql`(a.value->>0)`, skuIds);

export const isAnyOf = (
  kind: DatabaseKind,
  value: RawBuilder<unknown>,
  wanted: readonly string[],
): RawBuilder<boolean> =>
  kind === 'sqlite'
    ? sql`${value} in (select value from json_each(${JSON.stringify(wanted)}))`
    : sql`${value} = any(${[...wanted]}::text[])`;

/** A text in the stored list, by its place. */
export const field = (kind: DatabaseKind, place: number): RawBuilder<string> =>
  kind === 'sqlite'
    ? sql<string>`(u.state->>${sql.lit(place)})`
    : sql<string>`(u.state::jsonb->>${sql.lit(place)})`;
