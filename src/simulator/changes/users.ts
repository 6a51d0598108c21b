import type { AuditFact } from '../audit/fact.ts';
import { countSeats, keepAccount, setSources } from '../licensing/set-sources.ts';
import { type Account, gives, heldLicenses } from '../tenant/account.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Doing } from './licenses.ts';

/** What an admin may set on a user here. */
export type UserPatch = Partial<
  Pick<
    Account,
    | 'displayName'
    | 'givenName'
    | 'surname'
    | 'userPrincipalName'
    | 'mail'
    | 'department'
    | 'jobTitle'
    | 'officeLocation'
    | 'usageLocation'
    | 'accountEnabled'
  >
>;

function logUser(
  tenant: Tenant,
  account: Account,
  operation: string,
  operationType: AuditFact['operationType'],
  modified: AuditFact['targets'][number]['modified'],
  doing: Doing,
): void {
  tenant.audit.write(
    {
      at: doing.at,
      operation,
      category: 'UserManagement',
      operationType,
      failure: null,
      actor: doing.actor,
      correlationId: tenant.ids.next(),
      intraSystemId: tenant.ids.next(),
      targets: [{ kind: 'User', id: account.id, userPrincipalName: account.userPrincipalName, modified }],
      details: {},
    },
    doing.logging,
  );
}

/** Directory attribute names in the logs begin with a capital. */
const loggedName = (property: string): string => property.charAt(0).toUpperCase() + property.slice(1);

/** Changes a user. The usage location is changed but never logged in the modified properties. */
export function updateUser(tenant: Tenant, account: Account, patch: UserPatch, doing: Doing): Account {
  const next: Account = { ...account, ...patch };
  const names = (Object.keys(patch) as (keyof UserPatch)[]).filter((name) => account[name] !== next[name]);
  keepAccount(tenant, account);
  tenant.directory.put(next);
  tenant.changes.record(account.id, names);
  const logged = names.filter((name) => name !== 'usageLocation');
  const text = (value: Account[keyof UserPatch]) => (value === null ? [] : [String(value)]);
  logUser(
    tenant,
    next,
    'Update user',
    'Update',
    [
      ...logged.map((name) => ({
        name: loggedName(name),
        before: text(account[name]),
        after: text(next[name]),
      })),
      { name: 'Included Updated Properties', before: null, after: logged.map(loggedName).join(', ') },
    ],
    doing,
  );
  return next;
}

/** Moves a user to the deleted items and frees the seats. The logs put the id before the UPN. */
export function deleteUser(tenant: Tenant, account: Account, doing: Doing): void {
  keepAccount(tenant, account);
  countSeats(tenant, heldLicenses(account.sources), []);
  tenant.directory.remove(account.id, doing.at);
  tenant.changes.record(account.id, [], 'changed');
  const userPrincipalName = `${account.id.replaceAll('-', '')}${account.userPrincipalName}`;
  logUser(tenant, { ...account, userPrincipalName }, 'Delete user', 'Delete', [], doing);
}

/** Deletes for good; false when the user is not in the deleted items. */
export function purgeUser(tenant: Tenant, id: string, doing: Doing): boolean {
  const entry = tenant.directory.deleted(id);
  if (!entry) return false;
  tenant.directory.purge(id);
  for (const group of tenant.groups.all()) group.members.delete(id);
  tenant.changes.record(id, [], 'deleted');
  logUser(tenant, entry.account, 'Hard Delete user', 'Delete', [], doing);
  return true;
}

/** Brings a deleted user back; licenses come back only while their seats are free. Null when not deleted. */
export function restoreUser(tenant: Tenant, id: string, doing: Doing): Account | null {
  const entry = tenant.directory.deleted(id);
  if (!entry) return null;
  const { account } = entry;
  const affordable = account.sources.filter(
    (source) =>
      tenant.behaviour.restoreGivesLicenses && (!gives(source) || tenant.stock.free(source.skuId) > 0),
  );
  tenant.directory.restore({ ...account, sources: [] }, doing.at);
  tenant.changes.record(account.id, ['displayName', 'userPrincipalName', 'accountEnabled', 'userType']);
  const restored = setSources(tenant, { ...account, sources: [] }, affordable, doing.at).account;
  logUser(tenant, restored, 'Restore user', 'Update', [], doing);
  return restored;
}
