import type { HoldingAsked, PathAsked, Query } from '../../language/query.ts';

const HOLDING: Readonly<Record<HoldingAsked, string>> = {
  any: ' with licenses',
  paid: ' with paid licenses',
  none: ' without a license',
};

export const PATH_IN_WORDS: Readonly<Record<PathAsked, string>> = {
  group: 'by a group',
  'only-group': 'by a group only',
  direct: 'directly',
  'only-direct': 'only directly',
};

/** "blocked guests with licenses"; null where a query is about no kind of account. */
export function accountsInWords({ intent, accounts = [], holding }: Query): string | null {
  const isGuests = intent === 'guests';
  if (!isGuests && accounts.length === 0) return null;
  if (intent !== 'guests' && intent !== 'unlicensed') return null;
  const blocked = accounts.includes('disabled') ? 'blocked ' : accounts.includes('enabled') ? 'enabled ' : '';
  const held = HOLDING[holding ?? (isGuests ? 'any' : 'none')];
  const all = holding === undefined && isGuests ? '' : held;
  return `${blocked}${nounOf(isGuests && accounts.length === 0 ? ['guest'] : accounts)}${all}`;
}

function nounOf(accounts: NonNullable<Query['accounts']>): string {
  if (accounts.includes('guest')) return 'guests';
  if (accounts.includes('external'))
    return accounts.includes('member') ? 'external members' : 'external users';
  return 'users';
}
