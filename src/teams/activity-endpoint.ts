import type { Activity, TurnContext } from 'botbuilder';
import type { Request, Response } from 'restify';
import { z } from 'zod';
import type { Logger } from '../observability/logger.ts';
import type { WatchAdapter } from './adapter.ts';
import { IncomingActivity } from './incoming-activity.ts';

/** What the SDK reads as dates, and what it copies into each answer and then refuses to send. */
const Readable = z.looseObject({
  id: z.string().optional().catch(undefined),
  locale: z.string().optional().catch(undefined),
  timestamp: z.coerce.date().optional().catch(undefined),
  localTimestamp: z.coerce.date().optional().catch(undefined),
  expiration: z.coerce.date().optional().catch(undefined),
});

/**
 * What `POST /api/messages` does with a parsed body: what is no activity is refused with a sentence, the
 * rest goes through the Bot Framework's authentication to the bot.
 */
export function activityEndpoint(
  adapter: WatchAdapter,
  bot: (context: TurnContext) => Promise<void>,
  log: Logger,
): (request: Request, response: Response) => Promise<void> {
  return async (request, response) => {
    const parsed = IncomingActivity.safeParse(request.body);
    if (!parsed.success) {
      const fields = parsed.error.issues.map((issue) => issue.path.join('.'));
      log.info({ fields }, 'refused a body that is no activity');
      response.send(400, { message: 'The body is no activity of the Bot Framework.' });
      return;
    }
    // Our schema is narrower than the SDK's type; the rest of the body is the SDK's own to read.
    const activity = Readable.parse(request.body) as unknown as Activity;
    const received = await adapter.receive(request.headers.authorization ?? '', activity, bot);
    switch (received.kind) {
      case 'answered':
        return void response.send(received.answer?.status ?? 200, received.answer?.body);
      case 'refused':
        log.warn({ reason: received.reason }, 'refused a request that the Bot Framework did not sign for us');
        return void response.send(401, {
          message: 'This request is not signed by the Bot Framework for this bot.',
        });
      case 'undecided':
        // Not 401: the request may be a good one, and the person who looks at the statuses learns that it is our side.
        log.warn(
          { reason: received.reason },
          'a request cannot be checked: the keys of the Bot Framework cannot be read',
        );
        return void response.send(503, {
          message:
            'Whether this request is signed by the Bot Framework cannot be checked now. Try again in a minute.',
        });
    }
  };
}
