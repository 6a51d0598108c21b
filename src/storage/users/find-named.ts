import { sql } from 'kysely';
import type { KnownPerson } from '../../domain/ports.ts';
import { type DatabaseKind, isOneOf, type Queries } from '../database/connection.ts';
import { NAME_POSITIONS } from '../scans/user-state-text.ts';
import { inRowSlices } from './row-slices.ts';
import { field } from './user-search.ts';

/** Accounts that are there, by object id or user principal name in lower case; some thousands are looked at a time. */
export async function findNamed(
  db: Queries,
  kind: DatabaseKind,
  names: readonly string[],
): Promise<KnownPerson[]> {
  const name = sql<string>`lower(${field(kind, NAME_POSITIONS.userPrincipalName)})`;
  const people = db
    .selectFrom('user_states as u')
    .select(['u.id as userId', name.as('userPrincipalName')])
    .select(field(kind, NAME_POSITIONS.displayName).as('displayName'))
    .where('u.removed_at', 'is', null);
  const found = await people.where(isOneOf(kind, 'u.id', names)).execute();
  const left = names.filter((one) => one.includes('@'));
  if (left.length === 0) return found;
  const isNamed =
    kind === 'sqlite'
      ? sql<boolean>`${name} in (select value from json_each(${JSON.stringify(left)}))`
      : sql<boolean>`${name} = any(${[...left]}::text[])`;
  for await (const rows of inRowSlices(db, kind)) {
    const part = await people
      .where('u.row_no', '>', rows.after)
      .where('u.row_no', '<=', rows.to)
      .where(isNamed)
      .execute();
    found.push(...part);
  }
  return [...new Map(found.map((person) => [person.userId, person])).values()];
}
