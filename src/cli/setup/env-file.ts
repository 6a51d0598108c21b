import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';

/** The settings of a file; none where it is not there. Other failures to read are thrown. */
export async function settingsIn(file: string): Promise<Record<string, string>> {
  const text = await textOf(file);
  const settings: Record<string, string> = {};
  for (const [name, value] of Object.entries(parseEnv(text))) if (value) settings[name] = value;
  return settings;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/** Sets these in the file and leaves its other lines as they are; only its owner may read it (0600). */
export async function writeSettings(file: string, settings: Readonly<Record<string, string>>): Promise<void> {
  const lines = (await textOf(file)).split('\n').filter((line) => line.trim() !== '');
  const others = lines.filter((line) => !Object.hasOwn(settings, line.split('=', 1)[0]?.trim() ?? ''));
  const own = Object.entries(settings).map(([name, value]) => `${name}=${quotedValue(value)}`);
  await mkdir(path.dirname(file), { recursive: true });
  const next = `${file}.new`;
  await writeFile(next, `${[...others, ...own].join('\n')}\n`, { mode: 0o600 });
  await chmod(next, 0o600);
  await rename(next, file);
}

/** Secrets of Microsoft hold signs that a file of settings would read as a comment. */
const quotedValue = (value: string): string => (/^[\w.:/@-]*$/.test(value) ? value : `'${value}'`);
