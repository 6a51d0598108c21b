import { type RawBuilder, sql } from 'kysely';
import { compareNames, type UserFilter } from '../../domain/license/user-filter.ts';
import type { Part } from '../../domain/ports.ts';
import { firstInOrder } from '../../event-loop/in-slices.ts';
import type { DatabaseKind, Queries } from '../database/connection.ts';
import { ASSIGNMENTS_AT, NAME_POSITIONS, USER_TYPE_AT } from '../scans/user-state-text.ts';
import { inRowSlices } from './row-slices.ts';

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
  for await (const rows of inRowSlices(db, kind)) {
    const found = await matching(db, kind, filter)
      .select(['u.id', field(kind, NAME_POSITIONS.displayName).as('name')])
      .where('u.row_no', '>', rows.after)
      .where('u.row_no', '<=', rows.to)
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

function matching(db: Queries, kind: DatabaseKind, filter: UserFilter) {
  const query = db.selectFrom('user_states as u').where('u.removed_at', 'is', null).where(fits(kind, filter));
  // Who holds nothing needs no look into the text; an assignment in error need not give a license.
  return filter.kind === 'in-error' ? query : query.where('u.licensed', '=', 1);
}

/** As `takesInUser` of the domain. `->` and `->>` with a number mean the same to both databases. */
function fits(kind: DatabaseKind, { kind: wanted, skuIds }: UserFilter): RawBuilder<boolean> {
  const all =
    kind === 'sqlite'
      ? sql`json_each(u.state, ${sql.lit(`$[${ASSIGNMENTS_AT}]`)}) as a`
      : sql`jsonb_array_elements(u.state::jsonb->${sql.lit(ASSIGNMENTS_AT)}) as a(value)`;
  const sku = sql`(a.value->>0)`;
  const ofWanted = skuIds.length === 0 ? sql`1 = 1` : isWanted(kind, skuIds);
  const given = sql`(a.value->>2) in ('Active', 'ActiveWithError') and ${ofWanted}`;
  switch (wanted) {
    case 'holders':
      return sql`exists (select 1 from ${all} where ${given})`;
    case 'of-several':
      return sql`(select count(distinct ${sku}) from ${all} where ${given}) > 1`;
    case 'twice':
      return sql`exists (select 1 from ${all} where ${given} group by ${sku} having count(*) > 1)`;
    case 'guests':
      return sql`lower(${field(kind, USER_TYPE_AT)}) = 'guest' and exists (select 1 from ${all} where ${given})`;
    case 'in-error':
      return sql`exists (select 1 from ${all} where ${ofWanted} and
        ((a.value->>2) in ('Error', 'ActiveWithError') or (a.value->>3) is not null))`;
  }
}

const isWanted = (kind: DatabaseKind, skuIds: readonly string[]): RawBuilder<boolean> =>
  kind === 'sqlite'
    ? sql`(a.value->>0) in (select value from json_each(${JSON.stringify(skuIds)}))`
    : sql`(a.value->>0) = any(${[...skuIds]}::text[])`;

/** A text in the stored list, by its place. */
const field = (kind: DatabaseKind, place: number): RawBuilder<string> =>
  kind === 'sqlite'
    ? sql<string>`(u.state->>${sql.lit(place)})`
    : sql<string>`(u.state::jsonb->>${sql.lit(place)})`;
