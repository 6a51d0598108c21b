import { DAY_MS } from '../durations.ts';
import type { Account, HeldLicense } from '../tenant/account.ts';
import { heldLicenses } from '../tenant/account.ts';
import { idOf } from '../tenant/ids.ts';
import type { AuditFact } from './fact.ts';
import type { LicenseChange } from './license-change.ts';

/** Microsoft's licensing service as the logs of August 2026 name it (reference §16). */
export const LICENSING_SERVICE = {
  name: 'CloudLicensingSystem',
  appId: 'de247707-4ea4-47d6-89fd-3c632f870b34',
  servicePrincipalId: idOf('service-principal', 'CloudLicensingSystem'),
} as const;

/** It follows a membership by about this long, ms. */
export const FOLLOWS_MS = 23_000;

/** The sets of SKUs with the time of their last stamp; the layout beyond these two fields is not on record. */
const detailOf = (licenses: readonly HeldLicense[], at: number): object[] =>
  licenses.map(({ skuId }) => ({ SkuId: skuId, StatusUpdateTimestamp: new Date(at).toISOString() }));

/**
 * What the licensing service logs for a change of licenses, whoever asked for it: a pair of its own with one
 * correlation id, that names nobody else, and the products in `LicenseAssignmentDetail`.
 */
export function licensingServiceFacts(
  { at, account, before, after, failure }: LicenseChange,
  newId: () => string,
): AuditFact[] {
  const shared = {
    at,
    category: 'UserManagement',
    operationType: 'Update',
    failure,
    actor: { kind: 'licensing-service' },
    correlationId: newId(),
    intraSystemId: newId(),
    details: { 'User-Agent': 'MCAPICommercialProductLicensing' },
  } as const;
  const target = (modified: AuditFact['targets'][number]['modified']): AuditFact['targets'] => [
    { kind: 'User', id: account.id, userPrincipalName: account.userPrincipalName, modified },
  ];
  return [
    {
      ...shared,
      operation: 'Update user',
      targets: target([{ name: 'Included Updated Properties', before: null, after: '' }]),
    },
    {
      ...shared,
      operation: 'Change user license',
      targets: target([
        {
          name: 'LicenseAssignmentDetail',
          before: detailOf(before, at - 30 * DAY_MS),
          after: detailOf(after, at),
        },
      ]),
    },
  ];
}

/** A record of the service that changes nothing: the same products in another order, with a new stamp. */
export function restamp(account: Account, at: number): LicenseChange {
  const before = heldLicenses(account.sources);
  return {
    at,
    account,
    before,
    after: before.toReversed(),
    actor: { kind: 'licensing-service' },
    correlationId: '',
    failure: null,
  };
}
