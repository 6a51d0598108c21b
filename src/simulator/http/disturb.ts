import { randomUUID } from 'node:crypto';
import { linkWith } from '../odata/page-token.ts';
import type { Effect } from './faults.ts';
import type { ApiCall, ApiReply } from './message.ts';

const ENDLESS = 'endless';

/** A request whose page token came from an endless fault starts at the first page again. */
export function withoutEndlessToken(request: ApiCall): ApiCall {
  const query = new URLSearchParams(request.query);
  if (!query.get('$skiptoken')?.startsWith(ENDLESS)) return request;
  query.delete('$skiptoken');
  return { ...request, query };
}

/** The link that a paging fault puts in place of the true one. */
function falseLink(request: ApiCall, kind: 'paging-loop' | 'endless-pages' | 'foreign-link'): string {
  if (kind === 'foreign-link') return `https://evil.invalid${request.path}?$skiptoken=x`;
  const token = kind === 'paging-loop' ? ENDLESS : `${ENDLESS}-${randomUUID()}`;
  return linkWith(request, { $skiptoken: token });
}

/** An answer after a fault that leaves it an answer. */
export function disturbed(
  reply: ApiReply,
  request: ApiCall,
  effect: Extract<Effect, { kind: 'body' | 'paging-loop' | 'endless-pages' | 'foreign-link' }>,
): ApiReply {
  if (effect.kind === 'body') return { status: 200, headers: {}, body: effect.body };
  const body: unknown = JSON.parse(reply.body ?? 'null');
  if (typeof body !== 'object' || body === null || !('value' in body)) return reply;
  const { '@odata.deltaLink': _dropped, ...page } = body as Record<string, unknown>;
  const link = falseLink(request, effect.kind);
  return { ...reply, body: JSON.stringify({ ...page, '@odata.nextLink': link }) };
}
