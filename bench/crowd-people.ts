import { z } from 'zod';
import type { BenchTenant } from './simulated-tenant.ts';

const Page = z.object({
  value: z.array(z.object({ id: z.string(), userPrincipalName: z.string(), userType: z.string().nullish() })),
});

export type Member = { id: string; upn: string };

/** So many members of the tenant, as Graph lists them. Throws when there are fewer. */
export async function membersOf(tenant: BenchTenant, count: number): Promise<Member[]> {
  const answered = await fetch(`${tenant.origin}/${tenant.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: tenant.clientId,
      client_secret: tenant.clientSecret,
      scope: `${tenant.origin}/.default`,
    }),
  }).then((response) => response.json());
  const { access_token: token } = z.object({ access_token: z.string() }).parse(answered);
  const query = `$select=id,userPrincipalName,userType&$top=${Math.min(count * 2 + 60, 999)}`;
  const page = await fetch(`${tenant.origin}/v1.0/users?${query}`, {
    headers: { authorization: `Bearer ${token}` },
  }).then((response) => response.json());
  const members = Page.parse(page)
    .value.filter(({ userType }) => userType !== 'Guest')
    .map(({ id, userPrincipalName }) => ({ id, upn: userPrincipalName }));
  if (members.length < count) throw new Error(`The tenant has only ${members.length} members.`);
  return members.slice(0, count);
}
