import type { LicensedGroup } from '../../domain/license/sku.ts';
import { TenantReadError, type WriteOutcome } from '../../domain/ports.ts';
import type { StepAction } from '../../domain/restore/step.ts';
import type { Patience } from '../graph/batch.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { readGroupsById } from '../reader/groups-by-id.ts';
import { readDeletedAmong, readUsersById } from '../reader/users-by-id.ts';
import { ALREADY, refused, retryable } from './write-outcome.ts';

export type Result = { action: StepAction; outcome: WriteOutcome };

/**
 * Returns the outcomes, after a look at the tenant where an answer has several meanings:
 * - 404 also comes for a restore when the account is back, and for an account that was restored a moment ago:
 *   the directory is in many places, and for some minutes not all of them know;
 * - 403 for a membership comes for a missing permission and for a role-assignable group alike, and the text for
 *   a dynamic group is not on record;
 * - a license for a group that is no security group is refused in words that are not on record either.
 * Where the look fails, the first reading stands.
 */
export async function explained(
  graph: GraphClient,
  results: readonly Result[],
  patience: Patience,
  signal: AbortSignal,
): Promise<WriteOutcome[]> {
  const unclear = results.filter(isUnclear).map(({ action }) => action);
  if (unclear.length === 0) return results.map(({ outcome }) => outcome);
  try {
    const userIds = unclear.flatMap((action) => ('userId' in action ? [action.userId] : []));
    const groupIds = unclear.flatMap((action) => ('groupId' in action ? [action.groupId] : []));
    const { found, missing } = await readUsersById(graph, userIds, patience, signal);
    const deleted = await readDeletedAmong(graph, missing, patience, signal);
    const groups = await readGroupsById(graph, groupIds, patience, signal);
    const seen: Seen = {
      users: new Set(found.map(({ id }) => id)),
      deleted: new Set(deleted),
      groups: new Map(groups.map((group) => [group.id, group])),
    };
    return results.map((result) => (isUnclear(result) ? readAgain(result, seen) : result.outcome));
  } catch (error) {
    if (!(error instanceof TenantReadError)) throw error;
    return results.map(({ outcome }) => outcome);
  }
}

function isUnclear({ action, outcome }: Result): boolean {
  if (outcome.ok || outcome.retryable) return false;
  if (outcome.code === 'not-found') return true;
  if (action.kind === 'license-group') return outcome.code === 'refused';
  const membership = action.kind === 'add-to-group' || action.kind === 'remove-from-group';
  return membership && (outcome.code === 'forbidden' || outcome.code === 'refused');
}

type Seen = {
  users: ReadonlySet<string>;
  deleted: ReadonlySet<string>;
  groups: ReadonlyMap<string, LicensedGroup>;
};

/** What an unclear outcome means, knowing which users and groups exist. */
function readAgain({ action, outcome }: Result, { users, deleted, groups }: Seen): WriteOutcome {
  const group = 'groupId' in action ? groups.get(action.groupId) : undefined;
  if (outcome.ok || outcome.code !== 'not-found') {
    const lock =
      group === undefined ? null : action.kind === 'license-group' ? noSecurity(group) : lockOf(group);
    return lock === null ? outcome : refused('group-locked', lock);
  }
  if ('groupId' in action && group === undefined) return outcome;
  if (action.kind === 'restore-account') return users.has(action.userId) ? ALREADY : outcome;
  if ('userId' in action && deleted.has(action.userId)) return outcome;
  return retryable(
    'server-error',
    'Microsoft does not know the user or group everywhere yet: after a restore that takes some minutes. It is tried again.',
  );
}

/** Microsoft's text for a group that is no security group is not on record. */
const noSecurity = ({ securityEnabled = true }: LicensedGroup): string | null =>
  securityEnabled
    ? null
    : 'Microsoft gives licenses through security groups only. Use one, or assign the license to people.';

/** Why the members of a group cannot be changed here, and where they can; null when nothing speaks against it. */
function lockOf(group: LicensedGroup): string | null {
  if (group.dynamic) return 'The members of the group follow its rule. Change the rule, or what it looks at.';
  if (group.onPremisesSyncEnabled) {
    return 'The group is managed on premises. Change its members there; the change is synced.';
  }
  if (group.mailEnabled) {
    return 'The group is mail-enabled. Change its members in the Exchange admin center.';
  }
  if (group.roleAssignable) {
    return 'The group gives directory roles. Only a Privileged Role Administrator may change its members.';
  }
  return null;
}
