import { AppCredentials, ServiceClientCredentialsFactory } from 'botframework-connector';

/** Gives a token of the bot for a scope, such as `https://api.botframework.com/.default`; a new one when asked. */
export type BotTokens = (scope: string, fresh: boolean) => Promise<string>;

const SUFFIX = '/.default';

/** Credentials of the SDK whose tokens come from elsewhere; whoever gives them also keeps them while they are good. */
class GivenCredentials extends AppCredentials {
  readonly #tokens: BotTokens;

  constructor(appId: string, tenantId: string, scope: string | undefined, tokens: BotTokens) {
    super(appId, tenantId, scope);
    this.#tokens = tokens;
  }

  override getToken(forceRefresh = false): Promise<string> {
    const scope = this.oAuthScope;
    return this.#tokens(scope.endsWith(SUFFIX) ? scope : `${scope}${SUFFIX}`, forceRefresh);
  }

  protected override refreshToken(): never {
    throw new Error('the SDK gets its tokens by getToken');
  }
}

/**
 * The bot's credentials where it has no secret: a certificate, or a token of its platform. The SDK's own factory for
 * certificates starts the program `openssl`, and the one for federations keeps the first assertion for good
 * (botframework-connector 4.23.3).
 */
export class OwnTokensFactory extends ServiceClientCredentialsFactory {
  readonly #bot: { id: string; tenantId: string; tokens: BotTokens };

  constructor(bot: { id: string; tenantId: string; tokens: BotTokens }) {
    super();
    this.#bot = bot;
  }

  override async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.#bot.id;
  }

  override async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }

  override async createCredentials(appId: string, audience: string | undefined): Promise<AppCredentials> {
    const { id, tenantId, tokens } = this.#bot;
    if (appId !== id) throw new Error('These are the credentials of another bot.');
    return new GivenCredentials(id, tenantId, audience, tokens);
  }
}
