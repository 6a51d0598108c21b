import { rm, writeFile } from 'node:fs/promises';
import { makeEmptyDatabase } from '../../storage/make-database.ts';
import { startPostgres } from './postgres-server.ts';
import { DEMO_POSTGRES_FILE } from './settings.ts';

const NAME = 'license_watch_demo';

export type DemoPostgres = {
  url: string;
  /** Where it is, in words and without a password. */
  where: string;
  stop(): Promise<void>;
};

/**
 * A PostgreSQL database for one demo: an empty one on the server that a URL names, or on a server that is started for it
 * and ends with it. Throws StorageError where the server does not answer, or an Error with what PostgreSQL said.
 */
export async function startDemoPostgres(given: string | undefined): Promise<DemoPostgres> {
  const isServer = given !== undefined && /^postgres(ql)?:/.test(given);
  const own = isServer ? null : await startPostgres();
  try {
    const url = await makeEmptyDatabase(own?.url ?? given ?? '', NAME);
    // For the commands of another terminal. It may hold a password.
    await writeFile(DEMO_POSTGRES_FILE, url, { mode: 0o600 });
    const { host } = new URL(url);
    const where = own
      ? `a PostgreSQL that was started for it, on ${host}`
      : `the database ${NAME} of the PostgreSQL at ${host}`;
    return {
      url,
      where,
      async stop() {
        await rm(DEMO_POSTGRES_FILE, { force: true });
        await own?.stop();
      },
    };
  } catch (error) {
    await own?.stop();
    throw error;
  }
}
