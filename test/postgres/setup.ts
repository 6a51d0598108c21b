/**
 * Vitest's global set-up: one PostgreSQL for a whole run, started by the first test file that asks for a database,
 * so that a run without one pays nothing. `TEST_POSTGRES_URL` names a server that is there already.
 */
import { createServer } from 'node:http';
import process from 'node:process';
import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres } from '../../src/cli/demo/postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers a GET with the URL of the server's database, or with 500 and why there is none. */
    postgresDesk: string;
  }
}

/** Opens the desk at which test files ask for the server; returns what closes it again. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let server: Promise<PostgresServer> | null = null;
  const desk = createServer(async (_request, response) => {
    try {
      const given = process.env.TEST_POSTGRES_URL;
      if (!given) server ??= startPostgres();
      response.end(given || (await server)?.url);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  const address = desk.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  project.provide('postgresDesk', `http://127.0.0.1:${port}`);
  return async () => {
    desk.closeAllConnections();
    desk.close();
    await server?.then(
      ({ stop }) => stop(),
      () => undefined,
    );
  };
}
