import process from 'node:process';
import pg from 'pg';
import { inject } from 'vitest';

export type TestDatabase = {
  /** `postgres://user@host:port/database`, of an empty database that nobody else uses. */
  url: string;
  /** Runs statements as the superuser, in this database. */
  execute(statements: string): Promise<void>;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
};

let made = 0;

/** Makes a database on the run's PostgreSQL. Throws where there is no server: such tests are never left out. */
export async function aPostgresDatabase(): Promise<TestDatabase> {
  const answer = await fetch(inject('postgresDesk'));
  const server = await answer.text();
  if (!answer.ok) throw new Error(`No PostgreSQL for this test: ${server}`);
  made += 1;
  const name = `license_watch_${process.pid}_${Date.now().toString(36)}_${made}`;
  await run(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    execute: (statements) => run(url.href, statements),
    drop: () => run(server, `drop database if exists ${name} with (force)`),
  };
}

async function run(url: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}
