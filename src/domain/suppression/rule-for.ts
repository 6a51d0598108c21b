import type { Incident } from '../incident/incident.ts';
import { isInForce, type SuppressionRule } from './suppression.ts';

/** What a rule looks at: never texts, counts or dates. */
export type Labels = Pick<Incident, 'kind' | 'cause' | 'level' | 'actor' | 'groupId' | 'skuIds'>;

/**
 * Whether the labels are those that the rule expects. What is only guessed at matches nothing, and a rule about
 * what a system does does not cover a person who does the same.
 */
function expects({ match }: SuppressionRule, labels: Labels): boolean {
  const { kind, cause, level, actor, groupId, skuIds } = labels;
  const actorId = actor?.kind === 'system' ? null : (actor?.id ?? null);
  return (
    (level === 'proved' || level === 'likely') &&
    match.kind === kind &&
    match.cause === cause &&
    match.actorId === actorId &&
    match.groupId === groupId &&
    (match.skuIds === null || skuIds.every((skuId) => match.skuIds?.includes(skuId)))
  );
}

/**
 * The rule in force that expects an incident with these labels and so many users; null when none does. Of several,
 * the first. `now` is ms UTC.
 */
export const ruleFor = (
  labels: Labels,
  userCount: number,
  rules: readonly SuppressionRule[],
  now: number,
): SuppressionRule | null =>
  rules.find((rule) => isInForce(rule, now) && expects(rule, labels) && userCount <= rule.maxUsers) ?? null;

/** The rule that would expect it, were it not for so many users at once; null when there is none, or one covers it. */
export const exceededRule = (
  labels: Labels,
  userCount: number,
  rules: readonly SuppressionRule[],
  now: number,
): SuppressionRule | null =>
  ruleFor(labels, userCount, rules, now) === null ? ruleFor(labels, 0, rules, now) : null;
