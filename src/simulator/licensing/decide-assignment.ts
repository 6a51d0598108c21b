import { type Account, directSource, gives, type LicenseSource } from '../tenant/account.ts';
import type { Catalogue } from '../tenant/catalogue.ts';
import type { Stock } from '../tenant/stock.ts';
import { isKnownLocation, isProhibited, servicePlanViolation } from './violations.ts';

export type AssignmentRequest = {
  readonly add: readonly { readonly skuId: string; readonly disabledPlans: readonly string[] }[];
  readonly remove: readonly string[];
};

export type AssignmentDecision =
  | { readonly ok: true; readonly sources: readonly LicenseSource[] }
  /** `detail` is the violation that some answers carry beside the message. */
  | { readonly ok: false; readonly message: string; readonly detail: string | null };

const refused = (message: string, detail: string | null = null): AssignmentDecision => ({
  ok: false,
  message,
  detail,
});

function refuseRemoval(account: Account, skuId: string): AssignmentDecision | null {
  if (directSource(account.sources, skuId)) return null;
  return account.sources.some((source) => source.skuId === skuId)
    ? refused(
        'User license is inherited from a group membership and it cannot be removed directly from the user.',
      )
    : refused('User does not have a corresponding license.');
}

/**
 * What `assignLicense` would make of a user's license sources, or Microsoft's refusal. All or nothing: the
 * whole request is judged by its end state, so that interdependent SKUs can come in one call.
 */
export function decideAssignment(
  account: Account,
  request: AssignmentRequest,
  context: { catalogue: Catalogue; stock: Stock; at: number },
): AssignmentDecision {
  const { catalogue, stock, at } = context;
  const owned = new Set(stock.skuIds());
  for (const { skuId } of request.add) {
    if (!owned.has(skuId)) return refused(`License ${skuId} does not correspond to a valid company License.`);
  }
  for (const skuId of request.remove) {
    const refusal = refuseRemoval(account, skuId);
    if (refusal) return refusal;
  }
  if (request.add.length > 0) {
    const location = account.usageLocation;
    const prohibited =
      location !== null && request.add.some(({ skuId }) => isProhibited(catalogue, skuId, location));
    if (!isKnownLocation(location) || prohibited) {
      return refused('License assignment cannot be done for user with invalid usage location.');
    }
  }
  for (const { skuId } of request.add) {
    const held = account.sources.some((source) => source.skuId === skuId && gives(source));
    if (!held && stock.free(skuId) <= 0) {
      return refused(
        `Subscription with SKU ${skuId} does not have any available licenses.`,
        'CountViolation',
      );
    }
  }
  const changed = new Set([...request.remove, ...request.add.map((license) => license.skuId)]);
  const kept = account.sources.filter((source) => source.groupId !== null || !changed.has(source.skuId));
  const added = request.add.map(
    ({ skuId, disabledPlans }): LicenseSource => ({
      skuId,
      groupId: null,
      disabledPlans: [...disabledPlans],
      state: 'Active',
      error: 'None',
      updatedAt: at,
    }),
  );
  const sources = [...kept, ...added];
  const violation = servicePlanViolation(catalogue, account.sources, sources);
  return violation ? refused(violation.message, violation.kind) : { ok: true, sources };
}
