import { z } from 'zod';
import type { SendOutcome } from '../domain/ports.ts';

/** What the SDK's errors carry; everything else about them is its own affair. */
const SdkError = z.object({
  statusCode: z.number().optional().catch(undefined),
  code: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
});

type Failure = Extract<SendOutcome, { ok: false }>;

const retry = (reason: string): Failure => ({ ok: false, retryable: true, reason });
const giveUp = (reason: string): Failure => ({ ok: false, retryable: false, reason });

/**
 * What a failed send to Teams means. Statuses as in "Send and receive messages with a Teams bot", section
 * "Status codes from bot conversational APIs": 403 the bot was removed or blocked, 404 the conversation is
 * gone, 413 the message is too large, 429 and 412, 502, 504 ask to be tried again.
 */
export function sendFailure(error: unknown): Failure {
  const parsed = SdkError.safeParse(error);
  const { statusCode, code, name } = parsed.success ? parsed.data : {};
  if (statusCode === undefined) {
    return retry(`Teams could not be reached (${code ?? name ?? 'no connection'}).`);
  }
  switch (statusCode) {
    case 401:
      return retry("Teams does not accept the bot's sign-in: check BOT_ID, BOT_TENANT_ID and its secret.");
    case 403:
      return giveUp('The bot was removed from the channel, or may not write there.');
    case 404:
      return giveUp('The channel does not exist any more.');
    case 408:
    case 412:
    case 425:
      return retry(`Teams asks to try again (${statusCode}).`);
    case 429:
      return retry('Teams asks for fewer messages (429).');
    case 413:
      return giveUp('Teams refused the card as too large.');
    default:
      return statusCode >= 500
        ? retry(`Teams failed (${statusCode}).`)
        : giveUp(`Teams refused the message (${[statusCode, code].filter(Boolean).join(' ')}).`);
  }
}
