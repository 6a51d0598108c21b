import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely';
import { createOrderedBreath } from '../../event-loop/breath.ts';

/** Statements kept prepared; the store has about a hundred texts, and lists are bound as one value. */
const KEPT_STATEMENTS = 300;
/** An INSERT of many rows is long, and its length is seldom the same twice. */
const MAX_KEPT_LENGTH = 4_000;

/** Kysely over the SQLite that ships with Node. Kysely lets one task at a time use the one connection. */
export function nodeSqliteDialect(database: DatabaseSync): Dialect {
  const adapted = adapt(database);
  const base = new SqliteDialect({ database: adapted });
  return {
    createAdapter: () => new TransactionalSqliteAdapter(),
    createDriver: () => new ImmediateSqliteDriver(adapted, database),
    createIntrospector: (db) => base.createIntrospector(db),
    createQueryCompiler: () => base.createQueryCompiler(),
  };
}

/**
 * A transaction takes the write lock when it begins. One that begins by reading and writes later fails at
 * once, without waiting, when another process has written in between.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  readonly #database: DatabaseSync;
  /** Queries run in the order in which they were asked for. */
  readonly #breathe = createOrderedBreath();

  constructor(adapted: SqliteDatabase, database: DatabaseSync) {
    super({ database: adapted });
    this.#database = database;
  }

  /**
   * SQLite answers on this thread, so that a long answer of many queries would hold it from the first to the last:
   * the event loop turns in between, before the connection is taken.
   */
  override async acquireConnection(): Promise<DatabaseConnection> {
    await this.#breathe();
    return super.acquireConnection();
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /**
   * After some errors (a full disk, a failing one) SQLite has rolled back by itself. To do it again would fail, and
   * that failure would hide the real one.
   */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) await super.rollbackTransaction(connection);
  }
}

/** SQLite undoes CREATE TABLE with the transaction, so migrations of two processes run one after the other. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function adapt(database: DatabaseSync): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => database.close(),
    prepare(text) {
      const known = kept.get(text);
      if (known) return known;
      const statement = adaptStatement(database.prepare(text));
      if (text.length > MAX_KEPT_LENGTH) return statement;
      if (kept.size >= KEPT_STATEMENTS) kept.clear();
      kept.set(text, statement);
      return statement;
    },
  };
}

type BoundValue = Parameters<StatementSync['run']>[number];

function adaptStatement(statement: StatementSync): SqliteStatement {
  // Kysely types bound values as unknown; the tables' types allow only text, numbers and null.
  const bind = (values: readonly unknown[]) =>
    values as readonly Extract<BoundValue, string | number | null>[];
  return {
    reader: statement.columns().length > 0,
    all: (values) => statement.all(...bind(values)),
    run: (values) => statement.run(...bind(values)),
    iterate: (values) => statement.iterate(...bind(values)),
  };
}
