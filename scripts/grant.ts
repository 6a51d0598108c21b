import { z } from 'zod';
import { endpointsOf } from '../src/microsoft365/clouds.ts';

const Named = z.enum(['public', 'gcch', 'dod', 'china']);

/** Graph's origin in a cloud as `CLOUD` names it; null for another name. */
export function graphOf(cloud: string): string | null {
  const named = Named.safeParse(cloud);
  return named.success ? endpointsOf({ name: named.data }).graph : null;
}

/** One API and the application permissions that License Watch may need of it. */
export type ApiPermissions = { api: string; appId: string; permissions: string[] };

export type GrantOptions = {
  /** Graph's origin. */
  graph: string;
  /** A token of an administrator who may grant application permissions. */
  token: string;
  /** Object id of the service principal that gets them. */
  principalId: string;
  wanted: readonly ApiPermissions[];
  /** Told about each permission, as it is granted. */
  say: (line: string) => void;
};

const AppRole = z.object({ id: z.string(), value: z.string().nullish() });
const ServicePrincipal = z.object({ id: z.string(), appRoles: z.array(AppRole) });
const Assignments = z.object({ value: z.array(z.object({ appRoleId: z.string(), resourceId: z.string() })) });

/**
 * Grants application permissions, with consent for the whole tenant, to a service principal. What is
 * granted already is left alone, so that it can be run again; what this cloud does not have is left out. Throws
 * when Graph refuses.
 */
export async function grantPermissions(options: GrantOptions): Promise<void> {
  const own = `/v1.0/servicePrincipals/${options.principalId}/appRoleAssignments`;
  const existing = Assignments.parse(await call(options, 'GET', `${own}?$top=999`)).value;
  for (const { api, appId, permissions } of options.wanted) {
    const path = `/v1.0/servicePrincipals(appId='${appId}')?$select=id,appRoles`;
    const resource = ServicePrincipal.parse(await call(options, 'GET', path));
    for (const permission of permissions) {
      const role = resource.appRoles.find((one) => one.value === permission);
      if (!role) {
        options.say(`${api}: ${permission} does not exist in this cloud, and was left out`);
        continue;
      }
      const has = existing.some((one) => one.appRoleId === role.id && one.resourceId === resource.id);
      if (!has) {
        const body = { principalId: options.principalId, resourceId: resource.id, appRoleId: role.id };
        await call(options, 'POST', own, body);
      }
      options.say(`${api}: ${permission} ${has ? 'was granted already' : 'granted'}`);
    }
  }
}

async function call(options: GrantOptions, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(new URL(path, options.graph), {
    method,
    headers: { authorization: `Bearer ${options.token}`, 'content-type': 'application/json' },
    signal: AbortSignal.timeout(30_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
  return JSON.parse(text);
}
