import type { Account, HeldLicense } from '../tenant/account.ts';
import type { Catalogue } from '../tenant/catalogue.ts';
import { serviceOf } from '../tenant/catalogue.ts';
import { idOf } from '../tenant/ids.ts';
import type { Actor, AuditFact, AuditSource, AuditVariant, Modified } from './fact.ts';

export type LicenseChange = {
  readonly at: number;
  readonly account: Account;
  readonly before: readonly HeldLicense[];
  readonly after: readonly HeldLicense[];
  readonly actor: Actor;
  readonly correlationId: string;
  /** Why an assignment failed; null for a change that happened. */
  readonly failure: string | null;
};

type Context = { catalogue: Catalogue; tenantId: string; newId(): string };

/** The length of a fragment of a sequenced record; the recorded one is about this long. */
const FRAGMENT_LENGTH = 2000;

/** The logs' bracket notation of one license. Disabled plans are names here, ids elsewhere. */
function bracketed(license: HeldLicense, context: Context): string {
  const product = context.catalogue.find(license.skuId);
  const nameOf = (id: string) => product?.plans.find((plan) => plan.id === id)?.name ?? id;
  const disabled = license.disabledPlans.map(nameOf).join(', ');
  const name = product?.partNumber ?? license.skuId;
  return `[SkuName=${name}, AccountId=${context.tenantId}, SkuId=${license.skuId}, DisabledPlans=[${disabled}]]`;
}

function assignedPlans(licenses: readonly HeldLicense[], change: LicenseChange, context: Context): object[] {
  return licenses.flatMap((license) => {
    const product = context.catalogue.find(license.skuId);
    return (product?.plans ?? [])
      .filter((plan) => !license.disabledPlans.includes(plan.id))
      .map((plan) => ({
        SubscribedPlanId: idOf('subscribed-plan', `${license.skuId}/${plan.id}`),
        ServiceInstance: `${serviceOf(plan.name)}/NA001`,
        CapabilityStatus: 0,
        AssignedTimestamp: new Date(change.at).toISOString(),
        InitialState: null,
        Capability: null,
        ServicePlanId: plan.id,
      }));
  });
}

function modifiedOf(change: LicenseChange, context: Context, withPlans: boolean): Modified[] {
  const bracket = (licenses: readonly HeldLicense[]) => licenses.map((one) => bracketed(one, context));
  const plans: Modified = {
    name: 'AssignedPlan',
    before: assignedPlans(change.before, change, context),
    after: assignedPlans(change.after, change, context),
  };
  return [
    { name: 'AssignedLicense', before: bracket(change.before), after: bracket(change.after) },
    ...(withPlans ? [plans] : []),
    ...(change.failure
      ? [{ name: 'Licensing Error Message', before: null, after: change.failure } satisfies Modified]
      : []),
    { name: 'Included Updated Properties', before: null, after: 'AssignedLicense, AssignedPlan' },
    { name: 'TargetId.UserType', before: null, after: change.account.userType },
  ];
}

function factOf(
  change: LicenseChange,
  operation: string,
  intraSystemId: string,
  modified: readonly Modified[],
  details: Record<string, string>,
): AuditFact {
  const { account } = change;
  return {
    at: change.at,
    operation,
    category: 'UserManagement',
    operationType: 'Update',
    failure: change.failure,
    actor: change.actor,
    correlationId: change.correlationId,
    intraSystemId,
    targets: [{ kind: 'User', id: account.id, userPrincipalName: account.userPrincipalName, modified }],
    details,
  };
}

/** One big JSON text cut into numbered slices, each useless alone. */
function fragments(change: LicenseChange, context: Context): Record<string, string>[] {
  const properties = modifiedOf(change, context, true).map(({ name, before, after }) => ({
    Name: name,
    OldValue: before,
    NewValue: after,
  }));
  const text = JSON.stringify({
    targetUpdatedProperties: JSON.stringify(properties),
    additionalDetails: JSON.stringify({ 'User-Agent': 'O365AdminPortal' }),
  });
  const count = Math.ceil(text.length / FRAGMENT_LENGTH);
  const id = context.newId();
  return Array.from({ length: count }, (_, index) => ({
    id,
    seq: String(index + 1),
    b: text.slice(index * FRAGMENT_LENGTH, (index + 1) * FRAGMENT_LENGTH),
    c: String(count),
  }));
}

/**
 * The facts that a source logs for a license change. The unified audit log never has the full form: there the
 * payload is always in the `Update user` twin or in fragments.
 */
export function licenseChangeFacts(
  change: LicenseChange,
  variant: AuditVariant,
  source: AuditSource,
  context: Context,
): AuditFact[] {
  const intra = context.newId();
  if (variant === 'missing') return [];
  if (variant === 'sequenced') {
    return fragments(change, context).map((details) =>
      factOf(change, 'Change user license', intra, [], details),
    );
  }
  if (variant === 'empty-with-twin' || source === 'activity') {
    const withPlans = source === 'activity';
    return [
      factOf(change, 'Change user license', intra, [], {}),
      factOf(change, 'Update user', intra, modifiedOf(change, context, withPlans), {
        UserType: change.account.userType,
      }),
    ];
  }
  return [
    factOf(change, 'Change user license', intra, modifiedOf(change, context, false), {
      'User-Agent': 'O365AdminPortal',
    }),
  ];
}
