import { mkdtemp, rmdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { DatabaseFacts } from '../../domain/doctor/judge-machine.ts';
import { MIGRATION_NAMES } from '../database/migrate.ts';
import { resultCode, SQLITE } from '../database/sqlite-result.ts';
import { markOfFile } from './installation.ts';
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

/** Another process may be writing, ms. */
const BUSY_MS = 3_000;
/** Who may write: the owner, the group, or others. */
const WRITABLE = 0o222;

/** Looks at a database file without changing anything in it. Never throws. */
export async function lookAtSqlite(file: string, roomOf = roomFor): Promise<DatabaseLook> {
  const place = file;
  const disk = await roomOf(file);
  const facts = (reach: DatabaseFacts['reach'], more: Partial<DatabaseFacts> = {}): DatabaseFacts => ({
    place,
    kind: 'sqlite',
    reach,
    write: null,
    migrations: null,
    disk,
    ...more,
  });
  const nothing = { conversations: null, mark: null, tenant: null };
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    if (found.code !== 'ENOENT')
      return { facts: facts({ state: 'no', detail: `${place} cannot be looked at.` }), ...nothing };
    return { facts: await asNew(file, facts), ...nothing };
  }
  if (!found.isFile())
    return { facts: facts({ state: 'no', detail: `${place} is not a file.` }), ...nothing };
  const opened = openToRead(file);
  if (!('database' in opened)) return { facts: facts({ state: 'no', detail: opened.why }), ...nothing };
  const { database } = opened;
  try {
    const taken = rows<{ name: unknown }>(database, 'select name from kysely_migration order by name') ?? [];
    const conversations = rows<ConversationRow>(database, CONVERSATIONS);
    const id = rows<{ id: unknown }>(database, MARK)?.[0]?.id;
    return {
      facts: facts(
        { state: 'answers' },
        {
          write: tryToWrite(file, found.mode),
          migrations: migrationState(
            taken.map(({ name }) => String(name)),
            MIGRATION_NAMES,
          ),
        },
      ),
      conversations: conversations?.map(toSeen) ?? null,
      mark: id === undefined ? null : markOfFile(String(id), found),
      tenant: toTenant(rows<{ tenant: unknown }>(database, TENANT)?.[0]),
    };
  } finally {
    database.close();
  }
}

async function asNew(
  file: string,
  facts: (reach: DatabaseFacts['reach'], more?: Partial<DatabaseFacts>) => DatabaseFacts,
): Promise<DatabaseFacts> {
  const folder = await nearestFolder(file);
  try {
    await rmdir(await mkdtemp(path.join(folder, '.license-watch-')));
  } catch {
    const detail = `${file} cannot be made: this user may not write to ${folder}.`;
    return facts({ state: 'no', detail });
  }
  const write = { ok: true, detail: `This user may make files in ${folder}.` };
  return facts({ state: 'new' }, { write, migrations: { pending: MIGRATION_NAMES.length, unknown: [] } });
}

async function nearestFolder(file: string): Promise<string> {
  let folder = path.resolve(path.dirname(file));
  for (;;) {
    const found = await stat(folder).catch(() => null);
    if (found?.isDirectory()) return folder;
    const parent = path.dirname(folder);
    if (parent === folder) return folder;
    folder = parent;
  }
}

/** The room on the disk of a file that may not be there yet, bytes; null where the system does not tell. */
export async function roomFor(file: string): Promise<DatabaseFacts['disk']> {
  try {
    const { bavail, blocks, bsize } = await statfs(await nearestFolder(file));
    return blocks === 0 ? null : { free: bavail * bsize, total: blocks * bsize };
  } catch {
    return null;
  }
}

/** A file with a log beside it can be read by those only who may write to its folder; a copy in memory of it by all. */
function openToRead(file: string): { database: DatabaseSync } | { why: string } {
  let failure: unknown = null;
  for (const name of [file, new URL(`${pathToFileURL(path.resolve(file)).href}?immutable=1`)]) {
    let database: DatabaseSync | null = null;
    try {
      database = new DatabaseSync(name, { readOnly: true, timeout: BUSY_MS });
      database.prepare('select count(*) from sqlite_master').get();
      return { database };
    } catch (error) {
      failure ??= error;
      database?.close();
    }
  }
  return { why: `${file}: ${readFailure(failure)}` };
}

function readFailure(error: unknown): string {
  switch (resultCode(error)) {
    case SQLITE.corrupt:
    case SQLITE.notADb:
      return 'it is damaged, or no SQLite database. Restore a copy.';
    case SQLITE.busy:
    case SQLITE.locked:
      return 'another process has it locked.';
    default:
      return 'it cannot be read by this user.';
  }
}

function rows<Row>(database: DatabaseSync, text: string): Row[] | null {
  try {
    return database.prepare(text).all() as Row[];
  } catch {
    return null;
  }
}

/** Makes a table and takes it back in one transaction, so that nothing is left of it. */
function tryToWrite(file: string, mode: number): { ok: boolean; detail: string } {
  if ((mode & WRITABLE) === 0) {
    return {
      ok: false,
      detail: `${file} is read-only: nobody is allowed to write to it (mode ${octal(mode)}).`,
    };
  }
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file, { timeout: BUSY_MS });
    database.exec('begin immediate; create table doctor_was_here (id integer)');
    database.exec('rollback');
    return { ok: true, detail: 'It takes writes.' };
  } catch (error) {
    return writeOutcome(file, error);
  } finally {
    database?.close();
  }
}

function writeOutcome(file: string, error: unknown): { ok: boolean; detail: string } {
  switch (resultCode(error)) {
    case SQLITE.busy:
    case SQLITE.locked:
      return { ok: true, detail: 'Another process writes to it at present.' };
    case SQLITE.io:
    case SQLITE.full:
      return { ok: false, detail: `${file} cannot be written: the disk is full or failing.` };
    default:
      return { ok: false, detail: `${file} is read-only for this user.` };
  }
}

const octal = (mode: number): string => (mode & 0o777).toString(8).padStart(4, '0');
