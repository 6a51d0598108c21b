import { z } from 'zod';
import { HOUR_MS } from '../domain/durations.ts';
import { retryAfterMs } from '../domain/pause/retry-after.ts';
import type { SendFailure } from '../domain/ports.ts';

/** What the SDK's errors carry; everything else about them is its own affair. */
const SdkError = z.object({
  statusCode: z.number().optional().catch(undefined),
  code: z.string().optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  /** What MSAL's errors have: the bot got no token. */
  errorCode: z.string().optional().catch(undefined),
  response: z
    .object({ headers: z.custom<{ get(name: string): unknown }>((value) => hasGet(value)) })
    .optional()
    .catch(undefined),
});
type SdkError = z.infer<typeof SdkError>;

const hasGet = (value: unknown): boolean => z.looseObject({ get: z.function() }).safeParse(value).success;

/** No connection came about, so that nothing was sent. */
const NO_CONNECTION: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);
const CERTIFICATE = /CERT|SELF_SIGNED|^ERR_TLS/;
/** Names of errors of Azure's credentials: no token, no request. */
const SIGN_IN = /Credential|Authentication/;

/** The card is gone and the channel is not. The first is documented, the others were seen. */
const CARD_GONE: ReadonlySet<string> = new Set(['ActivityNotFoundInConversation', 'MessageNotFound']);
const CHANNEL_GONE: ReadonlySet<string> = new Set([
  'ConversationNotFound',
  'TeamNotFound',
  'ChannelNotFound',
]);

/** Teams asks for seconds; what is longer than this is asked for again, ms. */
const MAX_ASKED_MS = HOUR_MS;

const again = (reason: string, more: Partial<SendFailure> = {}): SendFailure => ({
  ok: false,
  retryable: true,
  reason,
  about: 'teams',
  ...more,
});
const inVain = (about: 'channel' | 'card' | 'message', reason: string): SendFailure => ({
  ok: false,
  retryable: false,
  reason,
  about,
});

const CHANNEL_IS_GONE = inVain('channel', 'The channel does not exist any more.');
const CARD_IS_GONE = inVain('card', 'The card was deleted in the channel.');

/**
 * Says what a failed send to Teams means. Statuses and codes as in "Send and receive messages with a Teams bot",
 * section "Status codes from bot conversational APIs": 403 the bot was removed or blocked, 404 the conversation or
 * the message is gone, 413 the message is too large; 412, 429, 502 and 504 ask to be tried again. An edit of a message
 * that somebody deleted is also answered 403 `ServiceError` (microsoft/BotFramework-Services #269). Whatever came
 * without an answer that can be read, and whatever a gateway answered, may stand in the channel.
 * @param now ms UTC, for a `Retry-After` that names a date
 */
export function sendFailure(error: unknown, how: 'post' | 'edit', now: number): SendFailure {
  const parsed = SdkError.safeParse(error);
  const sdk: SdkError = parsed.success ? parsed.data : {};
  const { statusCode, code, name } = sdk;
  if (code === 'unbound-field') return inVain('message', 'The card could not be made.');
  if (statusCode === undefined) {
    return again(`Teams could not be reached (${code ?? name ?? 'no connection'}).`, {
      maybeSent: mayHaveArrived(sdk),
    });
  }
  const asked = { retryAfterMs: pauseAsked(sdk, now) };
  switch (statusCode) {
    case 401:
      return again("Teams does not accept the bot's sign-in: check BOT_ID, BOT_TENANT_ID and its secret.");
    case 403:
      return how === 'edit' && code === 'ServiceError'
        ? CARD_IS_GONE
        : inVain('channel', 'The bot was removed from the channel, or may not write there.');
    case 404:
      if (code !== undefined && CARD_GONE.has(code)) return CARD_IS_GONE;
      // Without a code we know, a card that cannot be edited is posted again, and then Teams says what is gone.
      return how === 'edit' && !(code !== undefined && CHANNEL_GONE.has(code))
        ? CARD_IS_GONE
        : CHANNEL_IS_GONE;
    case 408:
    case 412:
    case 425:
      return again(`Teams asks to try again (${statusCode}).`, asked);
    case 429:
      return again('Teams asks for fewer messages (429).', asked);
    case 413:
      return inVain('message', 'Teams refused the card as too large.');
    default:
      if (statusCode >= 500) return again(`Teams failed (${statusCode}).`, { maybeSent: true, ...asked });
      if (statusCode < 300) {
        return again('Teams took the card, but its answer could not be read.', { maybeSent: true });
      }
      return inVain(
        'message',
        `Teams refused the message (${[statusCode, code].filter(Boolean).join(' ')}).`,
      );
  }
}

/** Whether a request without an answer may have been taken all the same. */
function mayHaveArrived({ code, name, errorCode }: SdkError): boolean {
  if (errorCode !== undefined || SIGN_IN.test(name ?? '')) return false;
  return code === undefined || !(NO_CONNECTION.has(code) || CERTIFICATE.test(code));
}

/** Null where Teams names no pause; ms. */
function pauseAsked({ response }: SdkError, now: number): number | null {
  const written = response?.headers.get('retry-after');
  const asked = typeof written === 'string' ? retryAfterMs(written, now) : null;
  return asked === null ? null : Math.min(MAX_ASKED_MS, asked);
}
