import type { RuleMatch } from './evaluate.ts';
import type { CorrelationRule } from './rule.ts';

/** Something that a correlation counts: an act that a rule matched, or a burst of another correlation. */
export type Occurrence = {
  ruleId: string;
  at: number;
  matches: readonly RuleMatch[];
  /** The value of a field that is grouped or counted by; undefined when it has none. */
  fieldText(field: string): string | undefined;
};

/** Occurrences that together are enough for a correlation: one firing, however long it goes on. */
export type Burst = {
  /** The values by which it is grouped, by their names in `groupBy`. */
  group: Record<string, string>;
  /** When there were enough, ms UTC. */
  at: number;
  /** The moments at which there were enough, the first one first. */
  moments: number[];
  matches: RuleMatch[];
};

/** Occurrences with equal values of what a correlation groups by; without case, as the logs spell one name in several. */
export function groupsOf(rule: CorrelationRule, occurrences: readonly Occurrence[]): Occurrence[][] {
  const groups = new Map<string, Occurrence[]>();
  for (const occurrence of occurrences) {
    const values = rule.groupBy.map((name) => groupValue(rule, occurrence, name));
    // What does not say who or where belongs to no group.
    if (values.some((value) => value === undefined)) continue;
    const key = values.map((value) => JSON.stringify(value?.toLowerCase())).join();
    const group = groups.get(key);
    if (group) group.push(occurrence);
    else groups.set(key, [occurrence]);
  }
  return [...groups.values()];
}

/** The value of one name of `groupBy`, whatever it is called in the rule that matched. */
export const groupValue = (
  { aliases }: CorrelationRule,
  occurrence: Occurrence,
  name: string,
): string | undefined => occurrence.fieldText(aliases[name]?.[occurrence.ruleId] ?? name);
