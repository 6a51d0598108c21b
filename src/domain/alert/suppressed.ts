import type { Incident } from '../incident/incident.ts';
import type { Silence, SuppressionRule } from '../suppression/suppression.ts';
import { decideAlert } from './decide-alert.ts';
import type { AlertDecision } from './reason.ts';

/** What people said beforehand. */
export type Suppressions = { rules: readonly SuppressionRule[]; silences: readonly Silence[] };

/** What becomes of a new or changed open incident, and why. */
export type Suppressed = { incident: Incident; decision: AlertDecision } & (
  | /** A rule expects it: it is kept, and nobody is alerted. */
  { kind: 'expected' }
  /** It is quiet for now, until its snooze is over. */
  | { kind: 'quiet' }
  | { kind: 'told' }
);

/**
 * Applies rules and silences to an incident that is being written, in the revision that is being written: an
 * expected incident is approved before anybody hears of it.
 * @param before the incident as it is stored; null for a new one. `now` is ms UTC.
 */
export function suppressionOf(
  incident: Incident,
  { rules, silences }: Suppressions,
  now: number,
  before: Incident | null = null,
): Suppressed {
  const decision = decideAlert({ about: 'incident', before, incident, rules, silences, now });
  const { reason, ruleId, until, detail } = decision;
  if (reason === 'expected') {
    const expected: Incident = {
      ...incident,
      status: 'approved',
      hiddenByRuleId: ruleId,
      exceededRuleId: null,
      request: null,
      snoozedUntil: null,
      snoozeReason: null,
    };
    return { kind: 'expected', incident: expected, decision };
  }
  const open: Incident = { ...incident, hiddenByRuleId: null, exceededRuleId: ruleId };
  if (reason !== 'snoozed' || until === null) return { kind: 'told', incident: open, decision };
  const longer = open.snoozedUntil !== null && open.snoozedUntil > until;
  const silenced = { ...open, snoozedUntil: until, snoozeReason: detail };
  return { kind: 'quiet', incident: longer ? open : silenced, decision };
}

/** The rules as an incident meets them that one of them hid: what was expected stays so when the rule has ended since. */
export const asOfThen = (
  rules: readonly SuppressionRule[],
  { hiddenByRuleId }: Pick<Incident, 'hiddenByRuleId'>,
): SuppressionRule[] =>
  rules.map((rule) =>
    rule.id === hiddenByRuleId ? { ...rule, until: Number.POSITIVE_INFINITY, endedAt: null } : rule,
  );

/** Whether a rule hid it, so that nobody was alerted: not where somebody approved it, with or without a rule made of it. */
export const isHidden = ({ status, hiddenByRuleId }: Pick<Incident, 'status' | 'hiddenByRuleId'>): boolean =>
  status === 'approved' && hiddenByRuleId !== null;
