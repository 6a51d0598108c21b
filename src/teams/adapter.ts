import { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js';
import {
  type Activity,
  ActivityTypes,
  ConfigurationServiceClientCredentialFactory,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import type { ServiceClientCredentialsFactory } from 'botframework-connector';
import { z } from 'zod';
import type { NewId } from '../domain/ports.ts';
import type { Logger } from '../observability/logger.ts';
import { apology } from './apology.ts';
import { limitAttempts } from './connector-limits.ts';
import { type BotFramework, GOVERNMENT_CLOUD, PUBLIC_CLOUD } from './door/bot-framework.ts';
import { type TokenFault, tokenFault } from './door/bot-token.ts';
import { createSigningKeys, KeysUnreadableError } from './door/signing-keys.ts';
import { type BotTokens, OwnTokensFactory } from './own-tokens.ts';

/** How the bot proves who it is to the Bot Framework. `anonymous` checks nobody: loopback addresses only. */
export type BotIdentity =
  | { type: 'anonymous' }
  | { type: 'UserAssignedMSI'; id: string; tenantId: string }
  | { type: 'SingleTenant'; id: string; tenantId: string; password: string }
  /** Without a secret: the tokens come from a certificate, or from the platform. */
  | { type: 'own-tokens'; id: string; tenantId: string; tokens: BotTokens };

/** What the SDK throws for a request that the Bot Framework did not sign for us. */
const NotSigned = z.object({ statusCode: z.union([z.literal(401), z.literal(403)]), message: z.string() });

/** Teams gives up after 15 seconds: a check of a token that hangs is no check, ms. */
const AUTHENTICATE_WITHIN_MS = 10_000;

type Authenticated = Awaited<ReturnType<WatchAdapter['botFrameworkAuthentication']['authenticateRequest']>>;

/**
 * `refused`: the Bot Framework did not sign this for us. `undecided`: nobody can say, because its keys cannot be
 * read now.
 */
export type Received =
  | { kind: 'answered'; answer: InvokeResponse | undefined }
  | { kind: 'refused'; reason: string }
  | { kind: 'undecided'; reason: string };

/**
 * Teams AI's adapter, with a door of our own: `process` writes errors to the console, answers them with the
 * error's message, and does nothing at all where the response object is not what it expects.
 */
export class WatchAdapter extends TeamsAdapter {
  /** Judges the token first, see door/bot-token.ts; null where nobody is authenticated. */
  tokenFault: ((authorization: string, activity: Activity) => Promise<TokenFault | null>) | null = null;

  /**
   * Authenticates an activity and runs the turn. Throws what the SDK throws when a turn breaks outside our boundary.
   * @returns what an invoke is answered with (undefined for everything else), or why no turn was run
   */
  async receive(
    authorization: string,
    activity: Activity,
    bot: (context: TurnContext) => Promise<void>,
  ): Promise<Received> {
    const outcome = await this.#authenticate(authorization, activity);
    if ('kind' in outcome) return outcome;
    return { kind: 'answered', answer: await this.processActivity(outcome, activity, bot) };
  }

  async #authenticate(
    authorization: string,
    activity: Activity,
  ): Promise<Authenticated | Exclude<Received, { kind: 'answered' }>> {
    try {
      const fault = (await this.tokenFault?.(authorization, activity)) ?? null;
      if (fault !== null) return { kind: 'refused', reason: fault };
    } catch (error) {
      if (!(error instanceof KeysUnreadableError)) throw error;
      return { kind: 'undecided', reason: `${error.message} ${causeOf(error)}`.trim() };
    }
    try {
      const authentication = this.botFrameworkAuthentication.authenticateRequest(activity, authorization);
      return await within(AUTHENTICATE_WITHIN_MS, authentication);
    } catch (error) {
      const refused = NotSigned.safeParse(error);
      if (refused.success) return { kind: 'refused', reason: refused.data.message.slice(0, 200) };
      // The token was judged good before: what is left is that the SDK cannot read the keys.
      return { kind: 'undecided', reason: causeOf(error) };
    }
  }
}

const causeOf = (error: unknown): string => {
  const { cause, message } = error instanceof Error ? error : { cause: null, message: String(error) };
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return (inner instanceof Error ? inner.message : message).slice(0, 200);
};

async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export type AdapterOptions = {
  identity: BotIdentity;
  /** The US government clouds (GCC High, DoD) have a Bot Framework of their own. */
  governmentCloud: boolean;
  /** In the place of Microsoft's. */
  framework?: BotFramework;
  /** ms UTC. */
  now?: () => number;
  newReference: NewId;
  log: Logger;
};

/** The bot's client id as the SDK wants it for proactive messages; empty without authentication. */
export const appIdOf = (identity: BotIdentity): string => (identity.type === 'anonymous' ? '' : identity.id);

/**
 * The connection to the Bot Framework. Its error handler is the last net: our own boundary catches what
 * happens in a turn, so that only failures of the SDK itself, such as an answer that Teams refuses, end here.
 */
export function createAdapter(options: AdapterOptions): WatchAdapter {
  const { identity, newReference, log } = options;
  const framework = options.framework ?? (options.governmentCloud ? GOVERNMENT_CLOUD : PUBLIC_CLOUD);
  const adapter = new WatchAdapter(framework.sdk, credentials(identity));
  if (identity.type !== 'anonymous') {
    const now = options.now ?? Date.now;
    const keys = createSigningKeys(framework.openIdMetadataUrl, now);
    const rules = { issuer: framework.issuer, audience: identity.id.toLowerCase(), keys, now };
    adapter.tokenFault = (authorization, { channelId }) => tokenFault(authorization, channelId, rules);
  }
  adapter.use(async (context, next) => {
    limitAttempts(context);
    await next();
  });
  adapter.onTurnError = async (context: TurnContext, error: Error) => {
    const reference = newReference();
    log.error({ reference, type: context.activity.type, err: error }, 'turn failed outside our boundary');
    if (context.activity.type !== ActivityTypes.Message) return;
    try {
      await context.sendActivity(apology(reference));
    } catch (sendError) {
      log.warn({ reference, err: sendError }, 'the person could not be informed that the turn failed');
    }
  };
  return adapter;
}

function credentials(identity: BotIdentity): ServiceClientCredentialsFactory {
  switch (identity.type) {
    case 'anonymous':
      return new ConfigurationServiceClientCredentialFactory({});
    case 'UserAssignedMSI':
      return new ConfigurationServiceClientCredentialFactory({
        MicrosoftAppType: 'UserAssignedMsi',
        MicrosoftAppId: identity.id,
        MicrosoftAppTenantId: identity.tenantId,
      });
    case 'SingleTenant':
      return new ConfigurationServiceClientCredentialFactory({
        MicrosoftAppType: 'SingleTenant',
        MicrosoftAppId: identity.id,
        MicrosoftAppTenantId: identity.tenantId,
        MicrosoftAppPassword: identity.password,
      });
    case 'own-tokens':
      return new OwnTokensFactory(identity);
  }
}
