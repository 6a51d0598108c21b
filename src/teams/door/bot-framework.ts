import type { ConfigurationBotFrameworkAuthenticationOptions } from 'botbuilder';

/** Which Bot Framework speaks to us: who signs, where its keys are, and how the SDK is told so. */
export type BotFramework = {
  issuer: string;
  openIdMetadataUrl: string;
  sdk: ConfigurationBotFrameworkAuthenticationOptions;
};

/** As botframework-connector's AuthenticationConstants. */
export const PUBLIC_CLOUD: BotFramework = {
  issuer: 'https://api.botframework.com',
  openIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  sdk: {},
};

/** GCC High and DoD, as botframework-connector's GovernmentConstants. */
export const GOVERNMENT_CLOUD: BotFramework = {
  issuer: 'https://api.botframework.us',
  openIdMetadataUrl: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
  sdk: { ChannelService: 'https://botframework.azure.us' },
};

/**
 * Azure China, for which botframework-connector has no name and takes every address (Microsoft's appsettings for
 * Azure China; the cloud table of Teams SDK v2 has the same). The bot signs in to its own tenant.
 */
export const chinaCloud = (tenantId: string): BotFramework => {
  const api = 'https://api.botframework.azure.cn';
  const keys = 'https://login.botframework.azure.cn/v1/.well-known/openidconfiguration';
  return {
    issuer: api,
    openIdMetadataUrl: keys,
    sdk: {
      OAuthUrl: 'https://token.botframework.azure.cn/',
      ToChannelFromBotLoginUrl: `https://login.partner.microsoftonline.cn/${tenantId}`,
      ToChannelFromBotOAuthScope: api,
      ToBotFromChannelTokenIssuer: api,
      ToBotFromChannelOpenIdMetadataUrl: keys,
      ToBotFromEmulatorOpenIdMetadataUrl:
        'https://login.partner.microsoftonline.cn/a55a4d5b-9241-49b1-b4ff-befa8db00269/v2.0/.well-known/openid-configuration',
      ValidateAuthority: true,
    },
  };
};
