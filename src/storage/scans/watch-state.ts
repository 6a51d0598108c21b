import type { Selectable } from 'kysely';
import type { Queries } from '../database/connection.ts';
import type { WatchStateRow } from '../database/schema.ts';

/** Rises with each committed scan. */
export async function stateVersion(db: Queries): Promise<number> {
  const row = await db
    .selectFrom('watch_state')
    .select('version')
    .where('id', '=', 1)
    .executeTakeFirstOrThrow();
  return row.version;
}

/** The one row that the last committed scan left; the first migration writes it. */
export const watchState = (db: Queries): Promise<Selectable<WatchStateRow>> =>
  db.selectFrom('watch_state').selectAll().where('id', '=', 1).executeTakeFirstOrThrow();
