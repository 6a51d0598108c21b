import { takesInUser } from '../../domain/license/user-filter.ts';
import { heldSkus } from '../../domain/license/user-state.ts';
import { filterFor, type Which } from '../answer/which-accounts.ts';
import { namesIn } from '../words/names.ts';
import { assignmentsTable } from './assignments.ts';
import { type ExportTable, plainRow } from './table.ts';

const COLUMNS = [
  'user_id',
  'user',
  'sign_in_name',
  'user_type',
  'account_enabled',
  'department',
  'usage_location',
  'products',
  'in_error',
] as const;

/**
 * Accounts of some kinds: of those who hold licenses, a row for each license; of the others, a row for each account.
 * @param kind whose accounts a request lists that says nothing of kinds of account, as those of old cards
 */
export const accountsTable = (which: Which | undefined, kind: 'guests' | 'holders'): ExportTable =>
  which === undefined || which.kind === 'holders'
    ? assignmentsTable(which === undefined ? kind : 'holders')
    : usersTable(which);

const usersTable = (which: Which): ExportTable => ({
  columns: COLUMNS,
  async *rows(store, { skus }) {
    const tenant = await store.users.tenant();
    const names = namesIn(tenant);
    const filter = filterFor(which, skus, tenant);
    for await (const chunk of store.users.all()) {
      yield chunk
        .filter(({ state, removedAt }) => removedAt === null && takesInUser(filter, state))
        .map(({ state }) => {
          const held = heldSkus(state);
          const broken = new Set(
            state.assignments.filter(({ skuId }) => !held.has(skuId)).map(({ skuId }) => skuId),
          );
          return plainRow(COLUMNS, [
            state.id,
            state.displayName,
            state.userPrincipalName,
            state.userType,
            state.accountEnabled === null ? null : String(state.accountEnabled),
            state.department,
            state.usageLocation,
            productsOf(held, names.product),
            productsOf(broken, names.product),
          ]);
        });
    }
  },
});

const productsOf = (skuIds: ReadonlySet<string>, name: (skuId: string) => string): string =>
  [...skuIds].map(name).toSorted().join('; ');
