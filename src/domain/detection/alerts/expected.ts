import { isInForce } from '../../suppression/suppression.ts';
import type { SecurityIncident, SecurityRule } from './security-incident.ts';

/** The rule in force that expects an alert with these labels; null when none does. `now` is ms UTC. */
export const expectedBy = (
  { rule, labels }: { rule: string; labels: Readonly<Record<string, string>> },
  rules: readonly SecurityRule[],
  now: number,
): SecurityRule | null =>
  rules.find(
    (standing) =>
      isInForce(standing, now) &&
      standing.match.rule === rule &&
      Object.entries(standing.match.labels).every(
        ([name, text]) => labels[name]?.toLowerCase() === text.toLowerCase(),
      ),
  ) ?? null;

/**
 * What a rule made from this alert would expect from then on; null where there is nothing that a later one could be
 * recognised by: that would switch the detection off.
 */
export function expectationOf({
  rule,
  labels,
}: Pick<SecurityIncident, 'rule' | 'labels'>): SecurityRule['match'] | null {
  return Object.keys(labels).length === 0 ? null : { rule, labels: { ...labels } };
}
