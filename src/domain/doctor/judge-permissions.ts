import { DAY_MS } from '../durations.ts';
import type { CallFact } from './facts.ts';
import { bad, type Finding, good, untried } from './finding.ts';
import { grantLine } from './fix-script.ts';
import { checkOf, roleThatAllows, USED_PERMISSIONS, type UsedPermission } from './permissions.ts';

export type PermissionFacts = {
  clientId: string;
  /** Application permissions in the tokens of each API; null where a token does not tell them. */
  roles: { graph: readonly string[] | null; management: readonly string[] | null };
  /** Why no call could be made; null where calls were made. */
  noCalls: { graph: string | null; management: string | null };
  calls: ReadonlyMap<string, CallFact>;
  managedIdentity: boolean;
  /** What was granted, and when (ms UTC); null where that cannot be read. */
  granted: ReadonlyMap<string, number | null> | null;
  now: number;
};

/** Azure holds the token of a managed identity so long. */
const HELD_MS = DAY_MS;

/** One finding for each permission that the product uses. */
export const permissionFindings = (facts: PermissionFacts): Finding[] =>
  USED_PERMISSIONS.map((permission) => permissionFinding(permission, facts));

function permissionFinding(permission: UsedPermission, facts: PermissionFacts): Finding {
  const check = checkOf(permission);
  const noCall = facts.noCalls[permission.api];
  if (noCall !== null) return untried(check, noCall);
  const roles = facts.roles[permission.api];
  const role = roles === null ? null : roleThatAllows(permission, roles);
  const call = facts.calls.get(permission.name);
  if (permission.optional && role === null && call?.kind !== 'works') {
    return untried(check, 'Not granted. It is optional: see docs/permissions.md.');
  }
  if (permission.writes && roles !== null) {
    return role === null
      ? missing(permission, facts, 'The token does not have it.')
      : good(check, inWords(permission, role));
  }
  switch (call?.kind) {
    case 'works':
      return good(check, role === null ? 'What it is for works.' : inWords(permission, role));
    case 'forbidden':
      return missing(permission, facts, call.says);
    case 'not-accepted':
      return untried(check, call.says);
    case 'unknown':
      return role === null ? untried(check, call.why) : untried(check, `The token has it; ${call.why}`);
    case 'no-premium':
      return role === null
        ? untried(check, 'The tenant has no Entra ID P1, so that nothing tells whether it is granted.')
        : good(check, `The token has ${role}; what it reads takes Entra ID P1, which the tenant has not.`);
    case undefined:
      if (role !== null) return good(check, inWords(permission, role));
      return roles === null
        ? untried(check, 'Neither the token nor a call tells.')
        : missing(permission, facts, 'The token does not have it.');
  }
}

const inWords = ({ name }: UsedPermission, role: string): string =>
  role === name ? 'Granted, and in the token.' : `${role} is in the token, and covers it.`;

function missing(permission: UsedPermission, facts: PermissionFacts, said: string): Finding {
  const { name, api } = permission;
  const check = checkOf(permission);
  const grantedAt = facts.granted?.get(name);
  const isGranted = facts.granted?.has(name) ?? false;
  const held = 'Azure keeps the token of a managed identity for up to 24 hours, and a restart does not help';
  if (isGranted && facts.managedIdentity) {
    const since = grantedAt === null || grantedAt === undefined ? '' : ` on ${timeOf(grantedAt)}`;
    const until = timeOf((grantedAt ?? facts.now) + HELD_MS);
    return bad(check, `It was granted${since} and is not in the token yet: ${held}.`, {
      fix: `Wait until ${until} at the latest, then run the doctor again.`,
      commands: [
        `echo ${JSON.stringify(`Nothing to run: wait until ${until}, then run license-watch doctor again.`)}`,
      ],
    });
  }
  if (isGranted) {
    return bad(check, `${said} It is granted, so the token is older than the grant.`, {
      fix: 'Restart the bot: it then asks for a new token.',
      commands: ['# Restart the bot: it then asks for a new token.'],
    });
  }
  const patience = facts.managedIdentity
    ? ` If it was granted within the last day: ${held}; wait, and run the doctor again.`
    : '';
  const service = api === 'graph' ? 'Microsoft Graph' : 'Office 365 Management APIs';
  return bad(check, `${said}${patience}`, {
    fix: `Grant the application permission ${name} of ${service} with admin consent: Entra admin center, App registrations, ${facts.clientId || 'the app'}, API permissions; or npm run grant -- <object id of its service principal>.${facts.managedIdentity ? ' It counts up to 24 hours later.' : ''}`,
    commands: [grantLine(name, api)],
  });
}

const timeOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Whether last sign-ins can be read, which takes two permissions and Entra ID P1. */
export function signInsFinding(
  call: CallFact | null,
  noCall: string | null,
  permissions: readonly Finding[],
): Finding {
  const check = 'sign-ins';
  if (call === null) return untried(check, noCall ?? 'It was not tried.');
  const lacks = ['permission.User.Read.All', 'permission.AuditLog.Read.All'].find(
    (name) => permissions.find((one) => one.check === name)?.ok === false,
  );
  switch (call.kind) {
    case 'works':
      return good(check, 'When accounts last signed in can be read.');
    case 'no-premium':
      return untried(
        check,
        'The tenant has no Entra ID P1, without which Microsoft does not tell when accounts last signed in. The rest works.',
      );
    case 'forbidden':
      return lacks === undefined
        ? untried(check, `${call.says} The permissions for it are there.`)
        : untried(check, `It takes ${lacks.slice('permission.'.length)}, which is missing.`);
    case 'not-accepted':
      return untried(check, call.says);
    case 'unknown':
      return untried(check, call.why);
  }
}
