import type { Firing, RuleMatch } from '../../domain/detection/evaluate.ts';
import { firingsOf, reachOf } from '../../domain/detection/firings.ts';
import { createFirstSeen } from '../../domain/detection/first-seen.ts';
import type { RuleSet } from '../../domain/detection/rule.ts';
import { MINUTE_MS } from '../../domain/durations.ts';

/** How many matches are held before they are made firings, and how many are held for later ones. */
export type Limits = { fresh: number; held: number };
const LIMITS: Limits = { fresh: 100_000, held: 200_000 };

/** Ids of records that matched, so that one that is delivered again is not one more. */
const MOST_KNOWN = 500_000;

/**
 * What would have fired, in bounded memory: matches become firings a part at a time, and only those are kept that may
 * still decide with later ones. A file with fewer matches than `fresh` is looked at as a whole, in whatever order its
 * records are.
 */
export type DryRun = {
  /** @returns firings that nothing can change any more */
  take(matches: readonly RuleMatch[]): Firing[];
  /** The rest, in the order of time. */
  end(): Firing[];
  /** How many matches were let go although later ones might have been counted with them. */
  letGo(): number;
};

/** @param historyFrom tells when the oldest record that was read happened, ms UTC */
export function createDryRun(ruleSet: RuleSet, historyFrom: () => number, limits: Limits = LIMITS): DryRun {
  const reach = reachOf(ruleSet);
  const furthest = Math.max(10 * MINUTE_MS, ...reach.values());
  const isFirst = createFirstSeen(ruleSet);
  const known = new Set<string>();
  let fresh: RuleMatch[] = [];
  let held: RuleMatch[] = [];
  let open: Firing[] = [];
  let newestAt = Number.NEGATIVE_INFINITY;
  let letGo = 0;

  function look(): void {
    if (fresh.length === 0) return;
    open = joined(open, firingsOf(ruleSet, fresh, held));
    held = [...held, ...fresh];
    fresh = [];
    if (held.length <= limits.held) return;
    held = held
      .filter(({ ruleId, at }) => at >= newestAt - (reach.get(ruleId) ?? 10 * MINUTE_MS))
      .sort((a, b) => a.at - b.at);
    const over = Math.max(0, held.length - limits.held);
    letGo += over;
    held = held.slice(over);
  }

  function isNew({ ruleId, recordId }: RuleMatch): boolean {
    const key = `${ruleId} ${recordId}`;
    if (known.has(key)) return false;
    known.add(key);
    const [oldest] = known;
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
    return true;
  }

  return {
    take(matches) {
      for (const match of matches) {
        if (!isNew(match)) continue;
        fresh.push(match);
        newestAt = Math.max(newestAt, match.at);
      }
      if (fresh.length < limits.fresh) return [];
      look();
      const over = open.filter(({ at }) => at < newestAt - furthest);
      open = open.filter(({ at }) => at >= newestAt - furthest);
      return over.filter((firing) => isFirst(firing, historyFrom()));
    },
    end() {
      look();
      const rest = open;
      open = [];
      return rest.filter((firing) => isFirst(firing, historyFrom()));
    },
    letGo: () => letGo,
  };
}

/** Adds what is more of an open firing to it. */
function joined(open: readonly Firing[], firings: readonly Firing[]): Firing[] {
  const byRecord = new Map<string, Firing>();
  const remember = (firing: Firing): void => {
    for (const record of firing.records) byRecord.set(`${firing.rule} ${record}`, firing);
  };
  const all = [...open];
  for (const firing of all) remember(firing);
  for (const { more, ...firing } of firings) {
    const same =
      more && firing.records.map((record) => byRecord.get(`${firing.rule} ${record}`)).find(Boolean);
    if (same) {
      same.records = [...new Set([...same.records, ...firing.records])];
      remember(same);
    } else if (!more) {
      all.push(firing);
      remember(firing);
    }
  }
  return all.sort((a, b) => a.at - b.at);
}
