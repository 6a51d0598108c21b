import { MINUTE_MS } from '../durations.ts';
import type { RuleMatch } from './evaluate.ts';

/** Matches of one rule that tell one act, the oldest first; together they count as `count`. */
export type Act = { ruleId: string; at: number; matches: RuleMatch[] };

/** Services use one id again after hours: what shares it is one act only when it lies this close. */
export const TOGETHER_MS = 10 * MINUTE_MS;

/**
 * Groups the matches of one rule into acts: the copies of a record in both logs, and the several records that some
 * acts leave, share an id. Records of one kind (log and operation) are several acts nevertheless: ten people invited
 * at once. Each copy goes to the act whose labels it does not contradict.
 */
export function actsOf(matches: readonly RuleMatch[]): Act[] {
  const acts: Act[] = [];
  const open = new Map<string, Act[]>();
  for (const match of matches.toSorted(byTime)) {
    if (match.together === null) {
      acts.push(actOf(match));
      continue;
    }
    const near = (open.get(match.together) ?? []).filter(({ at }) => match.at - at <= TOGETHER_MS);
    const same = near.find(
      (act) =>
        act.matches.every(({ kind }) => kind !== match.kind) && act.matches.every((one) => agree(one, match)),
    );
    if (same) same.matches.push(match);
    else {
      const act = actOf(match);
      acts.push(act);
      near.push(act);
    }
    open.set(match.together, near);
  }
  return acts;
}

/** The same rule, the same people and things, at nearly the same time: nobody would call it two acts. */
const SAME_LABELS_MS = MINUTE_MS;

/**
 * Groups the matches of one rule into what is told once: the records of one act, however many of one kind, and what
 * has the same labels within a minute.
 */
export function toldTogether(matches: readonly RuleMatch[]): RuleMatch[][] {
  const groups: RuleMatch[][] = [];
  const byTogether = new Map<string, RuleMatch[][]>();
  const byLabels = new Map<string, RuleMatch[]>();
  for (const match of matches.toSorted(byTime)) {
    const labels = labelsKey(match);
    const last = byLabels.get(labels);
    const near = (match.together === null ? [] : (byTogether.get(match.together) ?? [])).filter((group) =>
      isWithin(group, match, TOGETHER_MS),
    );
    const group =
      (last && isWithin(last, match, SAME_LABELS_MS) ? last : undefined) ??
      near.find((group) => group.every((one) => agree(one, match)));
    const own = group ?? [];
    if (!group) groups.push(own);
    own.push(match);
    byLabels.set(labels, own);
    if (match.together !== null) byTogether.set(match.together, near.includes(own) ? near : [...near, own]);
  }
  return groups;
}

const isWithin = (group: readonly RuleMatch[], match: RuleMatch, ms: number): boolean =>
  match.at - (group.at(-1)?.at ?? 0) <= ms;

const labelsKey = ({ labels }: RuleMatch): string =>
  JSON.stringify(
    Object.entries(labels)
      .sort()
      .map(([name, value]) => [name, value.toLowerCase()]),
  );

const actOf = (match: RuleMatch): Act => ({ ruleId: match.ruleId, at: match.at, matches: [match] });

/** Whether two matches say nothing different of any label. */
export function agree({ labels: a }: RuleMatch, { labels: b }: RuleMatch): boolean {
  return Object.entries(a).every(
    ([name, value]) => b[name] === undefined || b[name].toLowerCase() === value.toLowerCase(),
  );
}

/** Orders by time, and at one time by record: whatever the order in which they came. */
export const byTime = (a: RuleMatch, b: RuleMatch): number =>
  a.at - b.at || (a.recordId < b.recordId ? -1 : a.recordId > b.recordId ? 1 : 0);
