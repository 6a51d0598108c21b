import type { Environment } from './settings.ts';
import { VARIABLES } from './variables.ts';

const NAMES: readonly string[] = VARIABLES.map(({ name }) => name);
const KNOWN: ReadonlySet<string> = new Set(NAMES);

/** Shorter names, and single words, are on every machine: `HOME` is two letters from `HOST`. */
const SHORTEST = 8;
const CLOSE = 2;

/** A sentence for each name that is probably meant to be a setting, and is none. */
export const misspeltNames = (env: Environment): string[] =>
  namesIn(env).flatMap((name) => {
    const meant = meantBy(name.replace(/^SECRET_/, ''));
    return meant === null ? [] : [`There is no setting ${name}: did you mean ${meant}?`];
  });

const namesIn = (env: Environment): string[] => Object.keys(env).filter((name) => env[name]?.trim());

function meantBy(name: string): string | null {
  if (name.length < SHORTEST || !name.includes('_') || KNOWN.has(name)) return null;
  const near = NAMES.map((setting) => ({ setting, edits: edits(name, setting) }))
    .filter(({ edits }) => edits <= CLOSE)
    .sort((a, b) => a.edits - b.edits);
  return near[0]?.setting ?? null;
}

/** How many letters must be put in, taken out, exchanged or swapped with their neighbour to get `b` from `a`. */
function edits(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > CLOSE) return CLOSE + 1;
  let older: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? (older[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, change, swap));
    }
    older = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
