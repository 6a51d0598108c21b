import { createVerify, verify, X509Certificate } from 'node:crypto';

type Claims = { iss?: unknown; sub?: unknown; aud?: unknown; exp?: unknown };

const parsed = (part: string | undefined): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
};

function signatureHolds(algorithm: unknown, text: string, signature: Buffer, certificate: X509Certificate) {
  const key = certificate.publicKey;
  if (algorithm === 'RS256') return createVerify('sha256').update(text).verify(key, signature);
  // 6 is RSA_PKCS1_PSS_PADDING; MSAL signs assertions with PSS since its version 2.
  const pss = { key, padding: 6, saltLength: 32 };
  return algorithm === 'PS256' && verify('sha256', Buffer.from(text), pss, signature);
}

/**
 * Whether a client assertion (RFC 7523) was signed by one of the app's certificates, for this app and this
 * token endpoint, and has not expired at `now`, ms UTC.
 */
export function assertionHolds(
  assertion: string,
  expected: { clientId: string; tokenEndpoint: string; certificates: readonly string[]; now: number },
): boolean {
  const [head, body, signature] = assertion.split('.');
  const header = parsed(head);
  const claims: Claims | null = parsed(body);
  if (!header || !claims || signature === undefined) return false;
  const forUs = claims.iss === expected.clientId && claims.sub === expected.clientId;
  const alive = typeof claims.exp === 'number' && claims.exp * 1000 > expected.now;
  if (!forUs || !alive || claims.aud !== expected.tokenEndpoint) return false;
  const bytes = Buffer.from(signature, 'base64url');
  return expected.certificates.some((pem) =>
    signatureHolds(header.alg, `${head}.${body}`, bytes, new X509Certificate(pem)),
  );
}
