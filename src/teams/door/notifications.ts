import type { Request, Response, Server } from 'restify';
import { parseJson, readText } from '../read-json.ts';

/** Who takes in what Microsoft Graph posts. */
export type NotificationHandler = {
  /** Takes a parsed body; returns how many of its notifications were Graph's, null for a body that has none. */
  take(body: unknown): Promise<number | null>;
  /** Whether a text names a subscription of ours, which no stranger can. */
  knows(text: string): Promise<boolean>;
  /** Ms from some beginning, by a clock that nobody sets. */
  uptime(): number;
};

/** Notifications are a few hundred bytes each, and Graph sends some hundred in one body at most. */
const MAX_BODY_BYTES = 256 * 1024;
/** A token of Graph's handshake has some 300 characters. */
const MAX_TOKEN = 4_096;
/** Bodies that are taken in at the same time; Graph sends the others again. */
const MOST_AT_ONCE = 64;
/** After so many bodies of strangers within this time, ms, only what names a subscription of ours is parsed. */
const STRANGERS_WINDOW_MS = 10_000;
const MOST_OF_STRANGERS = 100;
const RETRY_AFTER_S = 10;
const TOO_MUCH = 'Too much at a time. Send it again later.';

/**
 * Answers `POST /api/notifications`: Graph's handshake, and what it says has changed, acknowledged as soon as it is
 * kept. A body that is too large, or one of a flood of strangers, is refused before it is parsed.
 * @see https://learn.microsoft.com/graph/change-notifications-delivery-webhooks
 */
export function serveNotifications(server: Server, { take, knows, uptime }: NotificationHandler): void {
  let inProgress = 0;
  let strangers: number[] = [];
  const isFlood = (): boolean => {
    const now = uptime();
    strangers = strangers.filter((at) => now - at < STRANGERS_WINDOW_MS);
    return strangers.length >= MOST_OF_STRANGERS;
  };

  server.post('/api/notifications', async (request: Request, response: Response) => {
    const refuse = (status: number, message: string): void => {
      // What is left of the body would be read as the next request.
      response.header('Connection', 'close');
      if (status !== 413) response.header('Retry-After', String(RETRY_AFTER_S));
      response.send(status, { message });
    };
    const token = new URLSearchParams(request.getQuery()).get('validationToken');
    if (token !== null) return void answerHandshake(response, token);
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
      return refuse(413, 'The body is larger than 256 KB.');
    }
    if (inProgress >= MOST_AT_ONCE) return refuse(429, TOO_MUCH);
    inProgress++;
    try {
      const read = await readText(request, MAX_BODY_BYTES);
      if (!read.ok) return refuse(read.status, read.message);
      if (isFlood() && !(await knows(read.text))) return refuse(429, TOO_MUCH);
      const body = parseJson(read.text);
      if (!body.ok) {
        strangers.push(uptime());
        return refuse(body.status, body.message);
      }
      const taken = await take(body.value);
      if (taken === null || taken === 0) strangers.push(uptime());
      if (taken === null) return refuse(400, 'The body holds no notifications.');
      // A stranger who guesses learns nothing from the answer.
      response.sendRaw(202, '', { 'Content-Length': '0' });
    } finally {
      inProgress--;
    }
  });
}

/** Graph wants its token back as plain text within ten seconds; nothing may take it for a page. */
function answerHandshake(response: Response, token: string): void {
  if (token.length > MAX_TOKEN) return void response.send(400, { message: 'The token is too long.' });
  response.sendRaw(200, token, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
}
