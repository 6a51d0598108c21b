import { createHmac, randomBytes } from 'node:crypto';

/** The API that a token is for. The simulator's own origin stands for both of Microsoft 365's. */
export type Audience = 'graph' | 'activity' | 'both' | 'bot';

export type AccessToken = {
  readonly audience: Audience;
  readonly clientId: string;
  /** The permissions that its app had when it was given out; what is granted later is not in it. */
  readonly roles: readonly string[];
  readonly expiresAt: number;
};

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Access tokens that were given out. They look like JWTs; only this office knows what they are worth. */
export class TokenIssuer {
  /** How long a token lives, seconds; Microsoft gives 60 to 90 minutes. */
  readonly lifeSeconds: number;
  readonly #tokens = new Map<string, AccessToken>();
  readonly #key = randomBytes(32);

  constructor(lifeSeconds: number) {
    this.lifeSeconds = lifeSeconds;
  }

  issue(options: {
    audience: Audience;
    audienceUri: string;
    clientId: string;
    tenantId: string;
    objectId: string;
    roles: readonly string[];
    issuer: string;
    now: number;
  }): string {
    const seconds = Math.floor(options.now / 1000);
    const header = base64({ typ: 'JWT', alg: 'HS256', kid: 'simulator' });
    const payload = base64({
      aud: options.audienceUri,
      iss: options.issuer,
      iat: seconds,
      nbf: seconds,
      exp: seconds + this.lifeSeconds,
      appid: options.clientId,
      oid: options.objectId,
      ...(options.roles.length === 0 ? {} : { roles: options.roles }),
      tid: options.tenantId,
      uti: randomBytes(12).toString('base64url'),
      ver: '1.0',
    });
    const signature = createHmac('sha256', this.#key).update(`${header}.${payload}`).digest('base64url');
    const token = `${header}.${payload}.${signature}`;
    const { audience, clientId, roles, now } = options;
    this.#tokens.set(token, { audience, clientId, roles, expiresAt: now + this.lifeSeconds * 1000 });
    return token;
  }

  /** What a bearer token is worth at `now`, for one API. */
  check(
    token: string | null,
    audience: 'graph' | 'activity' | 'bot',
    now: number,
  ): AccessToken | TokenProblem {
    if (token === null || token === '') return 'empty';
    const known = this.#tokens.get(token);
    if (!known) return 'unknown';
    if (known.expiresAt <= now) return 'expired';
    const fits = known.audience === audience || (known.audience === 'both' && audience !== 'bot');
    return fits ? known : 'audience';
  }

  /** Makes every token worthless, as a revoked session does. */
  revokeAll(): void {
    this.#tokens.clear();
  }
}

export type TokenProblem = 'empty' | 'unknown' | 'expired' | 'audience';

/** The token in an Authorization header; null when there is none. */
export const bearerOf = (header: string | undefined): string | null =>
  /^Bearer\s+(.+)$/i.exec(header ?? '')?.[1] ?? null;
