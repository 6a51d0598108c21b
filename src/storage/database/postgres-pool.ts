import { setTimeout as wait } from 'node:timers/promises';
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
import { MINUTE_MS } from '../../domain/durations.ts';
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
const ABANDONED_MS = MINUTE_MS;
const ANSWER_ON_ITS_WAY_MS = 1_000;
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
      const session = new Session(
        client,
        limits,
        (pid) => isWorkedOn(config, limits, pid),
        (ended) => {
          lent.delete(ended);
          settled.set(client, performance.now());
        },
      );
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
  readonly #limits: PostgresLimits;
  readonly #isWorkedOn: (pid: number) => Promise<boolean>;
  readonly #onEnd: (session: Session) => void;
  #ended: unknown = null;
  /** Counts the statements that have ended. */
  #statement = 0;

  constructor(
    client: pg.PoolClient,
    limits: PostgresLimits,
    isWorkedOn: (pid: number) => Promise<boolean>,
    onEnd: (session: Session) => void,
  ) {
    this.#client = client;
    this.#limits = limits;
    this.#isWorkedOn = isWorkedOn;
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
    const { statement } = this.#limits;
    const limit = statement === null ? null : statement + SERVER_FIRST_MS;
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
    const { check } = this.#limits;
    const isLong = ms === null || ms > 2 * check;
    const watch = isLong ? setInterval(() => void this.#look(late.reject), check) : undefined;
    try {
      const answer = this.#client.query(text, [...parameters]);
      // Kysely names the commands of SQL; the driver's type is any text.
      return (await Promise.race([answer, late.promise])) as PostgresQueryResult<R>;
    } finally {
      clearTimeout(timer);
      clearInterval(watch);
      this.#statement += 1;
    }
  }

  /** A long statement may be a lost one: whether the server still works on it, another connection can tell. */
  async #look(giveUp: (reason: unknown) => void): Promise<void> {
    const pid = backendOf(this.#client);
    const statement = this.#statement;
    if (pid === null || (await this.#isWorkedOn(pid))) return;
    // What the server has just finished is on its way.
    await wait(ANSWER_ON_ITS_WAY_MS);
    if (this.#ended === null && statement === this.#statement) giveUp(this.cut(noAnswer(this.#limits.check)));
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

/** The process of the server behind a connection; null where the driver does not tell. */
const backendOf = (client: pg.PoolClient): number | null =>
  'processID' in client && typeof client.processID === 'number' ? client.processID : null;

/**
 * Whether the server works on the statement of one of its processes. True also where that cannot be told: the server
 * cannot be asked, or a pooler such as PgBouncer stands between, whose processes are not the server's.
 */
async function isWorkedOn(config: pg.PoolConfig, limits: PostgresLimits, pid: number): Promise<boolean> {
  const client = new pg.Client({
    ...config,
    connectionTimeoutMillis: limits.check,
    query_timeout: limits.check,
  });
  client.on('error', ignore);
  try {
    await client.connect();
    const { rows } = await client.query(
      'select pg_backend_pid() as own, (select state from pg_stat_activity where pid = $1) as state',
      [pid],
    );
    const [row] = rows;
    if (row?.own !== backendOf(client as pg.PoolClient)) return true;
    return row.state === 'active';
  } catch {
    return true;
  } finally {
    client.end().catch(ignore);
  }
}

const ignore = (): void => undefined;

const noAnswer = (ms: number): StorageError =>
  new StorageError('no-answer', `PostgreSQL did not answer within ${Math.round(ms / 1000)} s.`);
