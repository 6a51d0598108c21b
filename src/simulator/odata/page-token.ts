import type { ApiCall } from '../http/message.ts';
import { Refusal } from '../http/message.ts';

/** Opaque to clients: where to go on, and the era in which the token was made. */
type PageToken = { era: number; cursor: number };

/** Tokens of an earlier era are dead; tests begin a new one to expire them. */
export type TokenEra = { current: number };

export const encodeToken = (value: object): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

/** The object that a token was made from; null for anything else. */
export function decodeToken(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

/** Where a `$skiptoken` goes on; 0 without one. Throws `Directory_ExpiredPageToken` for a dead one. */
export function cursorOf(skipToken: string | undefined, era: TokenEra): number {
  if (skipToken === undefined) return 0;
  const token = decodeToken(skipToken) as Partial<PageToken> | null;
  if (typeof token?.cursor !== 'number' || token.era !== era.current) {
    throw new Refusal(
      400,
      'Directory_ExpiredPageToken',
      'The specified page token value has expired and is no longer valid.',
    );
  }
  return token.cursor;
}

/** The request's own URL with some query parameters replaced; names keep their `$`, as Graph writes them. */
export function linkWith(request: ApiCall, replaced: Record<string, string>): string {
  const drop = new Set(Object.keys(replaced).map((name) => name.toLowerCase()));
  const pairs = [...request.query].filter(([name]) => !drop.has(name.toLowerCase()));
  const query = [...pairs, ...Object.entries(replaced)].map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  return `${request.origin}${request.path}?${query.join('&')}`;
}

export function nextLink(request: ApiCall, cursor: number, era: TokenEra): string {
  return linkWith(request, { $skiptoken: encodeToken({ era: era.current, cursor } satisfies PageToken) });
}
