import { createPublicKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Configuration } from '@azure/msal-node';

/** How the app proves who it is. Exactly one is configured. */
export type Credential =
  | { kind: 'secret'; secret: string }
  /** A PEM file with the certificate and its private key. */
  | { kind: 'certificate'; path: string }
  /** A user-assigned managed identity, named by the client id, that holds the permissions itself. */
  | { kind: 'managed-identity' }
  /** A file in which the platform keeps a fresh token that the app registration trusts. */
  | { kind: 'federated-token'; path: string };

type AppCredential = Exclude<Credential, { kind: 'managed-identity' }>;
type AuthOptions = Pick<Configuration['auth'], 'clientSecret' | 'clientCertificate' | 'clientAssertion'>;

/**
 * Takes a credential and returns what MSAL calls it. Reads the certificate file; the federated token's file
 * is read again for each token, because the platform replaces it. Throws when the certificate is unusable.
 */
export async function authOptions(credential: AppCredential): Promise<AuthOptions> {
  switch (credential.kind) {
    case 'secret':
      return { clientSecret: credential.secret };
    case 'certificate':
      return { clientCertificate: certificateOf(await readFile(credential.path, 'utf8')) };
    case 'federated-token':
      return { clientAssertion: async () => (await readFile(credential.path, 'utf8')).trim() };
  }
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const PRIVATE_KEY = /-----BEGIN (?:RSA )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA )?PRIVATE KEY-----/;

function certificateOf(pem: string): NonNullable<AuthOptions['clientCertificate']> {
  const chain = pem.match(CERTIFICATE);
  const privateKey = PRIVATE_KEY.exec(pem)?.[0];
  const own = chain?.[0];
  if (own === undefined || privateKey === undefined) {
    throw new Error('The PEM file must hold a certificate and its private key, not encrypted.');
  }
  const certificate = new X509Certificate(own);
  const ownKey = certificate.publicKey.export({ type: 'spki', format: 'pem' });
  if (createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }) !== ownKey) {
    throw new Error('The private key in the PEM file is not the key of the certificate.');
  }
  return {
    thumbprintSha256: certificate.fingerprint256.replaceAll(':', ''),
    privateKey,
    // With the chain in the assertion, Entra also accepts a renewed certificate by subject and issuer.
    x5c: (chain ?? []).join('\n'),
  };
}
