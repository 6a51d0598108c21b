import { isFlapping } from '../incident/flapping.ts';
import type { Incident } from '../incident/incident.ts';
import { exceededRule, ruleFor } from './rule-for.ts';
import { silenceOver } from './silence-over.ts';
import type { Silence, StandingRule } from './standing.ts';

/** What people said beforehand. */
export type Orders = { rules: readonly StandingRule[]; silences: readonly Silence[] };

/** What becomes of a new or changed open incident. */
export type Ordered =
  /** A rule expects it: it is kept, and nobody is alerted. */
  | { kind: 'expected'; incident: Incident; rule: StandingRule }
  /** It is quiet for now, until its snooze is over. */
  | { kind: 'quiet'; incident: Incident }
  | { kind: 'told'; incident: Incident };

/**
 * Applies rules and silences to an incident that is being written, in the revision that is being written: an
 * expected incident is approved before anybody hears of it.
 *
 * Somebody whom people keep an eye on is told of whatever a rule expects, and so are two automations that fight:
 * a rule expects the one of them, not the fight. `now` is ms UTC.
 */
export function underOrders(incident: Incident, { rules, silences }: Orders, now: number): Ordered {
  const { userIds } = incident;
  const applicable = isFlapping(incident) || incident.watched ? [] : rules;
  const rule = ruleFor(incident, userIds.length, applicable, now);
  if (rule) {
    const expected: Incident = {
      ...incident,
      status: 'approved',
      hiddenByRuleId: rule.id,
      exceededRuleId: null,
      request: null,
      snoozedUntil: null,
      snoozeReason: null,
    };
    return { kind: 'expected', incident: expected, rule };
  }
  const open: Incident = {
    ...incident,
    hiddenByRuleId: null,
    exceededRuleId: exceededRule(incident, userIds.length, applicable, now)?.id ?? null,
  };
  const quiet = silenceOver(open, silences, now);
  if (!quiet) return { kind: 'told', incident: open };
  const longer = open.snoozedUntil !== null && open.snoozedUntil > quiet.until;
  const silenced = { ...open, snoozedUntil: quiet.until, snoozeReason: quiet.reason };
  return { kind: 'quiet', incident: longer ? open : silenced };
}

/** The rules as an incident meets them that one of them hid: what was expected stays so when the rule has ended since. */
export const asOfThen = (
  rules: readonly StandingRule[],
  { hiddenByRuleId }: Pick<Incident, 'hiddenByRuleId'>,
): StandingRule[] =>
  rules.map((rule) =>
    rule.id === hiddenByRuleId ? { ...rule, until: Number.POSITIVE_INFINITY, endedAt: null } : rule,
  );

/** Whether a rule hid it, so that nobody was alerted: not where somebody approved it, with or without a rule made of it. */
export const isHidden = ({ status, hiddenByRuleId }: Pick<Incident, 'status' | 'hiddenByRuleId'>): boolean =>
  status === 'approved' && hiddenByRuleId !== null;
