import { findUnused } from '../spend/unused-licenses.ts';
import { loadNames } from '../words/names.ts';
import { type ExportTable, iso, plainRow } from './table.ts';

const COLUMNS = [
  'user_id',
  'user',
  'sign_in_name',
  'sku_id',
  'product',
  'reason',
  'last_sign_in',
  'given_at',
  'paths',
  'account',
  'guessed_from',
] as const;

/** Licenses that look unused, also of accounts that may be no persons: `account` says what each looks like. */
export const unusedTable: ExportTable = {
  columns: COLUMNS,
  async *rows(store, { people, skus, range, days, now, spend }) {
    const names = await loadNames(store);
    const asked = {
      people: [...people],
      skus: [...skus],
      range: range.from > 0 ? range : null,
      days,
    };
    const { licenses } = await findUnused(asked, { store, now, spend });
    yield licenses.map(({ account, ...license }) =>
      plainRow(COLUMNS, [
        license.userId,
        license.displayName,
        license.userPrincipalName,
        license.skuId,
        names.product(license.skuId),
        license.reason,
        iso(license.lastUsedAt),
        iso(license.givenAt),
        license.paths.map(names.path).join('; '),
        account.kind,
        'because' in account ? account.because : null,
      ]),
    );
  },
};
