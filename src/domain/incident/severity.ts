import type { Verdict } from '../attribution/verdict.ts';
import type { ChangeKind } from '../license/change.ts';
import type { Severity } from './incident.ts';

/** From this many users on, one cause is an outage rather than an accident. */
export const MANY_USERS = 10;

const OF_KIND: Readonly<Record<ChangeKind, Severity>> = {
  lost: 'high',
  'subscription-changed': 'high',
  'account-removed': 'medium',
  'never-granted': 'medium',
  'seats-changed': 'medium',
  swap: 'low',
  gained: 'low',
  'path-changed': 'low',
  'plans-changed': 'low',
  'account-restored': 'low',
};

const RAISED: Readonly<Record<Severity, Severity>> = {
  low: 'medium',
  medium: 'high',
  high: 'critical',
  critical: 'critical',
};

const ORDER: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** Orders severities, the worst first. */
export const compareSeverity = (a: Severity, b: Severity): number => ORDER.indexOf(a) - ORDER.indexOf(b);

/** What is known of the cause, as far as it makes an incident less of an alarm. */
export type Known = Pick<Verdict, 'level' | 'actor'>;

/**
 * One license that a person took, with the record that shows it, is an act to look at: what nobody explains, what an
 * app does and what hits many is an outage until somebody says otherwise.
 */
const isSingleAct = (kinds: readonly ChangeKind[], userCount: number, known: Known | null): boolean =>
  userCount === 1 &&
  known?.level === 'proved' &&
  known.actor?.kind === 'user' &&
  kinds.every((kind) => kind === 'lost');

/**
 * How loud an incident is: people without a license they had, and a subscription that died, are high; people
 * who wait for one, accounts that went and seats that are short are medium, and so is a single license that a person
 * provably took. Ten or more users raise it by one.
 */
export function severityOf(
  kinds: readonly ChangeKind[],
  userCount: number,
  known: Known | null = null,
): Severity {
  if (isSingleAct(kinds, userCount, known)) return 'medium';
  const [worst = 'low'] = kinds.map((kind) => OF_KIND[kind]).sort(compareSeverity);
  return userCount >= MANY_USERS ? RAISED[worst] : worst;
}
