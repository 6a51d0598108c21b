import type { Actor, Logging } from '../audit/fact.ts';
import {
  type AssignmentDecision,
  type AssignmentRequest,
  decideAssignment,
} from '../licensing/decide-assignment.ts';
import { queueGroup } from '../licensing/group-processing.ts';
import { setSources } from '../licensing/set-sources.ts';
import type { Account, HeldLicense, LicenseSource } from '../tenant/account.ts';
import type { Group } from '../tenant/groups.ts';
import type { Tenant } from '../tenant/tenant.ts';

/** Who makes a change, when (ms UTC), and how the logs tell it. */
export type Doing = { readonly actor: Actor; readonly at: number; readonly logging: Logging };

function writeSources(
  tenant: Tenant,
  account: Account,
  sources: readonly LicenseSource[],
  doing: Doing,
): void {
  const change = setSources(tenant, account, sources, doing.at);
  const { actor, at, logging } = doing;
  tenant.audit.writeLicenseChange(
    { ...change, at, actor, correlationId: tenant.ids.next(), failure: null },
    logging,
  );
}

/** `assignLicense` on a user: applies and logs it, or says why Microsoft refuses. */
export function assignLicense(
  tenant: Tenant,
  account: Account,
  request: AssignmentRequest,
  doing: Doing,
): AssignmentDecision {
  const decision = decideAssignment(account, request, {
    catalogue: tenant.catalogue,
    stock: tenant.stock,
    at: doing.at,
  });
  if (decision.ok && request.add.length + request.remove.length > 0) {
    writeSources(tenant, account, decision.sources, doing);
  }
  return decision;
}

/** Takes a SKU away by every path, against all rules: what a fault at Microsoft or a dead subscription does. */
export function withdrawSku(tenant: Tenant, account: Account, skuId: string, doing: Doing): void {
  const sources = account.sources.filter((source) => source.skuId !== skuId);
  if (sources.length !== account.sources.length) writeSources(tenant, account, sources, doing);
}

/** Sets what a group gives; its members follow later. */
export function setGroupLicenses(
  tenant: Tenant,
  group: Group,
  licenses: readonly HeldLicense[],
  doing: Doing,
): void {
  const asText = (held: readonly HeldLicense[]) =>
    held.map((one) => `[SkuId=${one.skuId}, DisabledPlans=[${one.disabledPlans.join(', ')}]]`);
  const modified = [{ name: 'AssignedLicense', before: asText(group.licenses), after: asText(licenses) }];
  group.licenses = licenses;
  tenant.changes.recordGroup(group.id);
  tenant.audit.write(
    {
      at: doing.at,
      operation: 'Set group license',
      category: 'GroupManagement',
      operationType: 'Update',
      failure: null,
      actor: doing.actor,
      correlationId: tenant.ids.next(),
      intraSystemId: tenant.ids.next(),
      targets: [{ kind: 'Group', id: group.id, userPrincipalName: null, modified }],
      details: {},
    },
    doing.logging,
  );
  queueGroup(tenant, group, doing.at, doing.logging);
}
