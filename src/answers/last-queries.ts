import type { Scope } from '../domain/access/scope.ts';
import { MINUTE_MS } from '../domain/durations.ts';
import { isBare } from '../language/facts.ts';
import type { Query } from '../language/query.ts';
import type { Readings } from './which-reading.ts';

/** How long "and last week?" still means the question before it. */
const FORGOTTEN_AFTER_MS = 15 * MINUTE_MS;
const MAX_KEPT = 2_000;

/** Who asks where, and whom they see. A conversation or a user of null is not remembered. */
type Asking = { conversation?: string | null; userId: string | null; sees: Scope };

/** The last query of each person in each conversation. */
export type LastQueries = {
  /** Null when there is none, when it is too old, and when somebody else's users may be seen since. */
  of(by: Asking): Query | null;
  /** Keeps a query that others can follow; "thanks" does not end what was talked about. */
  keep(by: Asking, query: Query): void;
  /** What was offered last where a sentence was not clear, under the same conditions. */
  offeredTo(by: Asking): Readings | null;
  /** Keeps what is offered, until the next question. What was talked about before goes on. */
  offer(by: Asking, readings: Readings): void;
};

/** Keeps queries in memory: at most some thousands, and none for longer than a quarter of an hour. `now` is ms UTC. */
export function lastQueries(now: () => number): LastQueries {
  const kept = new Map<string, Kept>();
  const lastOf = (by: Asking): Kept | null => {
    const key = keyOf(by);
    const last = key === null ? undefined : kept.get(key);
    if (key === null || !last) return null;
    if (now() - last.at < FORGOTTEN_AFTER_MS && isSameScope(last.sees, by.sees)) return last;
    kept.delete(key);
    return null;
  };
  const note = (by: Asking, what: Pick<Kept, 'query' | 'offered'>): void => {
    const key = keyOf(by);
    if (key === null) return;
    // Inserted again, so that the first of the map is the one that was used longest ago.
    kept.delete(key);
    kept.set(key, { ...what, at: now(), sees: by.sees });
    for (const oldest of kept.keys()) {
      if (kept.size <= MAX_KEPT) break;
      kept.delete(oldest);
    }
  };
  return {
    of: (by) => lastOf(by)?.query ?? null,
    keep(by, query) {
      if (!isBare(query.intent)) note(by, { query, offered: null });
    },
    offeredTo: (by) => lastOf(by)?.offered ?? null,
    offer(by, readings) {
      note(by, { query: lastOf(by)?.query ?? null, offered: readings });
    },
  };
}

type Kept = { query: Query | null; offered: Readings | null; at: number; sees: Scope };

const keyOf = ({ conversation, userId }: Asking): string | null =>
  conversation && userId !== null ? JSON.stringify([conversation, userId]) : null;

/** A scope that was read again is another set with the same users. */
const isSameScope = (a: Scope, b: Scope): boolean =>
  a === b || (a !== null && b !== null && a.size === b.size && a.isSubsetOf(b));
