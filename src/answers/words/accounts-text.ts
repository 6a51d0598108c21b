import type { AccountTrait, LicensePath } from '../../domain/license/user-filter.ts';
import { count } from '../../domain/numerals.ts';

/** What accounts of these kinds are called, one and many. */
export function nounOf(accounts: readonly AccountTrait[]): readonly [one: string, many: string] {
  const isMember = accounts.includes('member');
  if (accounts.includes('guest')) return ['guest', 'guests'];
  if (accounts.includes('external')) {
    return isMember ? ['external member', 'external members'] : ['external user', 'external users'];
  }
  return isMember ? ['member', 'members'] : ['user', 'users'];
}

/** " whose account is blocked"; empty where nothing is asked of that. */
export const mayAct = (accounts: readonly AccountTrait[]): string =>
  accounts.includes('disabled')
    ? ' whose account is blocked'
    : accounts.includes('enabled')
      ? ' whose account is not blocked'
      : '';

/** "3 guests whose account is blocked have"; "nobody" as the noun of none: "No guest has". */
export function whoHas(
  total: number,
  accounts: readonly AccountTrait[],
  verbs: readonly [string, string],
): string {
  const [one, many] = nounOf(accounts);
  const who = total === 0 ? `No ${one}` : count(total, one, many);
  return `${who}${mayAct(accounts)} ${total > 1 ? verbs[1] : verbs[0]}`;
}

/** " by a group only"; empty where no way is asked for. */
export const byPath = (path: LicensePath | undefined): string => (path === undefined ? '' : BY[path]);

const BY: Readonly<Record<LicensePath, string>> = {
  group: ' by a group',
  'only-group': ' by a group only',
  direct: ' directly',
  'only-direct': ' directly only',
};
