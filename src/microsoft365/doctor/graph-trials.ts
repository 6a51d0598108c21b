import { z } from 'zod';
import type { CallFact } from '../../domain/doctor/facts.ts';
import { USER_PROPERTIES } from '../bodies/user.ts';
import { type Ask, type Asked, bodyOf, isFine } from './ask.ts';

/** What each call that only reads came to, by the permission that it is for. */
export type GraphTrials = { permissions: Map<string, CallFact>; signIns: CallFact; someGroup: string | null };

const NOBODY = '00000000-0000-0000-0000-000000000000';
/** Reports and sign-ins are refused with this code in a tenant without Entra ID P1. */
const NOT_PREMIUM = 'Authentication_RequestFromNonPremiumTenantOrB2CTenant';
const REDIRECT = 302;
const Rows = z.object({ value: z.array(z.object({ id: z.string() })) });

/** Makes each kind of read once, in its smallest form. Nothing is written. */
export async function tryGraph(ask: Ask, graph: string, token: string): Promise<GraphTrials> {
  const get = (path: string): Promise<Asked> => ask({ url: `${graph}/v1.0${path}`, token });
  const select = `$select=${USER_PROPERTIES.join(',')}`;
  const simple: Record<string, string> = {
    'User.Read.All': `/users?${select}&$top=1`,
    'LicenseAssignment.Read.All': '/subscribedSkus',
    'Organization.Read.All': '/directory/subscriptions',
    'AdministrativeUnit.Read.All': '/directory/administrativeUnits?$select=id&$top=1',
    // The list takes no $top; nobody holds anything under an id of zeros.
    'RoleManagement.Read.Directory': `/roleManagement/directory/roleAssignments?$filter=principalId eq '${NOBODY}'`,
    'AuditLog.Read.All': '/auditLogs/directoryAudits?$top=1',
    'ServiceHealth.Read.All': '/admin/serviceAnnouncement/issues?$top=1',
    // Answered with a redirect to the report, which is not followed.
    'Reports.Read.All': "/reports/getOffice365ActiveUserDetail(period='D7')",
    'ReportSettings.Read.All': '/admin/reportSettings',
  };
  const [groups, signIns, ...answers] = await Promise.all([
    get('/groups?$select=id,assignedLicenses&$top=1'),
    get('/users?$select=id,createdDateTime,signInActivity&$top=1'),
    ...Object.values(simple).map(get),
  ]);
  const permissions = new Map(
    Object.keys(simple).map((name, index) => [name, factOf(answers[index])] as const),
  );
  permissions.set('Group.Read.All', factOf(groups));
  const rows = Rows.safeParse(bodyOf(groups)).data?.value;
  return { permissions, signIns: factOf(signIns), someGroup: rows?.[0]?.id ?? null };
}

/** Reads one member of a group: which one does not matter, as long as it exists. */
export const tryMembers = async (
  ask: Ask,
  graph: string,
  token: string,
  groupId: string,
): Promise<CallFact> =>
  factOf(
    await ask({
      url: `${graph}/v1.0/groups/${encodeURIComponent(groupId)}/members?$select=id&$top=1`,
      token,
    }),
  );

/**
 * Asks whether a permission to write is there where the token does not tell, by a call that can change nothing: there
 * is nobody under an id of zeros, and it neither gives nor takes anything.
 */
export async function tryWrites(ask: Ask, graph: string, token: string): Promise<Map<string, CallFact>> {
  const body = JSON.stringify({ addLicenses: [], removeLicenses: [] });
  const url = `${graph}/v1.0/users/${NOBODY}/assignLicense`;
  const answer = await ask({ method: 'POST', url, token, body });
  const wasLetIn = answer.kind === 'answer' && (answer.status === 404 || answer.status === 400);
  return new Map([['LicenseAssignment.ReadWrite.All', wasLetIn ? { kind: 'works' } : factOf(answer)]]);
}

/** What an answer tells of the permission that the call needs. */
export function factOf(answer: Asked | undefined): CallFact {
  if (answer === undefined) return { kind: 'unknown', why: 'It was not asked.' };
  if (answer.kind === 'no-answer') return { kind: 'unknown', why: answer.why };
  const { status, code, message } = answer;
  const said = `${status}${code ? ` ${code}` : ''}`;
  if (isFine(answer) || status === REDIRECT) return { kind: 'works' };
  if (status === 403 && code === NOT_PREMIUM) return { kind: 'no-premium' };
  if (status === 403) return { kind: 'forbidden', says: `Graph refused it (${said}).` };
  if (status === 401)
    return { kind: 'not-accepted', says: `Graph does not take the token (${said}). ${message}` };
  if (status === 429) return { kind: 'unknown', why: `Graph asks to slow down (${said}).` };
  return { kind: 'unknown', why: `Graph answered with ${said}.` };
}
