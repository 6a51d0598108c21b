import type { AdaptiveCard } from './cards/render.ts';
import type { Reply } from './turn.ts';

/** The body of the answer to a pressed button, as the Bot Framework's `AdaptiveCardInvokeResponse`. */
export type ActionResponse =
  | { statusCode: 200; type: 'application/vnd.microsoft.card.adaptive'; value: AdaptiveCard }
  | { statusCode: 200; type: 'application/vnd.microsoft.activity.message'; value: string };

/** Collects the reply to a card action, which goes back as the answer to the request and not as a message. */
export function actionReply(): {
  reply(reply: Reply): Promise<void>;
  /** A card replaces the one clicked, for the person who clicked; a text is shown beside it. */
  response(): ActionResponse;
} {
  let last: Reply | null = null;
  return {
    reply: async (reply) => {
      last = reply;
    },
    response: () =>
      last?.kind === 'card'
        ? { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: last.card }
        : {
            statusCode: 200,
            type: 'application/vnd.microsoft.activity.message',
            value: last?.kind === 'text' ? last.text : 'Done.',
          },
  };
}
