import { AsyncLocalStorage } from 'node:async_hooks';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type { LeaseTerm } from '../../domain/ports.ts';
import type { DatabaseKind } from './connection.ts';
import { StorageError } from './storage-error.ts';

/** Statements that change nothing, or that only open and close transactions. */
const READS = /^\s*(select|explain|pragma|begin|start|commit|rollback|savepoint|release)\b/i;

/**
 * Lets what runs in a term of a lease write only while that term lasts: each transaction, and each single
 * write in one of its own, first finds the term's token in the lease row. A process that was paused or cut off
 * and has been replaced meanwhile changes nothing, whatever its clock says. It sits in the driver, so that no
 * store can forget it.
 */
export class Fence {
  readonly #terms = new AsyncLocalStorage<LeaseTerm | null>();
  readonly #check: string;

  constructor(kind: DatabaseKind) {
    // SQLite has one writer at a time. PostgreSQL lets nobody else take the lease before this transaction ends.
    this.#check =
      kind === 'sqlite'
        ? 'select 1 from leases where name = ? and token = ?'
        : 'select 1 from leases where name = $1 and token = $2 for share';
  }

  /** Runs the work, and all that it calls, in this term. Its writes throw StorageError `lease-lost` after it. */
  under<T>(term: LeaseTerm, work: () => Promise<T>): Promise<T> {
    return this.#terms.run(term, work);
  }

  /** Runs work that belongs to no term, whoever calls it. */
  outside<T>(work: () => Promise<T>): Promise<T> {
    return this.#terms.run(null, work);
  }

  /** The same database behind this fence. */
  around(dialect: Dialect): Dialect {
    return {
      createAdapter: () => dialect.createAdapter(),
      createDriver: () => new FencedDriver(dialect.createDriver(), (inner) => this.#mustHold(inner)),
      createIntrospector: (db) => dialect.createIntrospector(db),
      createQueryCompiler: () => dialect.createQueryCompiler(),
    };
  }

  /** Null outside a term; else a check to make inside the transaction. */
  #mustHold(connection: DatabaseConnection): (() => Promise<void>) | null {
    const term = this.#terms.getStore() ?? null;
    if (term === null) return null;
    return async () => {
      const { rows } = await connection.executeQuery(CompiledQuery.raw(this.#check, [term.name, term.token]));
      if (rows.length > 0) return;
      throw new StorageError(
        'lease-lost',
        `Another process has taken over the ${term.name}; what this one was about to write is dropped.`,
      );
    };
  }
}

type Check = (connection: DatabaseConnection) => (() => Promise<void>) | null;

class FencedDriver implements Driver {
  readonly #driver: Driver;
  readonly #check: Check;
  readonly #connections = new WeakMap<DatabaseConnection, FencedConnection>();

  constructor(driver: Driver, check: Check) {
    this.#driver = driver;
    this.#check = check;
  }

  init(): Promise<void> {
    return this.#driver.init();
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const inner = await this.#driver.acquireConnection();
    const known = this.#connections.get(inner);
    if (known) return known;
    const fenced = new FencedConnection(inner, this.#driver, this.#check);
    this.#connections.set(inner, fenced);
    return fenced;
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    return fencedOf(connection).begin(settings);
  }

  commitTransaction(connection: DatabaseConnection): Promise<void> {
    return fencedOf(connection).end((inner) => this.#driver.commitTransaction(inner));
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return fencedOf(connection).end((inner) => this.#driver.rollbackTransaction(inner));
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#driver.releaseConnection(fencedOf(connection).inner);
  }

  destroy(): Promise<void> {
    return this.#driver.destroy();
  }
}

function fencedOf(connection: DatabaseConnection): FencedConnection {
  if (connection instanceof FencedConnection) return connection;
  throw new TypeError('this connection comes from another driver');
}

class FencedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  readonly #driver: Driver;
  readonly #check: Check;
  #inTransaction = false;

  constructor(inner: DatabaseConnection, driver: Driver, check: Check) {
    this.inner = inner;
    this.#driver = driver;
    this.#check = check;
  }

  async begin(settings: TransactionSettings): Promise<void> {
    await this.#driver.beginTransaction(this.inner, settings);
    try {
      await this.#check(this.inner)?.();
    } catch (error) {
      // Kysely takes a transaction whose beginning failed as never begun.
      await this.#rollBack();
      throw error;
    }
    this.#inTransaction = true;
  }

  async end(how: (inner: DatabaseConnection) => Promise<void>): Promise<void> {
    try {
      await how(this.inner);
    } finally {
      this.#inTransaction = false;
    }
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#inTransaction || READS.test(query.sql) || this.#check(this.inner) === null) {
      return this.inner.executeQuery<R>(query);
    }
    await this.begin({});
    let result: QueryResult<R>;
    try {
      result = await this.inner.executeQuery<R>(query);
    } catch (error) {
      await this.#rollBack();
      throw error;
    }
    await this.end((inner) => this.#driver.commitTransaction(inner));
    return result;
  }

  /** What made it necessary is thrown by the caller, and says more than a rollback that failed as well. */
  async #rollBack(): Promise<void> {
    await this.end((inner) => this.#driver.rollbackTransaction(inner)).catch(() => undefined);
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize);
  }
}
