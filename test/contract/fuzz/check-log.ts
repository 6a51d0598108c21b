import type { Outcome } from './fuzzed-bot.ts';
import { NAMED } from './outsiders.ts';
import { readable, textsIn } from './texts-in.ts';
import type { FuzzTurn } from './turns.ts';

/** Ids, verbs, zones and addresses of services, which the log may have. */
const MAY_BE_LOGGED = /^[\w:.,@/-]*$/;
/** A text this short may be in a line by chance. */
const SHORTEST = 12;
/** So much of a long text is enough to recognise it. */
const BEGINNING = 60;

/** Lines of the log that hold what somebody wrote, what a card sent, or what somebody is called. */
export function logProblems(
  turn: FuzzTurn,
  { logged }: Outcome,
  activity: Record<string, unknown>,
): string[] {
  if (logged.length === 0) return [];
  const lines = readable(logged.map((line) => textsIn(JSON.parse(line))));
  const written = textsIn([activity.text ?? null, activity.value ?? null])
    .filter((text) => text.length >= SHORTEST && !MAY_BE_LOGGED.test(text))
    .map((text) => readable(text).trim().slice(0, BEGINNING))
    .filter((text) => text.length >= SHORTEST && lines.includes(text));
  const named = NAMED.filter((name) => lines.includes(name));
  const failed = logged
    .filter((line) => /"level":"(error|fatal)"/.test(line))
    .map((line) => line.slice(0, 2_000));
  return [
    ...written.map((text) => `the log has a text of the ${turn.kind}: ${text}`),
    ...named.map((name) => `the log names ${name}`),
    ...failed.map((line) => `the log has an error: ${line}`),
  ];
}
