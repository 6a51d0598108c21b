import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';
import type { BotFramework } from '../../../src/teams/door/bot-framework.ts';
import { type LocalService, startLocalService } from './local-service.ts';

const ISSUER = 'https://api.botframework.com';
const EMULATOR = 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration';

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export type Forgery = {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  /** Whose key signs: Microsoft's; a stranger's; the public one as a secret; or none. */
  by?: 'microsoft' | 'stranger' | 'public-key' | 'nobody';
};

/** Microsoft's OpenID provider of the Bot Framework, and whatever else signs. */
export class KeyServer {
  readonly kid = 'microsoft-key-1';
  endorsements: string[] | undefined = ['msteams'];
  /** What the provider does in the place of answering. */
  away: 'status-503' | 'no-json' | null = null;
  readonly #microsoft = pair();
  readonly #stranger = pair();
  #service: LocalService | null = null;

  async start(): Promise<void> {
    this.#service = await startLocalService(({ url }, origin) => {
      if (this.away === 'status-503') return { status: 503, text: 'Service Unavailable' };
      if (this.away === 'no-json') return { text: '<html>captive portal</html>' };
      if (url.endsWith('/openidconfiguration')) {
        return { json: { issuer: ISSUER, jwks_uri: `${origin}/v1/.well-known/keys` } };
      }
      const key = this.#microsoft.publicKey.export({ format: 'jwk' });
      const { endorsements } = this;
      const elliptic = { kty: 'EC', crv: 'P-256', kid: 'another-kind', x: 'x', y: 'y' };
      return {
        json: { keys: [elliptic, { ...key, kid: this.kid, use: 'sig', x5t: this.kid, endorsements }] },
      };
    });
  }

  get metadataUrl(): string {
    return `${this.#service?.origin ?? 'http://127.0.0.1:9'}/v1/.well-known/openidconfiguration`;
  }

  get requests(): number {
    return this.#service?.received.length ?? 0;
  }

  get framework(): BotFramework {
    return {
      issuer: ISSUER,
      openIdMetadataUrl: this.metadataUrl,
      sdk: {
        ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
        ToChannelFromBotOAuthScope: 'https://api.botframework.com',
        ToBotFromChannelTokenIssuer: ISSUER,
        OAuthUrl: 'https://api.botframework.com',
        ToBotFromChannelOpenIdMetadataUrl: this.metadataUrl,
        ToBotFromEmulatorOpenIdMetadataUrl: EMULATOR,
      },
    };
  }

  /** A token as the Bot Framework sends it to this bot, but for what is forged. */
  token(audience: string, serviceurl: string, { header, claims, by = 'microsoft' }: Forgery = {}): string {
    const seconds = Math.floor(Date.now() / 1000);
    const head = encoded({ alg: 'RS256', typ: 'JWT', kid: this.kid, x5t: this.kid, ...header });
    const body = encoded({
      serviceurl,
      nbf: seconds - 10,
      exp: seconds + 3600,
      iss: ISSUER,
      aud: audience,
      ...claims,
    });
    return `${head}.${body}.${this.#signature(`${head}.${body}`, by)}`;
  }

  #signature(text: string, by: NonNullable<Forgery['by']>): string {
    switch (by) {
      case 'microsoft':
      case 'stranger': {
        const { privateKey } = by === 'microsoft' ? this.#microsoft : this.#stranger;
        return createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url');
      }
      case 'public-key': {
        const secret = this.#microsoft.publicKey.export({ format: 'pem', type: 'pkcs1' });
        return createHmac('sha256', secret).update(text).digest('base64url');
      }
      case 'nobody':
        return '';
    }
  }

  async stop(): Promise<void> {
    await this.#service?.close();
  }
}
