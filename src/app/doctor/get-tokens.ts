import type { BotConfig } from '../../config/bot.ts';
import type { PartlyConfig } from '../../config/partly.ts';
import { endpointsOf, scopeOf } from '../../microsoft365/clouds.ts';
import { type TriedToken, tryToken } from '../../microsoft365/doctor/try-token.ts';
import type { Exchange } from '../../microsoft365/http/exchange.ts';

export type Tokens = { graph: TriedToken; management: TriedToken; bot: TriedToken };

/** The Bot Framework of each cloud; with addresses of one's own it is the public one's. */
const BOT_SCOPES = {
  public: 'https://api.botframework.com/.default',
  custom: 'https://api.botframework.com/.default',
  gcch: 'https://api.botframework.us/.default',
  dod: 'https://api.botframework.us/.default',
  china: 'https://api.botframework.azure.cn/.default',
} as const;

const without = (why: string, wrong: boolean): TriedToken => ({
  fact: { kind: 'unset', why, wrong },
  token: null,
});

/** Asks for a token for each service, as the product does. */
export async function getTokens(
  settings: PartlyConfig,
  exchange: Exchange,
  signal: AbortSignal,
): Promise<Tokens> {
  const { cloud, tenant, bot } = settings;
  const [noCloud] = cloud.problems;
  if (noCloud !== undefined) {
    const none = without(noCloud, true);
    return {
      graph: none,
      management: none,
      bot: bot.value.type === 'anonymous' ? anonymous(settings) : none,
    };
  }
  const { authority, graph, managementApi } = endpointsOf(cloud.value);
  const shared = { authority, exchange, signal };
  const forTenant = async (origin: string): Promise<TriedToken> => {
    const [problem] = tenant.problems;
    if (problem !== undefined) return without(problem, true);
    return tryToken({ ...shared, ...tenant.value, scope: scopeOf(origin) });
  };
  const [graphToken, managementToken, botToken] = await Promise.all([
    forTenant(graph),
    forTenant(managementApi),
    forBot(settings, bot.value),
  ]);
  return { graph: graphToken, management: managementToken, bot: botToken };

  async function forBot(all: PartlyConfig, config: BotConfig): Promise<TriedToken> {
    const [problem] = all.bot.problems;
    if (problem !== undefined) return without(problem, true);
    if (config.type === 'anonymous') return anonymous(all);
    return tryToken({
      ...shared,
      tenantId: config.tenantId,
      clientId: config.id,
      credential: config.type === 'UserAssignedMSI' ? { kind: 'managed-identity' } : config.credential,
      scope: BOT_SCOPES[all.cloud.value.name],
    });
  }
}

function anonymous({ bot }: PartlyConfig): TriedToken {
  const [problem] = bot.problems;
  if (problem !== undefined) return without(problem, true);
  return without(
    'BOT_ID is not set: the bot listens on this machine only and signs in to nobody. Set BOT_ID for Teams.',
    false,
  );
}
