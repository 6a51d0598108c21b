import type { SkuState, TenantState } from '../../domain/license/sku.ts';
import type { AccountTrait, LicensePath, UserFilter } from '../../domain/license/user-filter.ts';
import { isForUsers, isFree } from '../../domain/spend/product-kind.ts';
import type { Query } from '../../language/query.ts';

export const WHICH_KINDS = ['holders', 'lacking', 'assigned', 'everybody'] as const;

/** Which accounts a list is about, as a request for a file carries it. `paid`: products that cost something count alone. */
export type Which = {
  kind: (typeof WHICH_KINDS)[number];
  accounts?: AccountTrait[];
  path?: LicensePath;
  paid?: true;
};

type Asked = Pick<Query, 'intent' | 'skus' | 'accounts' | 'holding' | 'path'>;

/** Which accounts a query asks for; null where it is about no kind of account. */
export function whichAccounts(query: Asked): Which | null {
  const { intent, accounts = [], holding, path } = query;
  const kind = kindAsked(query);
  if (kind === null) return null;
  const kinds = accounts.length > 0 ? accounts : intent === 'guests' ? (['guest'] as const) : [];
  return {
    kind,
    ...(kinds.length > 0 ? { accounts: [...kinds] } : {}),
    ...(kind === 'holders' && path !== undefined ? { path } : {}),
    ...(kind !== 'everybody' && holding === 'paid' ? { paid: true } : {}),
  };
}

function kindAsked({ intent, skus, accounts = [], holding, path }: Asked): Which['kind'] | null {
  const isHeld = holding === 'any' || holding === 'paid';
  switch (intent) {
    case 'unlicensed':
      return isHeld && accounts.length > 0 ? 'holders' : 'lacking';
    case 'guests':
      return holding === 'none' ? 'lacking' : isHeld || skus.length > 0 ? 'holders' : 'everybody';
    case 'directory':
      return path === undefined ? 'assigned' : 'holders';
    case 'sku-users':
      return accounts.length > 0 || path !== undefined ? 'holders' : null;
    default:
      return null;
  }
}

/** The filter that finds these accounts. */
export const filterFor = (
  { kind, accounts, path, paid }: Which,
  skuIds: readonly string[],
  tenant: TenantState,
): UserFilter => ({
  kind,
  skuIds: paid && skuIds.length === 0 ? paidProducts(tenant) : skuIds,
  ...(accounts ? { accounts } : {}),
  ...(path ? { path } : {}),
});

/** What costs something, as far as its part number tells. */
const paidProducts = ({ skus }: TenantState): string[] =>
  skus.filter((sku: SkuState) => isForUsers(sku) && !isFree(sku)).map(({ skuId }) => skuId);
