import { type RawBuilder, sql } from 'kysely';
import type { DatabaseKind, Queries } from '../database/connection.ts';
import { ACCOUNT_ENABLED_AT } from '../scans/user-state-text.ts';
import { inRowSlices } from './row-slices.ts';

/**
 * The licensed users who are there and whose account is blocked, or was not used since then as far as the last read
 * of sign-ins tells. The database looks for them by itself, so that nobody's state is loaded who is busy.
 * @param since ms UTC, after 1970
 */
export async function findPerhapsUnused(db: Queries, kind: DatabaseKind, since: number): Promise<string[]> {
  const ids: string[] = [];
  for await (const rows of inRowSlices(db, kind)) {
    const found = await db
      .selectFrom('user_states as u')
      .leftJoin('sign_in_state as r', (join) => join.onTrue())
      .leftJoin('sign_ins as s', (join) =>
        join.onRef('s.user_id', '=', 'u.id').onRef('s.read_no', '=', 'r.read_no'),
      )
      .select('u.id')
      .where('u.row_no', '>', rows.after)
      .where('u.row_no', '<=', rows.to)
      .where('u.removed_at', 'is', null)
      .where('u.licensed', '=', 1)
      .where((where) => where.or([isBlocked(kind), notUsedSince(since)]))
      .orderBy('u.row_no')
      .execute();
    for (const { id } of found) ids.push(id);
  }
  return ids;
}

/** SQLite tells a JSON false as 0, PostgreSQL as a text. */
const isBlocked = (kind: DatabaseKind): RawBuilder<boolean> =>
  kind === 'sqlite'
    ? sql<boolean>`(u.state->>${sql.lit(ACCOUNT_ENABLED_AT)}) = 0`
    : sql<boolean>`(u.state::jsonb->>${sql.lit(ACCOUNT_ENABLED_AT)}) = 'false'`;

/** As `lastUsedAt` of the domain. Who is not among the sign-ins is not known, and no candidate. */
const notUsedSince = (since: number): RawBuilder<boolean> =>
  sql<boolean>`s.user_id is not null and (s.successful_at < ${since} or (s.successful_at is null
    and coalesce(s.interactive_at, 0) < ${since} and coalesce(s.non_interactive_at, 0) < ${since}))`;
