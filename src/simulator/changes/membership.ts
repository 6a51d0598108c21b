import { FOLLOWS_MS, restamp } from '../audit/licensing-service.ts';
import { queueMember } from '../licensing/group-processing.ts';
import { keepAccount } from '../licensing/set-sources.ts';
import type { Group } from '../tenant/groups.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Doing } from './licenses.ts';

export type MembershipOutcome =
  | 'done'
  | 'already-member'
  | 'not-a-member'
  /** The membership follows a rule. */
  | 'dynamic'
  /** The group is mastered on premises. */
  | 'synced'
  /** A mail-enabled security group or a distribution list. */
  | 'mail-enabled';

/** Why Graph may not change this group's members; null when it may. */
export function membershipLock(group: Group): 'dynamic' | 'synced' | 'mail-enabled' | null {
  if (group.groupTypes.includes('DynamicMembership')) return 'dynamic';
  if (group.onPremisesSyncEnabled) return 'synced';
  if (group.mailEnabled && !group.groupTypes.includes('Unified')) return 'mail-enabled';
  return null;
}

/** The record of a membership: the group stands in the member's properties, new on add, old on remove. */
function logMembership(tenant: Tenant, group: Group, memberId: string, added: boolean, doing: Doing): void {
  const value = (text: string) => (added ? { before: null, after: text } : { before: text, after: null });
  const account = tenant.directory.find(memberId);
  tenant.audit.write(
    {
      at: doing.at,
      operation: added ? 'Add member to group' : 'Remove member from group',
      category: 'GroupManagement',
      operationType: added ? 'Assign' : 'Unassign',
      failure: null,
      actor: doing.actor,
      correlationId: tenant.ids.next(),
      intraSystemId: tenant.ids.next(),
      targets: [
        {
          kind: account ? 'User' : 'Group',
          id: memberId,
          userPrincipalName: account?.userPrincipalName ?? null,
          modified: [
            { name: 'Group.ObjectID', ...value(group.id) },
            { name: 'Group.DisplayName', ...value(group.displayName) },
          ],
        },
        { kind: 'Group', id: group.id, userPrincipalName: null, modified: [] },
      ],
      details: {},
    },
    doing.logging,
  );
}

/** The licensing service stamps the licenses of those who came or left, also where the group gives none. */
function followMembership(tenant: Tenant, group: Group, memberId: string, { at, logging }: Doing): void {
  if (tenant.behaviour.licenseRecords === 'before' || group.licenses.length > 0) return;
  tenant.agenda.add(at + tenant.clock.scaled(FOLLOWS_MS), (dueAt) => {
    const account = tenant.directory.find(memberId);
    if (account && account.sources.length > 0)
      tenant.audit.writeLicenseChange(restamp(account, dueAt), logging);
  });
}

/** Adds a user or group as a direct member; licenses follow asynchronously. Does not look at locks. */
export function addMember(tenant: Tenant, group: Group, memberId: string, doing: Doing): MembershipOutcome {
  if (tenant.groups.has(group, memberId)) return 'already-member';
  const account = tenant.directory.find(memberId);
  if (account) keepAccount(tenant, account);
  if (account) tenant.directory.put(account);
  group.members.add(memberId);
  tenant.changes.recordGroup(group.id);
  logMembership(tenant, group, memberId, true, doing);
  if (account) queueMember(tenant, group, memberId, doing.at, doing.logging);
  if (account) followMembership(tenant, group, memberId, doing);
  return 'done';
}

/** Removes a direct member; licenses follow asynchronously. Does not look at locks. */
export function removeMember(
  tenant: Tenant,
  group: Group,
  memberId: string,
  doing: Doing,
): MembershipOutcome {
  if (!tenant.groups.has(group, memberId)) return 'not-a-member';
  const account = tenant.directory.find(memberId);
  if (account) keepAccount(tenant, account);
  if (account) tenant.directory.put(account);
  group.members.delete(memberId);
  tenant.changes.recordGroup(group.id);
  logMembership(tenant, group, memberId, false, doing);
  if (account) queueMember(tenant, group, memberId, doing.at, doing.logging);
  if (account) followMembership(tenant, group, memberId, doing);
  return 'done';
}
