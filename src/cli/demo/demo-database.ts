import { existsSync } from 'node:fs';
import type { Environment } from '../../config/settings.ts';
import { type Io, writeLine } from '../command.ts';
import { DEMO_DATABASE, DEMO_FOLDER } from './settings.ts';

const OWN = 'data/license-watch.db';

/**
 * The environment of a command that reads the database: where none is set and none is in its usual place, the one of
 * the demo, so that it can be asked without a setting. Says so on stderr.
 */
export function withDemoDatabase(env: Environment, { stderr }: Pick<Io, 'stderr'>): Environment {
  const demo = DEMO_DATABASE.replace(/^file:/, '');
  if (env.DATABASE_URL || existsSync(OWN) || !existsSync(demo)) return env;
  writeLine(stderr, `No DATABASE_URL is set: reading the demo’s database in ${DEMO_FOLDER}.`);
  return { ...env, DATABASE_URL: DEMO_DATABASE };
}
