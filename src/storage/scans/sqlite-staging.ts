import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type RawBuilder, sql } from 'kysely';
import type { UserState } from '../../domain/license/user-state.ts';
import type { Queries } from '../database/connection.ts';
import type { ComparedRows } from './read-pages.ts';
import type { OpenStaging, ScanStaging, StagedRow } from './scan-staging.ts';
import type { SeenRows } from './seen-rows.ts';
import { type StoredRow, UserRun } from './user-run.ts';
import { encodeUserState, isLicensed } from './user-state-text.ts';

/**
 * How many rows one INSERT puts aside: a hundred at once cost a quarter of a hundred one by one, and nine of
 * the largest are a full page.
 */
const INSERT_SIZES = [111, 10, 1] as const;

/**
 * Staging in a temporary table for each scan, through prepared statements: this is the one path that a full
 * read of a large tenant takes for every user. Kysely lends the connection, so that nothing here happens
 * inside somebody else's transaction.
 */
export function openSqliteStaging(db: Queries, database: DatabaseSync): OpenStaging {
  let opened = 0;
  // A scan that failed in its own way is neither committed nor abandoned; nobody can reach its staging again.
  const open = new Map<string, WeakRef<ScanStaging>>();
  return async () => {
    const table = `scan_staging_${++opened}`;
    await db.connection().execute(async () => {
      for (const [name, staging] of open) {
        if (staging.deref()) continue;
        database.exec(`drop table if exists temp.${name}`);
        open.delete(name);
      }
      database.exec(
        `create temp table ${table} (seq integer primary key, id text not null, state text, licensed integer not null)`,
      );
    });
    const staging = new SqliteStaging(db, database, table);
    open.set(table, new WeakRef(staging));
    return staging;
  };
}

class SqliteStaging implements ScanStaging {
  readonly rows: RawBuilder<StagedRow>;
  readonly #db: Queries;
  readonly #database: DatabaseSync;
  readonly #table: string;
  readonly #byId: StatementSync;
  readonly #any: StatementSync;
  readonly #inserts: readonly (readonly [size: number, statement: StatementSync])[];
  readonly #run: UserRun;
  #waiting: (string | number | null)[] = [];
  #unsealed = false;
  hasGone = false;

  constructor(db: Queries, database: DatabaseSync, table: string) {
    this.#db = db;
    this.#database = database;
    this.#table = table;
    this.rows = sql<StagedRow>`${sql.table(`temp.${table}`)}`;
    this.#byId = database.prepare(
      'select row_no, id, state from user_states where id = ? and removed_at is null',
    );
    this.#byId.setReturnArrays(true);
    this.#any = database.prepare('select 1 from user_states limit 1');
    const inOrder = database.prepare(
      'select row_no, id, state from user_states where row_no > ? and removed_at is null order by row_no limit ?',
    );
    inOrder.setReturnArrays(true);
    this.#run = new UserRun(inOrder);
    this.#inserts = INSERT_SIZES.map((size) => [
      size,
      database.prepare(
        `insert into temp.${table} (id, state, licensed) values ${Array(size).fill('(?, ?, ?)').join(', ')}`,
      ),
    ]);
  }

  async compare(users: readonly UserState[], seen: SeenRows): Promise<ComparedRows> {
    const rows: number[] = [];
    await this.#together(() => {
      const empty = this.#any.get() === undefined;
      for (const user of users) {
        const state = encodeUserState(user);
        const stored = empty ? undefined : this.#find(user.id);
        const isFirstReading = stored !== undefined && !seen.has(stored[0]);
        if (stored) {
          seen.mark(stored[0]);
          rows.push(stored[0]);
        }
        if (stored?.[2] === state && isFirstReading) continue;
        this.#put(user.id, state, isLicensed(user) ? 1 : 0);
      }
    });
    return { rows, fresh: users.length - rows.length };
  }

  async putGone(userIds: readonly string[], seen: SeenRows): Promise<ComparedRows> {
    this.hasGone = true;
    const rows: number[] = [];
    await this.#together(() => {
      for (const id of userIds) {
        const stored = this.#lookUp(id);
        if (stored) {
          seen.mark(stored[0]);
          rows.push(stored[0]);
        }
        this.#put(id, null, 0);
      }
    });
    return { rows, fresh: userIds.length - rows.length };
  }

  async seal(db: Queries): Promise<void> {
    if (!this.#unsealed) return;
    const table = sql.table(`temp.${this.#table}`);
    await sql`create index if not exists ${sql.table(`temp.${this.#table}_by_user`)} on ${sql.table(this.#table)} (id, seq)`.execute(
      db,
    );
    await sql`delete from ${table} where exists (select 1 from ${table} later
      where later.id = ${sql.table(this.#table)}.id and later.seq > ${sql.table(this.#table)}.seq)`.execute(
      db,
    );
    this.#unsealed = false;
  }

  async clear(): Promise<void> {
    await this.#db.connection().execute(async () => {
      this.#database.exec(`drop table if exists temp.${this.#table}`);
    });
  }

  /** Runs the work in one transaction, so that it sees one state of the users and writes in one go. */
  async #together(work: () => void): Promise<void> {
    await this.#db.connection().execute(async () => {
      this.#database.exec('begin');
      try {
        work();
        this.#flush();
        this.#database.exec('commit');
      } catch (error) {
        this.#database.exec('rollback');
        throw error;
      } finally {
        this.#waiting = [];
        this.#run.forget();
      }
    });
  }

  #find(id: string): StoredRow | undefined {
    const expected = this.#run.peek();
    if (expected?.[1] === id) {
      this.#run.advance();
      return expected;
    }
    const stored = this.#lookUp(id);
    if (stored) this.#run.found(stored[0]);
    return stored;
  }

  #lookUp(id: string): StoredRow | undefined {
    // The statement was set to return arrays, which its type does not tell.
    return this.#byId.get(id) as unknown as StoredRow | undefined;
  }

  #put(id: string, state: string | null, licensed: number): void {
    this.#waiting.push(id, state, licensed);
    this.#unsealed = true;
    if (this.#waiting.length === 3 * INSERT_SIZES[0]) this.#flush();
  }

  #flush(): void {
    let from = 0;
    for (const [size, statement] of this.#inserts) {
      for (; this.#waiting.length - from >= 3 * size; from += 3 * size) {
        statement.run(...this.#waiting.slice(from, from + 3 * size));
      }
    }
    this.#waiting = [];
  }
}
