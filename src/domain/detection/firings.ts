import { burstsOf } from './bursts.ts';
import type { Firing, RuleMatch } from './evaluate.ts';
import type { Burst, Occurrence } from './occurrence.ts';
import type { CorrelationRule, EventRule, RuleSet } from './rule.ts';
import { actsOf, TOGETHER_MS, toldTogether } from './same-acts.ts';

/**
 * The firings of new matches. What `earlier` matches fired already is not fired again: new matches that belong to it
 * come as a firing with `more`. A match that is among the earlier ones is not new. Pure, and the same whether all
 * matches come at once or in any pieces and order.
 * @param earlier the matches that `earlierNeeded` asks for, without these
 */
export function firingsOf(
  ruleSet: RuleSet,
  fresh: readonly RuleMatch[],
  earlier: readonly RuleMatch[] = [],
): Firing[] {
  const before = byRule(earlier);
  const all = byRule([...earlier, ...fresh]);
  const isOld = (match: RuleMatch): boolean => before.get(match.ruleId)?.has(match.recordId) ?? false;
  const events = ruleSet.events.filter(({ tells, inert }) => tells && inert === null);
  const firings = [
    ...events.flatMap((rule) => eventFirings(rule, [...(all.get(rule.id)?.values() ?? [])], isOld)),
    ...correlationFirings(ruleSet, all, before, isOld),
  ];
  return firings.sort((a, b) => a.at - b.at || (a.rule < b.rule ? -1 : 1));
}

/** Which earlier matches decide with new ones: those of these rules within this time, ms UTC, both ends included. */
export type Needed = { ruleIds: string[]; from: number; to: number };

/** Says which earlier matches `firingsOf` needs beside new ones; null when it needs none. */
export function earlierNeeded(ruleSet: RuleSet, fresh: readonly RuleMatch[]): Needed | null {
  if (fresh.length === 0) return null;
  const { correlations } = ruleSet;
  const ruleIds = new Set(fresh.map(({ ruleId }) => ruleId));
  for (const { id, rules } of correlations) {
    if (rules.some((rule) => ruleIds.has(rule))) for (const one of [id, ...rules]) ruleIds.add(one);
  }
  for (const { id, rules } of correlations.toReversed()) {
    if (ruleIds.has(id)) for (const rule of rules) ruleIds.add(rule);
  }
  const reach = reachOf(ruleSet);
  const furthest = Math.max(TOGETHER_MS, ...[...ruleIds].map((rule) => reach.get(rule) ?? 0));
  const times = fresh.map(({ at }) => at);
  return {
    ruleIds: [...ruleIds],
    from: times.reduce((a, b) => Math.min(a, b)) - furthest,
    to: times.reduce((a, b) => Math.max(a, b)) + furthest,
  };
}

/**
 * How far before and after a match another of its rule may decide with it, ms, by rule id. Two windows that share a
 * match are one burst, so it is twice the time of a correlation; for a rule without one it is that of one act.
 */
export function reachOf({ correlations }: RuleSet): Map<string, number> {
  const reach = new Map<string, number>();
  // From the outer correlations inwards: each looks as far as its own time beyond what the outer one asks.
  for (const { id, rules, timespanMs } of correlations.toReversed()) {
    const own = Math.max(TOGETHER_MS, 2 * timespanMs + (reach.get(id) ?? 0));
    for (const rule of rules) reach.set(rule, Math.max(reach.get(rule) ?? 0, own));
  }
  return reach;
}

/** Matches by rule and record: a record that comes again does not match again. */
type Matches = ReadonlyMap<string, ReadonlyMap<string, RuleMatch>>;

function byRule(matches: readonly RuleMatch[]): Matches {
  const rules = new Map<string, Map<string, RuleMatch>>();
  for (const match of matches) {
    const records = rules.get(match.ruleId) ?? new Map<string, RuleMatch>();
    rules.set(match.ruleId, records);
    if (!records.has(match.recordId)) records.set(match.recordId, match);
  }
  return rules;
}

function eventFirings(
  rule: EventRule,
  matches: readonly RuleMatch[],
  isOld: (match: RuleMatch) => boolean,
): Firing[] {
  return toldTogether(matches).flatMap((group) => {
    if (group.every(isOld)) return [];
    const labels = Object.assign({}, ...group.toReversed().map((match) => match.labels));
    return [toFiring(rule, group[0]?.at ?? 0, group, labels, group.some(isOld))];
  });
}

function correlationFirings(
  { correlations }: RuleSet,
  all: Matches,
  before: Matches,
  isOld: (match: RuleMatch) => boolean,
): Firing[] {
  const working = correlations.filter(({ inert }) => inert === null);
  if (working.length === 0) return [];
  const now = allBursts(working, all);
  const then = allBursts(working, before);
  return working.flatMap((rule) => {
    if (!rule.tells) return [];
    const told = new Set(
      then.get(rule.id)?.flatMap(({ matches }) => matches.map(({ recordId }) => recordId)),
    );
    return (now.get(rule.id) ?? []).flatMap((burst) => {
      if (burst.matches.every(isOld)) return [];
      const more = burst.matches.some(({ recordId }) => told.has(recordId));
      return [toFiring(rule, burst.at, burst.matches, correlationLabels(rule, burst), more)];
    });
  });
}

/** The bursts of each correlation, by rule id; inner ones come first and are counted by the outer ones. */
function allBursts(correlations: readonly CorrelationRule[], matches: Matches): Map<string, Burst[]> {
  const bursts = new Map<string, Burst[]>();
  for (const rule of correlations) {
    const occurrences = rule.rules.flatMap((counted) => {
      const inner = bursts.get(counted);
      return inner
        ? inner.flatMap((burst) => burstOccurrences(rule, counted, burst))
        : actOccurrences(counted, [...(matches.get(counted)?.values() ?? [])]);
    });
    bursts.set(rule.id, burstsOf(rule, occurrences));
  }
  return bursts;
}

const actOccurrences = (ruleId: string, matches: readonly RuleMatch[]): Occurrence[] =>
  actsOf(matches).map((act) => ({
    ruleId,
    at: act.at,
    matches: act.matches,
    fieldText: (field) =>
      act.matches.map((match) => textIn(match, field)).find((value) => value !== undefined),
  }));

/** A burst counts once; where the order or the company matters, it stands at each moment at which it went on. */
function burstOccurrences({ type }: CorrelationRule, ruleId: string, burst: Burst): Occurrence[] {
  const moments = type === 'temporal' || type === 'temporal_ordered' ? burst.moments : [burst.at];
  const fieldText = (field: string): string | undefined =>
    burst.group[field] ?? sharedValue(burst.matches, field);
  return moments.map((at) => ({ ruleId, at, matches: burst.matches, fieldText }));
}

const textIn = ({ values, labels }: RuleMatch, field: string): string | undefined =>
  values[field] ?? labels[field];

/** What all matches have in common; undefined where they differ. */
function sharedValue(matches: readonly RuleMatch[], field: string): string | undefined {
  const [first, ...others] = matches.map((match) => textIn(match, field));
  return others.every((value) => value?.toLowerCase() === first?.toLowerCase()) ? first : undefined;
}

/** What it is grouped by, and of the labels that the rule asks for those that all records share. */
function correlationLabels(rule: CorrelationRule, burst: Burst): Record<string, string> {
  const shared = rule.labels.flatMap((name) => {
    const value = sharedValue(burst.matches, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(shared), ...burst.group };
}

function toFiring(
  rule: EventRule | CorrelationRule,
  at: number,
  matches: readonly RuleMatch[],
  labels: Record<string, string>,
  more: boolean,
): Firing {
  return {
    rule: rule.id,
    class: rule.class,
    level: rule.level,
    title: rule.title,
    records: matches.map(({ recordId }) => recordId),
    labels,
    at,
    ...(more ? { more: true as const } : {}),
  };
}
