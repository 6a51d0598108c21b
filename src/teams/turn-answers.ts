import type { AdaptiveCard } from './cards/render.ts';
import type { Reply } from './turn.ts';

/** Collects the reply to a card action, which goes back as the answer to the request and not as a message. */
export function actionReply(): {
  reply(reply: Reply): Promise<void>;
  /** A card replaces the one clicked, a text is shown beside it. */
  response(): AdaptiveCard | string;
} {
  let last: Reply | null = null;
  return {
    reply: async (reply) => {
      last = reply;
    },
    response: () => {
      if (last === null) return 'Done.';
      return last.kind === 'card' ? last.card : last.text;
    },
  };
}
