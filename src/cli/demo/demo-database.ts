import { existsSync, readFileSync } from 'node:fs';
import type { Environment } from '../../config/settings.ts';
import { type Io, writeLine } from '../command.ts';
import { DEMO_DATABASE, DEMO_FOLDER, DEMO_POSTGRES_FILE } from './settings.ts';

const OWN = 'data/license-watch.db';

/**
 * The environment of a command that reads the database: where none is set and none is in its usual place, the one of
 * the demo, so that it can be asked without a setting. Says so on stderr.
 */
export function withDemoDatabase(env: Environment, { stderr }: Pick<Io, 'stderr'>): Environment {
  const demo = DEMO_DATABASE.replace(/^file:/, '');
  const isPostgres = existsSync(DEMO_POSTGRES_FILE);
  if (env.DATABASE_URL || existsSync(OWN) || !(isPostgres || existsSync(demo))) return env;
  const where = isPostgres ? 'in PostgreSQL' : `in ${DEMO_FOLDER}`;
  writeLine(stderr, `No DATABASE_URL is set: reading the demo’s database ${where}.`);
  const url = isPostgres ? readFileSync(DEMO_POSTGRES_FILE, 'utf8').trim() : DEMO_DATABASE;
  return { ...env, DATABASE_URL: url };
}
