import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from './settings.ts';

/**
 * Reads `.env.<name>` and then `.env.<name>.user`, whose values win: the Agents Toolkit keeps there what is
 * not committed. A missing file is empty; another failure to read is thrown.
 * @param dir the folder of the files, `env` in a checkout
 */
export function readEnvFiles(dir: string, name: string): Record<string, string> {
  return { ...parsed(path.join(dir, `.env.${name}`)), ...parsed(path.join(dir, `.env.${name}.user`)) };
}

/**
 * The environment of a command: the files of `TEAMSFX_ENV` (default `local`) under `dir`, and over them the
 * process environment, which wins also when it names a secret without the toolkit's prefix.
 */
export function withEnvFiles(dir: string, processEnv: Environment): Environment {
  const files = readEnvFiles(dir, processEnv.TEAMSFX_ENV || 'local');
  for (const [name, value] of Object.entries(processEnv)) {
    if (value) delete files[name.startsWith('SECRET_') ? name.slice('SECRET_'.length) : `SECRET_${name}`];
  }
  return { ...files, ...processEnv };
}

function parsed(file: string): Record<string, string> {
  try {
    const values: Record<string, string> = {};
    for (const [name, value] of Object.entries(parseEnv(readFileSync(file, 'utf8')))) {
      if (value !== undefined) values[name] = value;
    }
    return values;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
}
