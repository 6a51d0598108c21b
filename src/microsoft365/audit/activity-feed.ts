import { z } from 'zod';
import { TenantReadError } from '../../domain/ports.ts';
import { Instant } from '../bodies/instant.ts';
import { LinkTrail } from '../graph/paging.ts';
import type { ExchangeAnswer } from '../http/exchange.ts';
import type { HttpDoor } from '../http/http-door.ts';
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
const Records = z.array(z.unknown());

/** The calls of the Management Activity API, for one tenant. Each throws TenantReadError. */
export interface ActivityFeed {
  /** Opens a content type; that it is open already is fine. */
  start(contentType: string, signal: AbortSignal): Promise<void>;
  /** Blobs made in the window, page by page; `not-started` when the content type is closed. */
  list(
    contentType: string,
    window: ContentWindow,
    signal: AbortSignal,
  ): AsyncIterable<ActivityContent[] | 'not-started'>;
  /** The records of a blob; null when it has gone. */
  records(content: ActivityContent, signal: AbortSignal): Promise<unknown[] | null>;
}

export function createActivityFeed(door: HttpDoor, tenantId: string): ActivityFeed {
  const base = `${door.origin}/api/v1.0/${tenantId}/activity/feed/subscriptions`;
  const send = (method: 'GET' | 'POST', url: string, signal: AbortSignal): Promise<ExchangeAnswer> =>
    door.send({ method, url: asPublisher(url, tenantId), operation, signal });
  return {
    async start(contentType, signal) {
      const answer = await send('POST', `${base}/start?contentType=${contentType}`, signal);
      if (serviceError(answer.text).code !== ALREADY_STARTED) expectSuccess(answer, operation);
    },
    async *list(contentType, { startTime, endTime }, signal) {
      const trail = new LinkTrail(operation, door.maxPages);
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
    async records({ contentUri }, signal) {
      const answer = await send('GET', contentUri, signal);
      if (answer.status >= 400 && CONTENT_GONE.has(serviceError(answer.text).code)) return null;
      return readJson(answer, Records, operation);
    },
  };
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
