import { z } from 'zod';
import { GRAPH_APP_ID, MANAGEMENT_APP_ID } from '../../domain/doctor/permissions.ts';
import { type Ask, bodyOf } from './ask.ts';

const Application = z.object({
  passwordCredentials: z
    .array(z.object({ endDateTime: z.string().nullish(), hint: z.string().nullish() }))
    .catch([]),
});
const Applications = z.object({ value: z.array(Application) });

/**
 * When the client secret ends, ms UTC, by what the registration lists; null where it cannot be read (that takes
 * `Application.Read.All`, which nothing else needs) or lists none. The list holds no secret, only the first three
 * letters: of several that begin alike, or where it has no letters, the one that lasts longest counts.
 */
export async function readSecretEnd(
  ask: Ask,
  graph: string,
  token: string,
  clientId: string,
  secret: string,
): Promise<number | null> {
  const select = '$select=appId,passwordCredentials';
  const one = await ask({ url: `${graph}/v1.0/applications(appId='${clientId}')?${select}`, token });
  let found = Application.safeParse(bodyOf(one)).data;
  if (!found && one.kind === 'answer' && (one.status === 404 || one.status === 400)) {
    const filter = encodeURIComponent(`appId eq '${clientId}'`);
    const several = await ask({ url: `${graph}/v1.0/applications?$filter=${filter}&${select}`, token });
    found = Applications.safeParse(bodyOf(several)).data?.value[0];
  }
  const dated = (found?.passwordCredentials ?? []).flatMap(({ endDateTime, hint }) => {
    const endsAt = Date.parse(endDateTime ?? '');
    return Number.isNaN(endsAt) ? [] : [{ endsAt, hint: hint ?? '' }];
  });
  const ours = dated.filter(({ hint }) => hint !== '' && secret.startsWith(hint));
  const candidates = ours.length > 0 ? ours : dated.filter(({ hint }) => hint === '');
  return candidates.length === 0 ? null : Math.max(...candidates.map(({ endsAt }) => endsAt));
}

const Principal = z.object({ appRoles: z.array(z.object({ id: z.string(), value: z.string().nullish() })) });
const Assignments = z.object({
  value: z.array(z.object({ appRoleId: z.string(), createdDateTime: z.string().nullish() })),
});

/**
 * What was granted to the app, by permission, and when (ms UTC, null where that is not told); null where it cannot be
 * read, as that takes `Application.Read.All`.
 */
export async function readGranted(
  ask: Ask,
  graph: string,
  token: string,
  principalId: string,
): Promise<Map<string, number | null> | null> {
  const get = (path: string) => ask({ url: `${graph}/v1.0/servicePrincipals${path}`, token });
  const assigned = await get(`/${encodeURIComponent(principalId)}/appRoleAssignments`);
  const rows = Assignments.safeParse(bodyOf(assigned)).data?.value;
  if (!rows) return null;
  const names = new Map<string, string>();
  for (const appId of [GRAPH_APP_ID, MANAGEMENT_APP_ID]) {
    const answer = await get(`(appId='${appId}')?$select=id,appRoles`);
    const roles = Principal.safeParse(bodyOf(answer)).data?.appRoles;
    for (const { id, value } of roles ?? []) if (value) names.set(id.toLowerCase(), value);
  }
  return new Map(
    rows.flatMap(({ appRoleId, createdDateTime }) => {
      const name = names.get(appRoleId.toLowerCase());
      const at = Date.parse(createdDateTime ?? '');
      return name === undefined ? [] : [[name, Number.isNaN(at) ? null : at] as const];
    }),
  );
}
