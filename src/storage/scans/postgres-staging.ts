import { type RawBuilder, sql } from 'kysely';
import type { UserState } from '../../domain/license/user-state.ts';
import type { Queries } from '../database/connection.ts';
import type { ComparedRows } from './read-pages.ts';
import type { OpenStaging, ScanStaging, StagedRow } from './scan-staging.ts';
import type { SeenRows } from './seen-rows.ts';
import { encodeUserState, isLicensed } from './user-state-text.ts';

/** Staging in one table for all scans of all instances; the database compares, and tells only rows and yes or no. */
export function openPostgresStaging(db: Queries): OpenStaging {
  return async () => {
    const { rows } = await sql<{ session: number }>`select nextval('scan_sessions') as session`.execute(db);
    const session = Number(rows[0]?.session);
    // No scan takes a day: these were left by one that crashed, in whichever instance.
    await sql`delete from scan_staging where staged_at < now() - interval '1 day'`.execute(db);
    return new PostgresStaging(db, session);
  };
}

class PostgresStaging implements ScanStaging {
  readonly rows: RawBuilder<StagedRow>;
  readonly #db: Queries;
  readonly #session: number;
  hasGone = false;

  constructor(db: Queries, session: number) {
    this.#db = db;
    this.#session = session;
    this.rows = sql<StagedRow>`(select seq, id, state, licensed from scan_staging where session = ${sql.lit(session)})`;
  }

  async compare(users: readonly UserState[], seen: SeenRows): Promise<ComparedRows> {
    // One INSERT may name a user only once; the last reading counts.
    const latest = [...new Map(users.map((user) => [user.id, user])).values()];
    const states = latest.map(encodeUserState);
    const stored = await this.#stored(
      latest.map((user) => user.id),
      states,
    );
    const different: { id: string; state: string; licensed: number }[] = [];
    latest.forEach((user, index) => {
      const row = stored.get(user.id);
      const isFirstReading = row !== undefined && !seen.has(row.rowNo);
      if (row) seen.mark(row.rowNo);
      if (row?.same && isFirstReading) return;
      different.push({ id: user.id, state: states[index] ?? '', licensed: isLicensed(user) ? 1 : 0 });
    });
    await this.#put(different);
    // A user who is here twice counts as one fresh one, so that this page is not taken for known later.
    return { rows: [...stored.values()].map((row) => row.rowNo), fresh: users.length - stored.size };
  }

  async putGone(userIds: readonly string[], seen: SeenRows): Promise<ComparedRows> {
    this.hasGone = true;
    const ids = [...new Set(userIds)];
    const stored = await this.#stored(
      ids,
      ids.map(() => ''),
    );
    for (const { rowNo } of stored.values()) seen.mark(rowNo);
    await this.#put(ids.map((id) => ({ id, state: null, licensed: 0 })));
    return { rows: [...stored.values()].map((row) => row.rowNo), fresh: ids.length - stored.size };
  }

  /** The table's key keeps only the last reading from the start. */
  async seal(): Promise<void> {}

  async clear(): Promise<void> {
    await sql`delete from scan_staging where session = ${this.#session}`.execute(this.#db);
  }

  async #stored(
    ids: readonly string[],
    states: readonly string[],
  ): Promise<Map<string, { rowNo: number; same: boolean }>> {
    const { rows } = await sql<{ row_no: number; id: string; same: boolean }>`
      select u.row_no, u.id, u.state = page.state as same
      from unnest(${[...ids]}::text[], ${[...states]}::text[]) as page (id, state)
      join user_states u on u.id = page.id and u.removed_at is null`.execute(this.#db);
    return new Map(rows.map((row) => [row.id, { rowNo: Number(row.row_no), same: row.same }]));
  }

  async #put(rows: readonly { id: string; state: string | null; licensed: number }[]): Promise<void> {
    if (rows.length === 0) return;
    await sql`insert into scan_staging (session, id, state, licensed)
      select ${this.#session}::bigint, page.id, page.state, page.licensed
      from unnest(${rows.map((row) => row.id)}::text[], ${rows.map((row) => row.state)}::text[],
        ${rows.map((row) => row.licensed)}::bigint[]) as page (id, state, licensed)
      on conflict (session, id) do update set state = excluded.state, licensed = excluded.licensed`.execute(
      this.#db,
    );
  }
}
