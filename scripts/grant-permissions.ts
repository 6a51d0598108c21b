/**
 * Lets a managed identity or app registration read the tenant:
 * `node scripts/grant-permissions.ts <object id of its service principal> [--watch-only]`.
 * Signs in through the Azure CLI (`az login`), as a Privileged Role Administrator.
 */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { grantPermissions } from './grant.ts';
import wanted from './permissions.json' with { type: 'json' };

const GRAPH = 'https://graph.microsoft.com';
const USAGE = 'Usage: node scripts/grant-permissions.ts <object id of the service principal> [--watch-only]';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'watch-only': { type: 'boolean', default: false } },
});
const [principalId] = positionals;
if (principalId === undefined || positionals.length > 1) {
  console.error(USAGE);
  process.exit(2);
}

const account = spawnSync(
  'az',
  ['account', 'get-access-token', '--resource', GRAPH, '--query', 'accessToken', '--output', 'tsv'],
  // On Windows the Azure CLI is a .cmd file, which only a shell finds.
  { encoding: 'utf8', shell: process.platform === 'win32' },
);
if (account.status !== 0) {
  console.error(account.stderr || 'The Azure CLI ("az") was not found: install it and run "az login".');
  process.exit(1);
}

const writes = (permission: string) => /\.(ReadWrite|DeleteRestore)\./.test(permission);
const isWanted = (permission: string) => !(values['watch-only'] && writes(permission));
await grantPermissions({
  graph: GRAPH,
  token: account.stdout.trim(),
  principalId,
  wanted: wanted.map((api) => ({ ...api, permissions: api.permissions.filter(isWanted) })),
  say: (line) => console.error(line),
});
