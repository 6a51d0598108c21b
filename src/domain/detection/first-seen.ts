import { DAY_MS } from '../durations.ts';
import type { Firing } from './evaluate.ts';
import type { FirstSeen, RuleSet } from './rule.ts';

/** More different people and things than this are not remembered at once: those not seen for longest go. */
const MOST_REMEMBERED = 200_000;

/**
 * Answers whether a firing is the first of its kind, where its rule asks for that, and remembers it. Firings come in
 * the order of their times. With less history than the rule asks for, everything is the first.
 * @param historyFrom when the oldest record that was read happened, ms UTC
 */
export function createFirstSeen(ruleSet: RuleSet): (firing: Firing, historyFrom: number) => boolean {
  const asking = new Map<string, FirstSeen>(
    [...ruleSet.events, ...ruleSet.correlations].flatMap(({ id, firstSeen }) =>
      firstSeen === null ? [] : [[id, firstSeen] as const],
    ),
  );
  const lastAt = new Map<string, number>();
  return (firing, historyFrom) => {
    const asked = asking.get(firing.rule);
    if (!asked) return true;
    const key = JSON.stringify([
      firing.rule,
      ...asked.by.map((name) => firing.labels[name]?.toLowerCase() ?? null),
    ]);
    const before = lastAt.get(key);
    lastAt.delete(key);
    lastAt.set(key, firing.at);
    const [oldest] = lastAt.keys();
    if (lastAt.size > MOST_REMEMBERED && oldest !== undefined) lastAt.delete(oldest);
    const days = asked.days * DAY_MS;
    return firing.at - historyFrom < days || before === undefined || firing.at - before > days;
  };
}
