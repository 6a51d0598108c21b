import { sql } from 'kysely';
import { openPostgres } from './open-postgres.ts';

/**
 * Makes a database on a PostgreSQL server, empty: one of that name is dropped first, whoever uses it. The user has to be
 * allowed to create databases.
 * @param url of any database on the server
 * @returns the URL of the new one. Throws StorageError `cannot-open`, or what PostgreSQL says
 */
export async function makeEmptyDatabase(url: string, name: string): Promise<string> {
  const { db } = await openPostgres(url);
  try {
    await sql`drop database if exists ${sql.id(name)} with (force)`.execute(db);
    await sql`create database ${sql.id(name)}`.execute(db);
  } finally {
    await db.destroy();
  }
  const made = new URL(url);
  made.pathname = `/${name}`;
  return made.href;
}
