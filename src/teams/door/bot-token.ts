import { verify } from 'node:crypto';
import { z } from 'zod';
import type { SigningKeys } from './signing-keys.ts';

/** Why a request is not taken for the Bot Framework's, as the log has it. */
export type TokenFault =
  | 'no token'
  | 'not a token'
  | 'algorithm not allowed'
  | 'another issuer'
  | 'another audience'
  | 'expired'
  | 'not yet valid'
  | 'unknown key'
  | 'wrong signature'
  | 'key not endorsed for the channel';

export type TokenRules = {
  issuer: string;
  /** The bot's client id, lower case. */
  audience: string;
  keys: SigningKeys;
  /** ms UTC. */
  now: () => number;
};

/** Only signatures by a key pair: with HS256 the public key would be the secret. As the SDK's AllowedSigningAlgorithms. */
const HASHES: Readonly<Record<string, string>> = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' };

/** As the SDK: clocks may differ by five minutes. */
const SKEW_SECONDS = 5 * 60;
const MAX_TOKEN_LENGTH = 16_384;

const Header = z.object({ alg: z.string(), kid: z.string() });
const Claims = z.object({
  iss: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
});

/**
 * Judges the token of a request before the SDK does, by "Authenticate requests from the Bot Connector service" of
 * the Bot Framework documentation, and stricter in nothing that Microsoft sends. The SDK stays the second judge: it
 * writes its own keys to the console and throws errors of every kind for a token whose signature does not fit, so
 * that it gets to see none.
 * @param authorization the header as it came
 * @param channelId of the activity that came with it
 * @returns null for a token that is good
 * @throws KeysUnreadableError when only the keys could tell, and they cannot be read
 */
export async function tokenFault(
  authorization: string,
  channelId: string,
  rules: TokenRules,
): Promise<TokenFault | null> {
  if (authorization.trim() === '') return 'no token';
  const token = read(authorization);
  if (token === null) return 'not a token';
  const { header, claims } = token;
  const hash = HASHES[header.alg];
  if (hash === undefined) return 'algorithm not allowed';
  if (claims.iss !== rules.issuer) return 'another issuer';
  if (claims.aud.toLowerCase() !== rules.audience) return 'another audience';
  const seconds = rules.now() / 1000;
  if (claims.exp + SKEW_SECONDS <= seconds) return 'expired';
  if ((claims.nbf ?? 0) - SKEW_SECONDS > seconds) return 'not yet valid';
  // Only a token that could be good is worth a look at the keys.
  const known = await rules.keys(header.kid);
  if (known === null) return 'unknown key';
  if (!verify(hash, Buffer.from(token.signed), known.key, token.signature)) return 'wrong signature';
  const endorsed = known.endorsements.length === 0 || known.endorsements.includes(channelId);
  return endorsed ? null : 'key not endorsed for the channel';
}

function read(authorization: string) {
  const [scheme, token = '', ...more] = authorization.split(' ');
  if (scheme !== 'Bearer' || more.length > 0 || token.length > MAX_TOKEN_LENGTH) return null;
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0) return null;
  const header = Header.safeParse(jsonIn(head));
  const claims = Claims.safeParse(jsonIn(body));
  if (!header.success || !claims.success) return null;
  return {
    header: header.data,
    claims: claims.data,
    signed: `${head}.${body}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

function jsonIn(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
