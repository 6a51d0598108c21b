import { hash } from 'node:crypto';
import type { RoutesNow } from './routes-now.ts';

/** What is wrong with the routes, for people; `about` names it, so that it is told once. */
export type RoutesTrouble = { about: string; title: string; text: string };

/** More than this is read in the log, or with `license-watch route`. */
const MAX_PROBLEMS = 5;

const IN_FORCE: Readonly<Record<RoutesNow['using'], string>> = {
  file: '',
  'last-good': 'The routes that were good last stay in force.',
  default: 'Everything goes to the channel that is set in chat.',
};

/**
 * What is wrong with the file of routes, or with the channels that it names; null where nothing is.
 * @param unknown channels that are not clear, with the lines that name them
 */
export function routesTrouble(
  { file, using, problems, digest }: RoutesNow,
  unknown: readonly { line: number; name: string; message: string }[],
): RoutesTrouble | null {
  const all = [...problems, ...unknown];
  if (all.length === 0) return null;
  const sentences = all.slice(0, MAX_PROBLEMS).map(({ line, message }) => `${file} line ${line}: ${message}`);
  const left = all.length - sentences.length;
  const names = unknown.map(({ name }) => name).sort();
  return {
    about: hash('sha256', JSON.stringify([digest, names])).slice(0, 16),
    title: using === 'file' ? 'The file of routes needs a look' : 'The file of routes cannot be used',
    text: [...sentences, ...(left > 0 ? [`… and ${left} more.`] : []), IN_FORCE[using]]
      .filter((one) => one !== '')
      .join('\n'),
  };
}
