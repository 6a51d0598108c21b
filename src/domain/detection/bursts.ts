import type { RuleMatch } from './evaluate.ts';
import { type Burst, groupsOf, groupValue, type Occurrence } from './occurrence.ts';
import type { CorrelationRule } from './rule.ts';

/**
 * A stretch of sorted occurrences, by index, in which there are enough. All of it counts, or only a chain of them.
 */
type Window = { from: number; at: number; chain: readonly number[] | null };

/**
 * Finds where enough happened within the time of a correlation, group by group. Windows that have an occurrence in
 * common are one burst: what goes on is not told again, what begins again is. The order in which records came does
 * not matter, only when their acts happened.
 */
export function burstsOf(rule: CorrelationRule, occurrences: readonly Occurrence[]): Burst[] {
  return groupsOf(rule, occurrences).flatMap((group) => {
    const sorted = group
      .filter((occurrence) => keyOf(rule, occurrence) !== undefined)
      .sort((a, b) => a.at - b.at || rule.rules.indexOf(a.ruleId) - rule.rules.indexOf(b.ruleId));
    const windows = rule.type === 'temporal_ordered' ? ordered(rule, sorted) : counted(rule, sorted);
    return merged(rule, sorted, windows);
  });
}

/** What has to differ between occurrences that count; undefined for one that does not count. */
function keyOf({ type, condition }: CorrelationRule, occurrence: Occurrence): string | undefined {
  if (type === 'value_count') return occurrence.fieldText(condition.field ?? '')?.toLowerCase();
  return type === 'event_count' ? '' : occurrence.ruleId;
}

/** How many are enough. */
function neededOf({ gte, gt, eq }: CorrelationRule['condition']): number {
  return Math.max(1, gte ?? 0, gt === undefined ? 0 : gt + 1, eq ?? 0);
}

/** Without a number all of the rules are needed. */
function requiredRules({ condition, rules }: CorrelationRule): number {
  return condition.gte === undefined && condition.gt === undefined && condition.eq === undefined
    ? rules.length
    : neededOf(condition);
}

/** Windows with enough occurrences, or with enough different ones where the kind of correlation asks for that. */
function counted(rule: CorrelationRule, sorted: readonly Occurrence[]): Window[] {
  const needed = rule.type === 'temporal' ? requiredRules(rule) : neededOf(rule.condition);
  const windows: Window[] = [];
  const keys = sorted.map((occurrence) => keyOf(rule, occurrence) ?? '');
  const inside = new Map<string, number>();
  let from = 0;
  sorted.forEach(({ at }, index) => {
    const key = keys[index] ?? '';
    inside.set(key, (inside.get(key) ?? 0) + 1);
    for (; at - (sorted[from]?.at ?? at) > rule.timespanMs; from++) {
      const gone = keys[from] ?? '';
      const left = (inside.get(gone) ?? 1) - 1;
      if (left === 0) inside.delete(gone);
      else inside.set(gone, left);
    }
    const found = rule.type === 'event_count' ? index - from + 1 : inside.size;
    if (found >= needed) windows.push({ from, at: index, chain: null });
  });
  return windows;
}

/** Windows in which the rules matched one after the other, each chain as short as can be. */
function ordered(rule: CorrelationRule, sorted: readonly Occurrence[]): Window[] {
  const windows: Window[] = [];
  /** The chain of the first rules that began last, by its length. */
  const chains: number[][] = [[]];
  sorted.forEach((occurrence, index) => {
    // From the last rule down, so that one occurrence does not follow itself.
    for (let position = rule.rules.length; position >= 1; position--) {
      const before = chains[position - 1];
      if (rule.rules[position - 1] !== occurrence.ruleId || !before) continue;
      const chain = [...before, index];
      const first = sorted[chain[0] ?? index];
      if (!first || occurrence.at - first.at > rule.timespanMs) continue;
      if (position < rule.rules.length) chains[position] = chain;
      else windows.push({ from: chain[0] ?? index, at: index, chain });
    }
  });
  return windows;
}

/** Joins windows that have an occurrence in common. */
function merged(rule: CorrelationRule, sorted: readonly Occurrence[], windows: readonly Window[]): Burst[] {
  const bursts: { counted: Set<number>; moments: number[]; last: number }[] = [];
  for (const { from, at, chain } of windows) {
    const open = bursts.at(-1);
    const shares = open && (chain ? chain.some((index) => open.counted.has(index)) : from <= open.last);
    const burst = shares ? open : { counted: new Set<number>(), moments: [], last: -1 };
    if (!shares) bursts.push(burst);
    if (chain) for (const index of chain) burst.counted.add(index);
    else for (let index = Math.max(from, burst.last + 1); index <= at; index++) burst.counted.add(index);
    burst.last = at;
    burst.moments.push(sorted[at]?.at ?? 0);
  }
  return bursts.map(({ counted, moments }) => {
    const members = [...counted].sort((a, b) => a - b).flatMap((index) => sorted[index] ?? []);
    return { group: groupOf(rule, members), at: moments[0] ?? 0, moments, matches: matchesOf(members) };
  });
}

function groupOf(rule: CorrelationRule, members: readonly Occurrence[]): Record<string, string> {
  const [first] = members;
  if (!first) return {};
  return Object.fromEntries(
    rule.groupBy.flatMap((name) => {
      const value = groupValue(rule, first, name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** The matches of some occurrences, each record once. */
function matchesOf(members: readonly Occurrence[]): RuleMatch[] {
  const matches = new Map<string, RuleMatch>();
  for (const { matches: own } of members) for (const match of own) matches.set(match.recordId, match);
  return [...matches.values()].sort((a, b) => a.at - b.at);
}
