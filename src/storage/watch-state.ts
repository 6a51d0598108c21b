import type { Selectable } from 'kysely';
import type { Queries } from './connection.ts';
import type { WatchStateRow } from './schema.ts';

/** The one row that the last committed scan left; the first migration writes it. */
export const watchState = (db: Queries): Promise<Selectable<WatchStateRow>> =>
  db.selectFrom('watch_state').selectAll().where('id', '=', 1).executeTakeFirstOrThrow();
