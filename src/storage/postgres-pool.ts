import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
import { StorageError } from './storage-error.ts';

/** How long we wait for PostgreSQL, ms. */
export type PostgresLimits = {
  /** For a connection: a new one, or a free one of the pool. */
  connect: number;
  /** For a sign of life on a connection that lay idle. */
  check: number;
  /** For one statement; null for as long as it takes. The server is told too, so that it stops the work. */
  statement: number | null;
  /** For statements under way when the pool is closed. */
  close: number;
};

export const POSTGRES_LIMITS: PostgresLimits = {
  connect: 10_000,
  check: 5_000,
  // The commit of a first read of 200,000 users takes some ten seconds.
  statement: 120_000,
  close: 1_000,
};

/** A connection that was used this recently is not checked, ms. */
const FRESH_MS = 1_000;
/** The server reports that it stopped a statement; only where it is silent do we give up ourselves, this much later. */
const SERVER_FIRST_MS = 5_000;
/** A transaction that nobody goes on with, as its connection is lost to us, gives its locks back after this, ms. */
const ABANDONED_MS = 60_000;
const KEEP_ALIVE_MS = 10_000;
const CONNECTIONS = 10;

/**
 * A pool of connections that never waits without an end. A connection can fall silent without being closed (a
 * failover, a firewall that forgets it): whoever waits on it gets StorageError `no-answer`, it is cut, and so
 * is every other one of its time that does not answer.
 */
export function openPostgresPool(config: pg.PoolConfig, limits: PostgresLimits): PostgresPool {
  const pool = new pg.Pool({
    ...config,
    max: CONNECTIONS,
    connectionTimeoutMillis: limits.connect,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
  });
  // An idle connection that the server cuts is replaced at the next query; without a listener it ends the process.
  pool.on('error', () => undefined);
  const settled = new WeakMap<pg.PoolClient, number>();
  const lent = new Set<Session>();

  async function connect(): Promise<PostgresPoolClient> {
    for (;;) {
      const client = await pool.connect();
      const session = new Session(client, limits.statement, (ended) => {
        lent.delete(ended);
        settled.set(client, performance.now());
      });
      lent.add(session);
      const usedAt = settled.get(client);
      if (usedAt !== undefined && performance.now() - usedAt < FRESH_MS) return session;
      try {
        await session.within(limits.check, usedAt === undefined ? sessionSettings(limits) : 'select 1');
        return session;
      } catch (error) {
        session.cut(error);
        // An old connection is replaced; that a new one does not work is the answer.
        if (usedAt === undefined) throw error;
      }
    }
  }

  async function end(): Promise<void> {
    const ended = pool.end();
    const impatience = setTimeout(() => {
      for (const session of lent) session.cut(noAnswer(limits.close));
    }, limits.close);
    await ended.finally(() => clearTimeout(impatience));
  }

  return { connect, end, options: pool.options };
}

/** Set by a statement: poolers such as PgBouncer refuse them as parameters of the connection. */
const sessionSettings = ({ statement }: PostgresLimits): string =>
  `set statement_timeout = ${statement ?? 0}; set idle_in_transaction_session_timeout = ${ABANDONED_MS}`;

/** One connection while somebody has it. */
class Session implements PostgresPoolClient {
  readonly #client: pg.PoolClient;
  readonly #limit: number | null;
  readonly #onEnd: (session: Session) => void;
  #ended: unknown = null;

  constructor(client: pg.PoolClient, limit: number | null, onEnd: (session: Session) => void) {
    this.#client = client;
    this.#limit = limit;
    this.#onEnd = onEnd;
    // A connection that breaks tells so by its queries; an error that nobody hears ends the process.
    client.on('error', ignore);
  }

  query<R>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    text: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof text !== 'string') throw new TypeError('The store reads without cursors.');
    const limit = this.#limit === null ? null : this.#limit + SERVER_FIRST_MS;
    return this.within<R>(limit, text, parameters);
  }

  /** Runs a statement; one that gets no answer in time costs the connection. Throws StorageError `no-answer`. */
  async within<R>(
    ms: number | null,
    text: string,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> {
    if (this.#ended !== null) throw this.#ended;
    const late = Promise.withResolvers<never>();
    const timer = ms === null ? undefined : setTimeout(() => late.reject(this.cut(noAnswer(ms))), ms);
    try {
      const answer = this.#client.query(text, [...parameters]);
      // Kysely names the commands of SQL; the driver's type is any text.
      return (await Promise.race([answer, late.promise])) as PostgresQueryResult<R>;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Breaks the connection off; what is under way on it fails. Returns the reason. */
  cut(reason: unknown): unknown {
    if (this.#ended !== null) return this.#ended;
    this.#ended = reason;
    // With a query under way the driver destroys the socket; otherwise it would say goodbye and wait.
    this.#client.query('select 1').catch(ignore);
    this.#giveBack(true);
    return reason;
  }

  release(destroy = false): void {
    if (this.#ended !== null) return;
    this.#ended = new Error('This connection was given back.');
    this.#giveBack(destroy);
  }

  #giveBack(destroy: boolean): void {
    this.#client.off('error', ignore);
    this.#client.release(destroy);
    this.#onEnd(this);
  }
}

const ignore = (): void => undefined;

const noAnswer = (ms: number): StorageError =>
  new StorageError('no-answer', `PostgreSQL did not answer within ${Math.round(ms / 1000)} s.`);
