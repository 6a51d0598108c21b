import { readFile } from 'node:fs/promises';
import type { TenantCredential } from '../../config/tenant.ts';
import { certificateEnd } from '../../microsoft365/sign-in/certificate-end.ts';
import { authOptions } from '../../microsoft365/sign-in/credential.ts';

/** What this machine has of the credential: whether it can be used at all, and when it ends (ms UTC) where that stands in it. */
export async function credentialState(
  credential: TenantCredential,
  now: number,
): Promise<{ problem: string | null; endsAt: number | null }> {
  switch (credential.kind) {
    case 'secret':
    case 'managed-identity':
      return { problem: null, endsAt: null };
    case 'federated-token':
      return { problem: await tokenProblem(credential.path), endsAt: null };
    case 'certificate': {
      const endsAt = await certificateEnd(credential);
      const problem = await usable(credential, now);
      return { problem, endsAt };
    }
  }
}

async function usable(credential: Extract<TenantCredential, { kind: 'certificate' }>, _now: number) {
  try {
    await authOptions(credential);
    return null;
  } catch (error) {
    return `The certificate cannot be used: ${reasonOf(error, credential.path)}`;
  }
}

async function tokenProblem(path: string): Promise<string | null> {
  try {
    const token = (await readFile(path, 'utf8')).trim();
    return token === '' ? `The file ${path} is empty: the platform has put no token there.` : null;
  } catch (error) {
    return `The federated token cannot be read: ${reasonOf(error, path)}`;
  }
}

function reasonOf(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return `there is no file ${path}.`;
  if (code === 'EACCES' || code === 'EPERM') return `this user may not read ${path}.`;
  if (code === 'EISDIR') return `${path} is a folder.`;
  return error instanceof Error ? error.message : 'for an unknown reason.';
}
