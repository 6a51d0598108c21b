import { parseEnv } from 'node:util';
import { projectFile } from '../packaging/project-files.ts';

/** A unit of systemd: each directive with its values, in order, by section. */
export type Unit = Record<string, Record<string, string[]>>;

/** Reads a unit of `deploy/systemd/`. Throws on a line that is none. */
export function readUnit(name: string): Unit {
  const unit: Unit = {};
  let section = '';
  for (const line of projectFile(`deploy/systemd/${name}`).split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const heading = /^\[(\w+)\]$/.exec(line)?.[1];
    if (heading !== undefined) {
      section = heading;
      unit[section] = {};
      continue;
    }
    const [, key = '', value = ''] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (key === '') throw new Error(`${name}: no directive: ${line}`);
    const directives = unit[section] ?? {};
    directives[key] = [...(directives[key] ?? []), value];
  }
  return unit;
}

export const directive = (unit: Unit, section: string, key: string): string =>
  unit[section]?.[key]?.at(-1) ?? '';

/** What `Environment=` sets: words of the form NAME=value. */
export const environmentOf = (unit: Unit): Record<string, string> =>
  Object.fromEntries(
    (unit.Service?.Environment ?? [])
      .flatMap((line) => line.split(' '))
      .map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  );

/** The names and values of an environment file in the project. */
export const environmentFile = (name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(parseEnv(projectFile(name))).map(([key, value]) => [key, value ?? '']));
