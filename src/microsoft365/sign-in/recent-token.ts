import { MINUTE_MS } from '../../domain/durations.ts';
import type { Clock } from '../../domain/ports.ts';
import type { TokenSource } from '../http/token-source.ts';

/** MSAL renews a token five minutes before it expires, so that one that it gave this long ago is still good. */
const RECENT_MS = MINUTE_MS;

/**
 * Gives the token of a scope again for a minute. MSAL's own cache takes most of a millisecond to find it, as
 * much as a third of a page of users takes to parse.
 */
export function recentTokens(source: TokenSource, clock: Clock): TokenSource {
  const recent = new Map<string, { token: string; givenAt: number }>();
  return async (scope, signal, fresh = false) => {
    const known = recent.get(scope);
    const age = known ? clock.now() - known.givenAt : Number.POSITIVE_INFINITY;
    if (known && !fresh && age >= 0 && age < RECENT_MS) return known.token;
    recent.delete(scope);
    const givenAt = clock.now();
    const token = await source(scope, signal, fresh);
    recent.set(scope, { token, givenAt });
    return token;
  };
}
