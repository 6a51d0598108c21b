import type { AccountKind, HoldingAsked, PathAsked } from '../query.ts';

export const ACCOUNT_KINDS = [
  'guest',
  'external',
  'member',
  'disabled',
  'enabled',
] as const satisfies readonly AccountKind[];

export const HOLDINGS_ASKED = ['any', 'paid', 'none'] as const satisfies readonly HoldingAsked[];

export const PATHS_ASKED = [
  'group',
  'only-group',
  'direct',
  'only-direct',
] as const satisfies readonly PathAsked[];
