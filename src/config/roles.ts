import { z } from 'zod';
import { DIRECTORY_ROLE_NAMES, directoryRoleId } from './directory-roles.ts';
import { readSecondApprover } from './second-approver.ts';
import type { Settings } from './settings.ts';
import { Guid } from './values.ts';

/**
 * Who may do what. Ids are lower case. Without any of it everybody of the tenant may ask and nobody may
 * decide.
 */
export type RolesConfig = {
  /** Object ids of Entra groups. */
  readerGroupId: string | null;
  operatorGroupId: string | null;
  ownerGroupId: string | null;
  /** Template ids of Microsoft's directory roles whose holders have the role too. */
  readerRoleIds: string[];
  operatorRoleIds: string[];
  ownerRoleIds: string[];
  /** Who may search audit records of all kinds; none of both: owners. */
  auditorGroupId: string | null;
  auditorRoleIds: string[];
  /** Members of the group operate within the administrative unit only. */
  scopedOperators: { groupId: string; unitId: string }[];
  /** A reassign or undo for more users than this needs a second operator; 0 for each, null for none. */
  secondApproverAbove: number | null;
};

/** Whether nobody can hold a role that decides, whatever the directory says. */
export const nobodyDecides = (roles: RolesConfig): boolean =>
  roles.operatorGroupId === null &&
  roles.ownerGroupId === null &&
  roles.operatorRoleIds.length + roles.ownerRoleIds.length + roles.scopedOperators.length === 0;

const ROLES =
  `names of directory roles with commas between them, of these: ${DIRECTORY_ROLE_NAMES.join(', ')}` as const;

const DirectoryRoles = z
  .string()
  .transform(parts)
  .pipe(z.array(z.string().transform(directoryRoleId).pipe(z.string(ROLES))).min(1, ROLES));

const SCOPED = 'pairs of ids as <group id>=<administrative unit id>, with commas between them';
const GroupAndUnit = z.string().transform((pair, context) => {
  const [groupId, unitId, ...rest] = pair.split('=').map((id) => Guid.safeParse(id.trim()).data);
  if (groupId && unitId && rest.length === 0) return { groupId, unitId };
  context.addIssue({ code: 'custom', message: SCOPED });
  return z.NEVER;
});
const ScopedOperators = z.string().transform(parts).pipe(z.array(GroupAndUnit).min(1, SCOPED));

/** What gives each role: any one of these settings. */
const GIVEN_BY = [
  ['READER_GROUP_ID', 'READER_ROLES'],
  ['OPERATOR_GROUP_ID', 'OPERATOR_ROLES', 'SCOPED_OPERATORS'],
  ['OWNER_GROUP_ID', 'OWNER_ROLES'],
] as const;

/** Reads who may ask, decide and change settings. */
export function readRoles(settings: Settings): RolesConfig {
  const missing = GIVEN_BY.filter((names) => !names.some((name) => settings.isSet(name)));
  // A role that nobody can have is more likely forgotten than meant.
  if (missing.length > 0 && missing.length < GIVEN_BY.length) {
    const needed = missing.map((names) => names.join(' or ')).join(', and ');
    settings.problem(
      `Set ${needed} too, or no setting of roles at all; one group may serve for several roles.`,
    );
  }
  return {
    readerGroupId: settings.read<string | null>('READER_GROUP_ID', Guid, null),
    operatorGroupId: settings.read<string | null>('OPERATOR_GROUP_ID', Guid, null),
    ownerGroupId: settings.read<string | null>('OWNER_GROUP_ID', Guid, null),
    readerRoleIds: settings.read<string[]>('READER_ROLES', DirectoryRoles, []),
    operatorRoleIds: settings.read<string[]>('OPERATOR_ROLES', DirectoryRoles, []),
    ownerRoleIds: settings.read<string[]>('OWNER_ROLES', DirectoryRoles, []),
    auditorGroupId: settings.read<string | null>('AUDITOR_GROUP_ID', Guid, null),
    auditorRoleIds: settings.read<string[]>('AUDITOR_ROLES', DirectoryRoles, []),
    scopedOperators: settings.read<RolesConfig['scopedOperators']>('SCOPED_OPERATORS', ScopedOperators, []),
    secondApproverAbove: readSecondApprover(settings),
  };
}

function parts(list: string): string[] {
  return list
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
