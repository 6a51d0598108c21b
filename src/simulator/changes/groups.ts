import type { Actor } from '../audit/fact.ts';
import { setSources } from '../licensing/set-sources.ts';
import { type Account, directSource, type LicenseSource } from '../tenant/account.ts';
import type { Group } from '../tenant/groups.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Doing } from './licenses.ts';

const GROUP_LICENSING: Actor = { kind: 'group-licensing' };

/** What becomes of the licenses that a deleted group gave; Microsoft's texts of different years disagree. */
function afterDeletion(tenant: Tenant, account: Account, group: Group, at: number): LicenseSource[] {
  const mode = tenant.behaviour.deletedGroupLicenses;
  return account.sources.flatMap((source): LicenseSource[] => {
    if (source.groupId !== group.id) return [source];
    if (mode === 'removed') return [];
    if (mode === 'kept-in-error') {
      return [{ ...source, state: 'ActiveWithError', error: 'DependencyViolation', updatedAt: at }];
    }
    return directSource(account.sources, source.skuId) ? [] : [{ ...source, groupId: null, updatedAt: at }];
  });
}

/** Deletes a group. Its members' licenses go, become direct, or stay in error, as the behaviour says. */
export function deleteGroup(tenant: Tenant, group: Group, doing: Doing): void {
  const members = tenant.groups.members(group, 0, Number.POSITIVE_INFINITY).ids;
  tenant.audit.write(
    {
      at: doing.at,
      operation: 'Delete group',
      category: 'GroupManagement',
      operationType: 'Delete',
      failure: null,
      actor: doing.actor,
      correlationId: tenant.ids.next(),
      intraSystemId: tenant.ids.next(),
      targets: [{ kind: 'Group', id: group.id, userPrincipalName: null, modified: [] }],
      details: {},
    },
    doing.logging,
  );
  for (const id of members) {
    const account = tenant.directory.find(id);
    if (!account?.sources.some((source) => source.groupId === group.id)) continue;
    const { at, logging } = doing;
    const change = setSources(tenant, account, afterDeletion(tenant, account, group, at), at);
    tenant.audit.writeLicenseChange(
      { ...change, at, actor: GROUP_LICENSING, correlationId: tenant.ids.next(), failure: null },
      logging,
    );
  }
  tenant.groups.delete(group.id);
  tenant.changes.recordGroup(group.id);
}
