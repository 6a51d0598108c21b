import * as z from 'zod';
import type { OwnAccess } from '../../domain/access/own-access.ts';
import { TenantReadError } from '../../domain/ports.ts';
import { lowerCase } from '../bodies/normal-form.ts';
import type { TokenSource } from '../http/token-source.ts';
import { OPERATIONS } from '../operations.ts';
import type { AccessCheck } from './access-check.ts';

/** A claim that Entra leaves out of the token of an app that holds nothing. */
const Claims = z.object({
  appid: z.string(),
  oid: z.string().optional(),
  roles: z.array(z.string()).default([]),
});

/** Permissions that allow more. Source: Microsoft Graph permissions reference, "higher privileged permissions". */
const LARGER: Readonly<Record<string, readonly string[]>> = {
  'GroupMember.Read.All': ['Group.Read.All', 'Group.ReadWrite.All'],
  'GroupMember.ReadWrite.All': ['Group.ReadWrite.All'],
  'LicenseAssignment.Read.All': ['Organization.Read.All', 'Organization.ReadWrite.All'],
  'LicenseAssignment.ReadWrite.All': ['User.ReadWrite.All'],
  'User.DeleteRestore.All': ['User.ReadWrite.All'],
};
/** Read, or write, nearly everything in the directory; the logs and the service health are no part of it. */
const ANYTHING = ['Directory.Read.All', 'Directory.ReadWrite.All'] as const;
const BESIDE_DIRECTORY: ReadonlySet<string> = new Set([
  'AuditLog.Read.All',
  'ServiceHealth.Read.All',
  'ActivityFeed.Read',
]);

function largerThan(permission: string): string[] {
  const own = [...(LARGER[permission] ?? []), permission.replace(/\.Read\./, '.ReadWrite.')];
  if (BESIDE_DIRECTORY.has(permission)) return own;
  return [...own, ...(permission.includes('.Read.') ? ANYTHING : ANYTHING.slice(1))];
}

/** Granted in each team, by its owner: the token of an app does not have it. */
const IN_TEAMS: ReadonlySet<string> = new Set([OPERATIONS.channelMessages.permission]);

/**
 * Says which of the permissions that we work with the tenant gives us now: by the roles in a new token, and by trying
 * what only reads. A token is the service's, not ours to rely on: where it cannot be read, only what was tried counts. Throws nothing but what an abort throws.
 */
export async function ownAccess(
  parts: { token: TokenSource; scopes: readonly string[]; tried(): Promise<readonly AccessCheck[]> },
  signal: AbortSignal,
): Promise<OwnAccess> {
  const roles = await rolesOf(parts, signal);
  const works = new Map<string, boolean>();
  // A permission that opens several doors is there when each of them opens.
  for (const { permission, problem } of await parts.tried()) {
    if (problem === null) works.set(permission, works.get(permission) ?? true);
    else if (problem.code === 'forbidden') works.set(permission, false);
  }
  const held: string[] = [];
  const refused: string[] = [];
  for (const permission of new Set(Object.values(OPERATIONS).map((operation) => operation.permission))) {
    if (IN_TEAMS.has(permission)) continue;
    // A door may open by a lesser permission as well: what is gone from the token was taken away all the same.
    const byRoles = heldByRoles(roles, permission);
    const isHeld = works.get(permission) === false ? false : (byRoles ?? works.get(permission));
    if (isHeld !== undefined) (isHeld ? held : refused).push(permission);
  }
  return { held, refused };
}

const heldByRoles = (roles: ReadonlySet<string> | null, permission: string): boolean | null =>
  roles && [permission, ...largerThan(permission)].some((name) => roles.has(name));

/** Our application id and the object id of our service principal, by our own token; empty where it cannot be read. */
export async function ownIds(token: TokenSource, scope: string, signal: AbortSignal): Promise<string[]> {
  try {
    const claims = claimsOf(await token(scope, signal));
    return claims === null ? [] : [claims.appid, claims.oid ?? ''].filter((id) => id !== '').map(lowerCase);
  } catch (error) {
    if (error instanceof TenantReadError && error.code !== 'cancelled') return [];
    throw error;
  }
}

/** The roles of new tokens; null where one cannot be had, or read. */
async function rolesOf(
  { token, scopes }: { token: TokenSource; scopes: readonly string[] },
  signal: AbortSignal,
): Promise<ReadonlySet<string> | null> {
  const roles = new Set<string>();
  for (const scope of scopes) {
    try {
      const claims = claimsOf(await token(scope, signal, true));
      if (claims === null) return null;
      for (const role of claims.roles) roles.add(role);
    } catch (error) {
      if (error instanceof TenantReadError && error.code !== 'cancelled') return null;
      throw error;
    }
  }
  return roles;
}

function claimsOf(token: string): z.infer<typeof Claims> | null {
  const [, payload = ''] = token.split('.');
  try {
    return Claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}
