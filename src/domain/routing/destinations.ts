import type { Mention } from '../delivery/mention.ts';
import { isAtLeastLevel, type Labels, levelOf, OWN_HEALTH } from './labels.ts';
import { isMet } from './matcher.ts';
import { quietUntil } from './quiet-hours.ts';
import type { Route, Routing, Where } from './route.ts';
import { nextAt } from './wall-time.ts';

/** Where an alert goes now, and why. Times are ms UTC. */
export type Destination = {
  where: Where;
  mention: Mention | null;
  onCall: Mention | null;
  /** `quiet`: the card waits until the quiet ends; `digest`: there is no card, a line of the digest says it. */
  hold: 'no' | 'quiet' | 'digest';
  /** Until when it waits; null where it does not. */
  until: number | null;
  /** When the quiet ends through which it breaks; null where there is none. */
  breaksQuietUntil: number | null;
  /** The routes on the way to it, from the root. */
  path: readonly Route[];
};

/**
 * Where an alert with these labels goes. In each list of routes the first that fits takes it, and its own routes come
 * first: the deepest decides. A route that goes on lets those after it have it too; nobody gets it twice.
 * @param now ms UTC
 */
export function destinationsOf(routing: Routing, labels: Labels, now: number): Destination[] {
  const found = new Map<string, Destination>();
  for (const path of pathsTo(routing.root, labels)) {
    const route = path.at(-1);
    if (!route) continue;
    const destination = { ...whereOf(route, labels), ...holdOf(route, labels, now, routing), path };
    const key = keyOf(destination.where);
    if (!found.has(key)) found.set(key, destination);
  }
  const all = [...found.values()];
  const somewhere = all.filter(({ where }) => where.kind !== 'nowhere');
  return somewhere.length > 0 ? somewhere : all;
}

function pathsTo(route: Route, labels: Labels): Route[][] {
  const below: Route[][] = [];
  for (const next of route.routes) {
    if (!next.matchers.every((matcher) => isMet(matcher, labels))) continue;
    below.push(...pathsTo(next, labels).map((path) => [route, ...path]));
    if (!next.goesOn) break;
  }
  return below.length > 0 ? below : [[route]];
}

/** What is wrong with us ourselves is said in any case. */
function whereOf({ where, mention, onCall }: Route, labels: Labels) {
  const isSaid = where.kind !== 'nowhere' || labels.class !== OWN_HEALTH;
  return { where: isSaid ? where : { kind: 'chat' as const }, mention, onCall };
}

function holdOf(
  route: Route,
  labels: Labels,
  now: number,
  routing: Routing,
): Pick<Destination, 'hold' | 'until' | 'breaksQuietUntil'> {
  // What has no level is not known to be harmless.
  const level = levelOf(labels) ?? 'high';
  const goes = { hold: 'no', until: null } as const;
  const quiet = quietUntil(route.quiet, now, route.timeZone);
  if (level === 'critical' || labels.class === OWN_HEALTH) return { ...goes, breaksQuietUntil: quiet };
  if (route.digest !== null && labels.card !== 'true' && isAtLeastLevel(route.digest, level)) {
    return { hold: 'digest', until: digestTime(routing, now), breaksQuietUntil: null };
  }
  const isMass = labels.mass === 'true' && route.massBreaksThrough;
  if (quiet === null || isMass || isAtLeastLevel(level, route.breaksThrough)) {
    return { ...goes, breaksQuietUntil: quiet };
  }
  return { hold: 'quiet', until: quiet, breaksQuietUntil: null };
}

/** When the next digest comes, ms UTC. */
export const digestTime = (
  { digestAt, timeZone }: Pick<Routing, 'digestAt' | 'timeZone'>,
  now: number,
): number => nextAt(digestAt, now, timeZone);

const keyOf = (where: Where): string =>
  where.kind === 'channel' ? `channel ${where.name.toLowerCase()}` : where.kind;
