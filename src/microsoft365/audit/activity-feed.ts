import { z } from 'zod';
import { type ReadFailureCode, TenantReadError } from '../../domain/ports.ts';
import { Instant } from '../bodies/instant.ts';
import { LinkTrail } from '../graph/paging.ts';
import type { ExchangeAnswer } from '../http/exchange.ts';
import type { HttpClient } from '../http/http-client.ts';
import { expectSuccess, readJson } from '../http/json-answer.ts';
import { serviceError } from '../http/service-error.ts';
import { OPERATIONS } from '../operations.ts';
import { ALREADY_STARTED, CONTENT_GONE, NOT_STARTED } from './activity-refusals.ts';
import type { ContentWindow } from './content-windows.ts';

const operation = OPERATIONS.activityFeed;

/** One blob of records, as a content listing names it. `contentCreated` is ms UTC. */
export const ActivityContent = z.object({ contentUri: z.string(), contentCreated: Instant });
export type ActivityContent = z.infer<typeof ActivityContent>;

const ContentList = z.array(ActivityContent);

/** What a blob's address leads to. `answer`: a text that `recordsIn` reads, which takes several times its memory. */
export type Blob =
  | { kind: 'answer'; text: string }
  /** It has expired, or was never there. */
  | { kind: 'gone' }
  | Unreadable;

/** An answer that is no list of records, or an address that must not be followed (`text` null). */
type Unreadable = { kind: 'unreadable'; text: string | null; reason: string };

/** The calls of the Management Activity API, for one tenant. Each throws TenantReadError. */
export interface ActivityFeed {
  /** Opens a content type; that it is open already is fine. */
  start(contentType: string, signal: AbortSignal): Promise<'started' | 'was-open'>;
  /** Blobs made in the window, page by page; `not-started` when the content type is closed. */
  list(
    contentType: string,
    window: ContentWindow,
    signal: AbortSignal,
  ): AsyncIterable<ActivityContent[] | 'not-started'>;
  blob(content: ActivityContent, signal: AbortSignal): Promise<Blob>;
}

export function createActivityFeed(client: HttpClient, tenantId: string): ActivityFeed {
  const base = `${client.origin}/api/v1.0/${tenantId}/activity/feed/subscriptions`;
  const send = (method: 'GET' | 'POST', url: string, signal: AbortSignal): Promise<ExchangeAnswer> =>
    client.send({ method, url: asPublisher(url, tenantId), operation, signal });
  return {
    async start(contentType, signal) {
      const answer = await send('POST', `${base}/start?contentType=${contentType}`, signal);
      if (serviceError(answer.text).code === ALREADY_STARTED) return 'was-open';
      expectSuccess(answer, operation);
      return 'started';
    },
    async *list(contentType, { startTime, endTime }, signal) {
      const trail = new LinkTrail(operation, client.maxPages);
      let link: string | null =
        `${base}/content?contentType=${contentType}&startTime=${startTime}&endTime=${endTime}`;
      while (link !== null) {
        trail.add(link);
        const answer: ExchangeAnswer = await send('GET', link, signal);
        if (answer.status === 400 && serviceError(answer.text).code === NOT_STARTED) {
          yield 'not-started';
          return;
        }
        yield readJson(answer, ContentList, operation);
        link = nextPage(answer);
      }
    },
    async blob({ contentUri }, signal) {
      try {
        const answer = await send('GET', contentUri, signal);
        if (answer.status >= 400 && CONTENT_GONE.has(serviceError(answer.text).code)) return { kind: 'gone' };
        return { kind: 'answer', text: expectSuccess(answer, operation).text };
      } catch (error) {
        // Whatever is wrong with one blob must not hold up the others of its window.
        if (!(error instanceof TenantReadError) || !ONE_BLOB.has(error.code)) throw error;
        return { kind: 'unreadable', text: null, reason: error.message };
      }
    },
  };
}

/** Failures that may be of one blob alone: the listing before it was answered. */
const ONE_BLOB: ReadonlySet<ReadFailureCode> = new Set([
  'cross-origin',
  'malformed',
  'refused',
  'server-error',
  'timeout',
]);

/** The records in the text of a blob. */
export function recordsIn(text: string): { kind: 'records'; records: unknown[] } | Unreadable {
  try {
    const records: unknown = JSON.parse(text);
    if (Array.isArray(records)) return { kind: 'records', records };
    return { kind: 'unreadable', text, reason: 'A blob is valid JSON, but not a list of records.' };
  } catch {
    return { kind: 'unreadable', text, reason: 'A blob is not valid JSON.' };
  }
}

/** Every call names who asks; without it, all such apps of the world share one quota. Links are kept as they are. */
function asPublisher(url: string, tenantId: string): string {
  if (/[?&]PublisherIdentifier=/i.test(url)) return url;
  return `${url}${url.includes('?') ? '&' : '?'}PublisherIdentifier=${tenantId}`;
}

/** The reference calls the header NextPageUri, another page of Microsoft NextPageUrl. */
function nextPage(answer: ExchangeAnswer): string | null {
  const link = answer.headers.nextpageuri ?? answer.headers.nextpageurl;
  if (Array.isArray(link))
    throw new TenantReadError('malformed', 'The content listing names two next pages.');
  return link || null;
}
