import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The text of a file of the project. */
export function projectFile(name: string): string {
  return readFileSync(path.join(ROOT, name), 'utf8');
}

/** Files of the project, by pattern, with their text. */
export function projectFiles(pattern: string): { name: string; text: string }[] {
  return globSync(pattern, { cwd: ROOT }).map((name) => ({ name, text: projectFile(name) }));
}

/** Names of the variables in an env file of the project. */
export function namesInEnvFile(name: string): string[] {
  return Object.keys(parseEnv(projectFile(name)));
}
