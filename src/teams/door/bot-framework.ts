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
