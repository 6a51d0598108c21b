/**
 * Lets a managed identity or app registration read the tenant:
 * `npm run grant -- <object id of its service principal> [--watch-only] [--cloud gcch|dod|china]`.
 * Signs in through the Azure CLI (`az login`, outside the public cloud after `az cloud set`), as a Privileged Role
 * Administrator.
 */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { grantPermissions, graphOf } from './grant.ts';
import wanted from './permissions.json' with { type: 'json' };

const USAGE =
  'Usage: npm run grant -- <object id of the service principal> [--watch-only] [--cloud public|gcch|dod|china]';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'watch-only': { type: 'boolean', default: false },
    cloud: { type: 'string', default: 'public' },
  },
});
const [principalId] = positionals;
const graph = graphOf(values.cloud);
if (principalId === undefined || positionals.length > 1 || graph === null) {
  console.error(USAGE);
  process.exit(2);
}

const account = spawnSync(
  'az',
  ['account', 'get-access-token', '--resource', graph, '--query', 'accessToken', '--output', 'tsv'],
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
  graph,
  token: account.stdout.trim(),
  principalId,
  wanted: wanted.map((api) => ({ ...api, permissions: api.permissions.filter(isWanted) })),
  say: (line) => console.error(line),
});
