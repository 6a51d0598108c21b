import type { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js';
import type { TurnContext } from 'botbuilder';
import type { Request, Response } from 'restify';
import type { Logger } from '../observability/logger.ts';
import { IncomingActivity } from './incoming-activity.ts';

/**
 * What `POST /api/messages` does with a parsed body: what is no activity is refused with a sentence, the
 * rest goes through the Bot Framework's authentication to the bot.
 */
export function activityEndpoint(
  adapter: TeamsAdapter,
  bot: (context: TurnContext) => Promise<void>,
  log: Logger,
): (request: Request, response: Response) => Promise<void> {
  return async (request, response) => {
    const activity = IncomingActivity.safeParse(request.body);
    if (!activity.success) {
      const fields = activity.error.issues.map((issue) => issue.path.join('.'));
      log.info({ fields }, 'refused a body that is no activity');
      response.send(400, { message: 'The body is no activity of the Bot Framework.' });
      return;
    }
    await adapter.process({ method: 'POST', headers: request.headers, body: request.body }, response, bot);
  };
}
