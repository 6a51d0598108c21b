import { type ConversationOptions, inConversation } from './in-conversation.ts';
import type { Reply } from './turn.ts';
import { activityFor } from './turn-from-context.ts';

/** Makes what says something in a conversation after its turn has ended. It never throws: a failure is logged. */
export function createTell(options: ConversationOptions): (reference: string, reply: Reply) => Promise<void> {
  return async (reference, reply) => {
    const outcome = await inConversation(options, reference, 'personal', async (context) => {
      const sent = await context.sendActivity(activityFor(reply));
      return { ok: true, activityId: sent?.id ?? '' };
    });
    if (!outcome.ok) options.log.warn({ reason: outcome.reason }, 'a message to a person could not be sent');
  };
}
