import type { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js';
import type { TurnContext } from 'botbuilder';
import type { SendOutcome } from '../domain/ports.ts';
import type { Logger } from '../observability/logger.ts';
import { StoredReference } from './conversation-reference.ts';
import { sendFailure } from './send-failure.ts';

export type ConversationOptions = {
  adapter: TeamsAdapter;
  /** The bot's client id; empty without authentication. */
  appId: string;
  /** ms UTC. */
  now: () => number;
  log: Logger;
};

/**
 * Runs a send in a conversation, outside of its turns. The adapter's `continueConversationAsync` resolves also
 * when its callback threw, as the error goes to `onTurnError`: so that a failed send would look sent. The outcome
 * is therefore caught inside and carried out.
 * @param stored the reference as it was stored, JSON text; null when there is none
 * @param key names the conversation in the log
 * @param how what the failure of an edit means is another thing than that of a post
 */
export async function inConversation(
  { adapter, appId, now, log }: ConversationOptions,
  stored: string | null,
  key: string,
  send: (context: TurnContext) => Promise<SendOutcome>,
  how: 'post' | 'edit' = 'post',
): Promise<SendOutcome> {
  const reference = StoredReference.safeParse(stored);
  if (!reference.success) {
    const reason = 'The bot is not installed in this channel any more.';
    return { ok: false, retryable: false, reason, about: 'channel' };
  }
  let outcome: SendOutcome = { ok: false, retryable: true, reason: 'The message was not sent.' };
  const failed = (error: unknown) => {
    outcome = sendFailure(error, how, now());
    log.warn({ channel: key, err: error }, 'Teams did not take a message');
  };
  try {
    await adapter.continueConversationAsync(appId, reference.data, async (context) => {
      try {
        // The SDK gives this made-up turn a made-up id and would answer to that as to a message.
        delete context.activity.id;
        outcome = await send(context);
      } catch (error) {
        failed(error);
      }
    });
  } catch (error) {
    failed(error);
  }
  return outcome;
}
