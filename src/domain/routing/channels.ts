import { listed } from '../english.ts';
import type { Route, Where } from './route.ts';

/** A channel that the bot is in. */
export type KnownChannel = { key: string; name: string };

export type FoundChannel<Channel> =
  | { kind: 'found'; channel: Channel }
  | { kind: 'unknown' }
  /** Several channels have the name. */
  | { kind: 'ambiguous'; keys: string[] };

/** The channel that a route names, by its id or its name. */
export function channelNamed<Channel extends KnownChannel>(
  name: string,
  channels: readonly Channel[],
): FoundChannel<Channel> {
  const wanted = name.trim().toLowerCase();
  const byKey = channels.find(({ key }) => key.toLowerCase() === wanted);
  if (byKey) return { kind: 'found', channel: byKey };
  const [first, ...others] = channels.filter((channel) => channel.name.trim().toLowerCase() === wanted);
  if (first === undefined) return { kind: 'unknown' };
  if (others.length > 0) return { kind: 'ambiguous', keys: [first, ...others].map(({ key }) => key) };
  return { kind: 'found', channel: first };
}

/** What stands in the way of a channel that a route names, in a sentence; null where nothing does. */
export function channelProblem(name: string, channels: readonly KnownChannel[]): string | null {
  const found = channelNamed(name, channels);
  if (found.kind === 'found') return null;
  if (found.kind === 'ambiguous') {
    return `Several channels are called “${name}”: name one by its id, ${listed(found.keys, 'or')}. Until then its alerts go to the channel that is set in chat.`;
  }
  const known = [...new Set(channels.map((channel) => channel.name))].slice(0, 10);
  const others = known.length === 0 ? '' : ` I am in ${listed(known)}.`;
  return `I am in no channel “${name}”: add me to its team and say something to me there, or correct the name.${others} Until then its alerts go to the channel that is set in chat.`;
}

/** Routes whose channel is not clear, with why, each channel once. */
export function channelProblems(
  root: Route,
  channels: readonly KnownChannel[],
): { line: number; name: string; message: string }[] {
  const found = new Map<string, { line: number; name: string; message: string }>();
  const visit = ({ where, line, routes }: Route): void => {
    const name = nameOf(where);
    const message = name === null ? null : channelProblem(name, channels);
    if (name !== null && message !== null && !found.has(name))
      found.set(name, { line: line ?? 1, name, message });
    for (const next of routes) visit(next);
  };
  visit(root);
  return [...found.values()];
}

const nameOf = (where: Where): string | null => (where.kind === 'channel' ? where.name : null);
