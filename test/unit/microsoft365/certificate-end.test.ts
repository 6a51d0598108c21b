import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificateEnd } from '../../../src/microsoft365/sign-in/certificate-end.ts';
import { makeCertificate } from '../../../src/simulator/http/certificate.ts';
import { sharedCertificate } from '../../builders/simulator/shared-certificate.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const endOf = (pem: string): number => new X509Certificate(pem).validToDate.getTime();
async function fileWith(text: string): Promise<string> {
  const file = path.join(folder, 'credential.pem');
  await writeFile(file, text);
  return file;
}

describe('when the certificate that reads the tenant ends', () => {
  it('is what the file says, with its key before it and its chain behind, and as the file is now', async () => {
    const own = await sharedCertificate();
    const later = await makeCertificate(Date.UTC(2031, 0, 1));
    const file = await fileWith(`${own.key}\n${own.certificate}\n${later.certificate}`);
    expect(await certificateEnd({ kind: 'certificate', path: file })).toBe(endOf(own.certificate));
    await fileWith(`${later.certificate}\n${later.key}`);
    expect(await certificateEnd({ kind: 'certificate', path: file })).toBe(endOf(later.certificate));
  });

  it.each([
    ['without a certificate', 'nothing'],
    ['with one that is none', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
  ])('is not known of a file %s', async (_name, text) => {
    expect(await certificateEnd({ kind: 'certificate', path: await fileWith(text) })).toBeNull();
  });

  it('is not known where there is no file, and of what is no certificate', async () => {
    expect(await certificateEnd({ kind: 'certificate', path: path.join(folder, 'gone.pem') })).toBeNull();
    expect(await certificateEnd({ kind: 'secret', secret: 'not-a-real-one' })).toBeNull();
    expect(await certificateEnd({ kind: 'managed-identity' })).toBeNull();
  });
});
