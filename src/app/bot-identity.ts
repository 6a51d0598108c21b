import type { BotConfig } from '../config/bot.ts';
import { type Cloud, endpointsOf } from '../microsoft365/clouds.ts';
import { countedExchange, type OnAnswer } from '../microsoft365/http/counted-exchange.ts';
import { createExchange } from '../microsoft365/http/exchange.ts';
import { createSignIn } from '../microsoft365/sign-in/sign-in.ts';
import type { BotIdentity } from '../teams/adapter.ts';

/** As long as the connector waits for a token, ms. */
const TOKEN_WITHIN_MS = 10_000;

/**
 * How the bot proves who it is to the Bot Framework. A certificate, and a token of the platform, are read by the same
 * sign-in that reads the tenant's, in the sign-in service of the tenant's cloud.
 */
export function botIdentity(bot: BotConfig, cloud: Cloud, onAnswer: OnAnswer): BotIdentity {
  if (bot.type !== 'SingleTenant') return bot;
  const { id, tenantId, credential } = bot;
  // The SDK knows the sign-in services of Microsoft's clouds, and no other.
  if (credential.kind === 'secret' && cloud.name !== 'custom') {
    return { type: 'SingleTenant', id, tenantId, password: credential.secret };
  }
  const signIn = createSignIn({
    authority: endpointsOf(cloud).authority,
    tenantId,
    clientId: id,
    credential,
    exchange: countedExchange(createExchange(), 'sign-in', onAnswer),
  });
  const tokens = (scope: string, fresh: boolean): Promise<string> =>
    signIn(scope, AbortSignal.timeout(TOKEN_WITHIN_MS), fresh);
  return { type: 'own-tokens', id, tenantId, tokens };
}
