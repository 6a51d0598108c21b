import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { tokenByDeviceCode } from '../../microsoft365/sign-in/device-code.ts';

export type AdminTokenOptions = {
  authority: string;
  graph: string;
  tenantId: string;
  deviceCode: boolean;
  say(line: string): void;
};

/**
 * A token of the administrator for Graph: of the Azure CLI where somebody is signed in there, else by device code.
 * Throws what MSAL throws when nobody signs in.
 */
export async function adminToken(options: AdminTokenOptions): Promise<string> {
  const { authority, graph, tenantId, deviceCode, say } = options;
  const found = deviceCode ? null : tokenOfAzureCli(graph, tenantId);
  if (found !== null) {
    say('Signed in by the Azure CLI.');
    return found;
  }
  return tokenByDeviceCode({ authority, graph, tenantId, tell: say });
}

function tokenOfAzureCli(graph: string, tenantId: string): string | null {
  const asked = spawnSync(
    'az',
    // biome-ignore format: one option and its value a line reads worse.
    ['account', 'get-access-token', '--resource', graph, '--tenant', tenantId, '--query', 'accessToken', '--output', 'tsv'],
    // On Windows the Azure CLI is a .cmd file, which only a shell finds.
    { encoding: 'utf8', shell: process.platform === 'win32', timeout: 60_000 },
  );
  const token = asked.status === 0 ? asked.stdout.trim() : '';
  return token === '' ? null : token;
}
