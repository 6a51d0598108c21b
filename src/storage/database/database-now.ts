import { type RawBuilder, sql } from 'kysely';
import type { DatabaseKind } from './connection.ts';

/** The database's own clock in SQL, ms UTC: the same for all processes that share it. */
export const databaseNow = (kind: DatabaseKind): RawBuilder<number> =>
  kind === 'sqlite'
    ? sql`cast(unixepoch('subsec') * 1000 as integer)`
    : sql`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`;
