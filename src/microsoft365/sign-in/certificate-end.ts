import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Credential } from './credential.ts';

const FIRST = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/;

/**
 * When the certificate of an app ends, ms UTC; read again each time, as the file may have been
 * replaced. Null for other credentials, whose end is not ours to know, and where the file cannot be read. Never throws.
 */
export async function certificateEnd(credential: Credential): Promise<number | null> {
  if (credential.kind !== 'certificate') return null;
  try {
    const [pem] = FIRST.exec(await readFile(credential.path, 'utf8')) ?? [];
    return pem === undefined ? null : new X509Certificate(pem).validToDate.getTime();
  } catch {
    return null;
  }
}
