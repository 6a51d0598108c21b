import { randomUUID } from 'node:crypto';
import { generate } from 'selfsigned';
import { DAY_MS } from '../durations.ts';

/** Key and certificate as PEM. The certificate is its own authority, so that clients can trust just it. */
export type Certificate = { readonly key: string; readonly certificate: string };

/** Makes a certificate for localhost, 127.0.0.1 and ::1, valid for 30 days around `now`, ms UTC. */
export async function makeCertificate(now: number): Promise<Certificate> {
  // Two certificates of one name hide each other from a client that trusts both.
  const name = `License Watch simulator ${randomUUID()}`;
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + 30 * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
  return { key: made.private, certificate: made.cert };
}
