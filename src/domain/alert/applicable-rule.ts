import { isFlapping } from '../incident/flapping.ts';
import type { Incident } from '../incident/incident.ts';
import { exceededRule, ruleFor } from '../suppression/rule-for.ts';
import type { SuppressionRule } from '../suppression/suppression.ts';

/**
 * The rule that expects an incident, or would expect it of fewer users (`covers` false); null when none does.
 * Somebody on the watch list is alerted about whatever a rule expects, and so are two automations that fight:
 * a rule expects the one of them, not the fight. `now` is ms UTC.
 */
export function applicableRule(
  incident: Incident,
  rules: readonly SuppressionRule[],
  now: number,
): { rule: SuppressionRule; covers: boolean } | null {
  const applicable = isFlapping(incident) || incident.watched ? [] : rules;
  const { length } = incident.userIds;
  const rule = ruleFor(incident, length, applicable, now);
  if (rule) return { rule, covers: true };
  const exceeded = exceededRule(incident, length, applicable, now);
  return exceeded && { rule: exceeded, covers: false };
}
