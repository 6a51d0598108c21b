import { createPublicKey, verify } from 'node:crypto';
import type { SignInRefusal } from './refusals.ts';

/** A federated credential of an app registration: whose tokens stand for the app. */
export type FederatedCredential = {
  readonly issuer: string;
  readonly subject: string;
  /** PEM of the key that the issuer publishes; a real Entra reads it from the issuer's metadata. */
  readonly publicKey: string;
};

/** What Entra wants as the audience of such a token, unless the credential names another one. */
export const EXCHANGE_AUDIENCE = 'api://AzureADTokenExchange';

const refusal = (number: number, text: string): SignInRefusal => ({
  status: 401,
  error: 'invalid_client',
  number,
  text,
});

/**
 * Judges a token of another issuer that is sent as the client assertion, by the texts and numbers of Entra; null when it
 * is good at `now`, ms UTC.
 */
export function federationRefusal(
  assertion: string,
  credentials: readonly FederatedCredential[],
  now: number,
): SignInRefusal | null {
  const [head = '', body = '', signature = ''] = assertion.split('.');
  const claims = claimsOf(body);
  const ofIssuer = credentials.filter(({ issuer }) => issuer === claims.iss);
  if (ofIssuer.length === 0) {
    return refusal(
      700211,
      `No matching federated identity record found for presented assertion issuer '${claims.iss}'.`,
    );
  }
  const found = ofIssuer.find(({ subject }) => subject === claims.sub);
  if (!found) {
    return refusal(
      700213,
      `No matching federated identity record found for presented assertion subject '${claims.sub}'.`,
    );
  }
  if (claims.aud !== EXCHANGE_AUDIENCE) {
    return refusal(
      700212,
      `No matching federated identity record found for presented assertion audience '${claims.aud}'.`,
    );
  }
  if (!(typeof claims.exp === 'number' && claims.exp * 1000 > now)) {
    return refusal(700024, 'Client assertion is not within its valid time range.');
  }
  const signed = Buffer.from(`${head}.${body}`);
  return verify('sha256', signed, createPublicKey(found.publicKey), Buffer.from(signature, 'base64url'))
    ? null
    : refusal(50013, 'Assertion failed signature validation.');
}

type Claims = { iss?: unknown; sub?: unknown; aud?: unknown; exp?: unknown };

/** Whether an assertion says that somebody else than the app made it. */
export const isFromElsewhere = (assertion: string, clientId: string): boolean =>
  claimsOf(assertion.split('.')[1] ?? '').iss !== clientId;

function claimsOf(body: string): Claims {
  try {
    const value: unknown = JSON.parse(Buffer.from(body, 'base64url').toString());
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
