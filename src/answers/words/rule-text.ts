import { listed } from '../../domain/english.ts';
import type { ChangeKind } from '../../domain/license/change.ts';
import type { SuppressionRule } from '../../domain/suppression/suppression.ts';
import type { Names } from './names.ts';

/** What a rule expects, before what it is about. */
const EXPECTED: Readonly<Record<ChangeKind, string>> = {
  lost: 'losses',
  gained: 'new licenses',
  swap: 'swaps',
  'path-changed': 'changes of how licenses are assigned',
  'plans-changed': 'changes of service plans',
  'never-granted': 'licenses that are not granted',
  'account-removed': 'deleted accounts',
  'account-restored': 'restored accounts',
  'subscription-changed': 'changes of subscriptions',
  'seats-changed': 'changes of seats',
};

/** "losses of Visio Plan 2 through LIC-Leavers, by Leaver runbook": what a rule expects. */
export function ruleText(
  { kind, actorId, actorName, groupId, skuIds }: SuppressionRule['match'],
  names: Names,
): string {
  const of = skuIds === null ? '' : ` of ${listed(skuIds.map(names.product))}`;
  const through = groupId === null ? '' : ` through ${names.group(groupId)}`;
  const by = actorId === null ? '' : `, by ${actorName ?? actorId}`;
  return `${EXPECTED[kind]}${of}${through}${by}`;
}

/** A rule with the number that people call it by. */
export type NumberedRule = { number: number; rule: SuppressionRule };

/**
 * Rules with their numbers, from 1 in the order in which they were made, so that a number never means another
 * rule. Newest first.
 * @param rules all rules ever made, newest first
 */
export const numbered = (rules: readonly SuppressionRule[]): NumberedRule[] =>
  rules.map((rule, index) => ({ number: rules.length - index, rule }));
