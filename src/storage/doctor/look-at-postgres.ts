import pg from 'pg';
import type { DatabaseFacts } from '../../domain/doctor/judge-machine.ts';
import { MIGRATION_NAMES } from '../database/migrate.ts';
import { withoutPassword } from '../open-postgres.ts';
import { markOfServer } from './installation.ts';
import {
  CONVERSATIONS,
  type ConversationRow,
  type DatabaseLook,
  MARK,
  migrationState,
  TENANT,
  toSeen,
  toTenant,
} from './look.ts';

/** For a connection, and for a statement, ms. */
const WITHIN_MS = 8_000;
/** SQLSTATE of a write to a server, or in a session, that is read-only. */
const READ_ONLY = '25006';
const NO_RIGHT = '42501';

/** Looks at a PostgreSQL database without changing anything in it. Never throws. */
export async function lookAtPostgres(url: string): Promise<DatabaseLook> {
  const place = `PostgreSQL at ${withoutPassword(url)}`;
  const facts = (more: Partial<DatabaseFacts>): DatabaseFacts => ({
    place,
    kind: 'postgres',
    reach: { state: 'answers' },
    write: null,
    migrations: null,
    disk: null,
    ...more,
  });
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: WITHIN_MS,
    query_timeout: WITHIN_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const taken = await rows<{ name: unknown }>(client, 'select name from kysely_migration order by name');
    const conversations = await rows<ConversationRow>(client, CONVERSATIONS);
    const id = (await rows<{ id: unknown }>(client, MARK))?.[0]?.id;
    const [here] = (await rows<{ name: unknown }>(client, 'select current_database() as name')) ?? [];
    return {
      facts: facts({
        write: await tryToWrite(client),
        migrations: migrationState(
          (taken ?? []).map(({ name }) => String(name)),
          MIGRATION_NAMES,
        ),
      }),
      conversations: conversations?.map(toSeen) ?? null,
      mark: id === undefined ? null : markOfServer(String(id), String(here?.name ?? '')),
      tenant: toTenant((await rows<{ tenant: unknown }>(client, TENANT))?.[0]),
    };
  } catch (error) {
    return {
      facts: facts({ reach: { state: 'no', detail: `${place} ${whyNot(error)}` } }),
      conversations: null,
      mark: null,
      tenant: null,
    };
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function rows<Row extends pg.QueryResultRow>(client: pg.Client, text: string): Promise<Row[] | null> {
  try {
    return (await client.query<Row>(text)).rows;
  } catch {
    return null;
  }
}

/** Makes a table and takes it back in one transaction, so that nothing is left of it. */
async function tryToWrite(client: pg.Client): Promise<{ ok: boolean; detail: string }> {
  try {
    await client.query('begin');
    await client.query('create table doctor_was_here (id integer)');
    return { ok: true, detail: 'It takes writes.' };
  } catch (error) {
    switch (codeOf(error)) {
      case READ_ONLY:
        return {
          ok: false,
          detail: 'PostgreSQL is read-only: a standby, or a server or database that was set so.',
        };
      case NO_RIGHT:
        return { ok: false, detail: 'The user of DATABASE_URL may not make tables in this database.' };
      default:
        return { ok: false, detail: `It takes no writes (${codeOf(error) || 'no code'}).` };
    }
  } finally {
    await client.query('rollback').catch(() => undefined);
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html, and Node's codes for the network. */
function whyNot(error: unknown): string {
  switch (codeOf(error)) {
    case '28P01':
    case '28000':
      return 'refuses the user or the password.';
    case '3D000':
      return 'does not exist.';
    case '53300':
      return 'has no connection left.';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'has a host name that nobody knows.';
    default:
      return 'does not answer.';
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';
