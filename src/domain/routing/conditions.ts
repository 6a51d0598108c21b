import { listed } from '../english.ts';
import { didYouMean } from './close-to.ts';
import type { CompileContext } from './compile-context.ts';
import { KNOWN_LABELS, LEVELS, ROUTE_CLASSES } from './labels.ts';
import { anyOf, likeThis, type Matcher, type Read, readMatchers } from './matcher.ts';
import type { PathInFile, RouteText } from './routes-file.ts';

/** Labels with a closed list of values: another value is a slip. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  level: LEVELS,
  class: ROUTE_CLASSES,
  watched: ['true', ''],
  mass: ['true', ''],
};

/** All conditions of a route; each has to be met. What is wrong with one is reported. */
export function conditionsOf(text: RouteText, at: PathInFile, context: CompileContext): Matcher[] {
  const { match, matchers, match_re, at_least } = text;
  const found: { matcher: Matcher; at: PathInFile }[] = [];
  const take = (place: PathInFile, read: Read<Matcher | Matcher[]>): void => {
    if (!read.ok) context.report(place, `${read.problem}.`);
    else for (const matcher of [read.value].flat()) found.push({ matcher, at: place });
  };
  for (const [key, said] of [
    ['match', match],
    ['matchers', matchers],
  ] as const) {
    if (said === undefined) continue;
    if (typeof said === 'string' || isList(said)) {
      for (const [index, one] of [said].flat().entries()) {
        take(typeof said === 'string' ? [...at, key] : [...at, key, index], readMatchers(one));
      }
    } else {
      for (const [label, values] of Object.entries(said)) {
        take([...at, key, label], { ok: true, value: anyOf(label, [values].flat()) });
      }
    }
  }
  for (const [label, source] of Object.entries(match_re ?? {})) {
    take([...at, 'match_re', label], likeThis(label, source));
  }
  if (at_least !== undefined) {
    const levels = LEVELS.slice(LEVELS.indexOf(at_least));
    take([...at, 'at_least'], { ok: true, value: anyOf('level', levels) });
  }
  for (const { matcher, at: place } of found) check(matcher, place, context);
  return found.map(({ matcher }) => matcher);
}

const isList = (said: unknown): said is readonly string[] => Array.isArray(said);

/** A label that no alert has, or a value that it never has, would make the route a dead letter. */
function check({ label, values }: Matcher, at: PathInFile, { file, report }: CompileContext): void {
  const names = [...Object.keys(KNOWN_LABELS), ...(file.labels ?? []).map((one) => one.toLowerCase())];
  if (!names.includes(label)) {
    report(
      at,
      `No alert has a label “${label}”${didYouMean(label, names) || ': if a rule of yours gives it, list it under “labels”.'}`,
    );
    return;
  }
  const known = VALUES[label];
  const wrong = known === undefined ? undefined : values?.find((value) => !known.includes(value));
  if (known === undefined || wrong === undefined) return;
  report(
    at,
    `There is no ${label} “${wrong}”${didYouMean(wrong, known) || `: it is ${listed(known, 'or')}.`}`,
  );
}

/** What a route is called that has no name: its conditions. */
export const titleOf = (matchers: readonly Matcher[]): string =>
  matchers.length === 0 ? 'everything' : matchers.map(inWords).join(', ');

/** "class roles or groups", "level not low", "actor like “svc-.*”" */
function inWords({ label, values, pattern, not }: Matcher): string {
  const said =
    values === null
      ? `like “${pattern?.source ?? ''}”`
      : values.map((value) => value || 'none').join(not ? ' nor ' : ' or ');
  return `${label} ${not ? 'not ' : ''}${said}`;
}
