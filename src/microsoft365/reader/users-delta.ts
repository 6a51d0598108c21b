import { z } from 'zod';
import { type DeltaResult, TenantReadError } from '../../domain/ports.ts';
import { lowerCase } from '../bodies/normal-form.ts';
import { USER_PROPERTIES } from '../bodies/user.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { LinkTrail, Page } from '../graph/paging.ts';
import { rowReader } from '../graph/row.ts';
import type { ExchangeAnswer } from '../http/exchange.ts';
import { readJson } from '../http/json-answer.ts';
import { serviceError } from '../http/service-error.ts';
import { OPERATIONS } from '../operations.ts';

const operation = OPERATIONS.usersDelta;

/** A changed user, or a deleted one (`@removed`): either way only the id counts, the user is read again. */
const readId = rowReader('changed user', z.object({ id: z.string() }), (row) => lowerCase(row.id));

/**
 * A delta link that starts now, without reading anyone. What is selected here decides which changes Graph
 * reports later; `licenseAssignmentStates` can be selected, but its changes are not tracked.
 * Throws TenantReadError.
 */
export async function deltaLinkFromNow(graph: GraphClient, signal: AbortSignal): Promise<string> {
  const request = graph
    .api('/users/delta')
    .query({ $deltatoken: 'latest' })
    .select([...USER_PROPERTIES]);
  const first = await graph.get(request, operation, signal);
  return (await readRound(graph, first, signal)).link;
}

/** Ids of users that changed, were created, restored or deleted since the link. Throws TenantReadError. */
export async function changedSince(
  graph: GraphClient,
  link: string,
  signal: AbortSignal,
): Promise<DeltaResult> {
  if (!URL.canParse(link) || new URL(link).origin !== new URL(graph.origin).origin) {
    return { kind: 'resync', reason: 'The stored delta link belongs to another cloud.' };
  }
  const first = await graph.follow(link, operation, signal);
  const expired = expiry(first);
  if (expired !== null) return { kind: 'resync', reason: expired };
  try {
    const round = await readRound(graph, first, signal);
    return { kind: 'changes', changedIds: [...round.ids], link: round.link };
  } catch (error) {
    if (!(error instanceof TenantReadError) || error.code !== 'expired-page') throw error;
    return { kind: 'resync', reason: error.message };
  }
}

/** Reads the pages of one delta round up to its delta link. A user can come several times, in any order. */
async function readRound(
  graph: GraphClient,
  first: ExchangeAnswer,
  signal: AbortSignal,
): Promise<{ ids: Set<string>; link: string }> {
  const ids = new Set<string>();
  const trail = new LinkTrail(operation, graph.maxPages);
  let answer = first;
  for (;;) {
    const expired = expiry(answer);
    if (expired !== null) throw new TenantReadError('expired-page', expired);
    const page = readJson(answer, Page, operation);
    for (const row of page.value) ids.add(readId(row));
    const next = page['@odata.nextLink'];
    if (next === undefined) return { ids, link: deltaLinkOf(page) };
    trail.add(next);
    answer = await graph.follow(next, operation, signal);
  }
}

function deltaLinkOf(page: Page): string {
  const link = page['@odata.deltaLink'];
  if (link !== undefined) return link;
  throw new TenantReadError('malformed', 'The last page of changed users has no delta link.');
}

/** Codes with which Graph refuses a delta token or a page link that it has forgotten; compared without case. */
const EXPIRED_CODES = new Set(['syncstatenotfound', 'resyncrequired', 'directory_expiredpagetoken']);

/**
 * Why an answer means that the token is dead, or null. There are three forms: 410 Gone, a 40x with a code of
 * its own, and, seen for users, 400 `Request_UnsupportedQuery` with "DeltaLink older than 30 days is not
 * supported.", which only its text tells from a query that is really wrong.
 */
function expiry(answer: ExchangeAnswer): string | null {
  if (answer.status === 410) return 'The delta link has expired (410).';
  if (answer.status < 400 || answer.status >= 500) return null;
  const { code, message } = serviceError(answer.text);
  const tooOld = code === 'Request_UnsupportedQuery' && /deltalink older than/i.test(message);
  if (!tooOld && !EXPIRED_CODES.has(code.toLowerCase())) return null;
  return `The delta link has expired (${answer.status} ${code}).`;
}
