import { LEVELS } from '../rule.ts';
import type { Found } from './found.ts';

/** A firing, with the titles of those that tell the same act and are told by it. */
export type Leading = { found: Found; also: string[] };

/**
 * Several rules may fire on one record: that is one act, and one alert. The one of the highest level tells it, of equals
 * the one with the most records; what the others say stands on its card.
 * @param isApart firings that are told by themselves in any case
 */
export function oneForEachAct(all: readonly Found[], isApart: (found: Found) => boolean): Leading[] {
  const byRecord = new Map<string, Found[]>();
  for (const found of all) {
    if (isApart(found)) continue;
    for (const id of found.fresh) byRecord.set(id, [...(byRecord.get(id) ?? []), found]);
  }
  const leaders = new Map<Found, Found>();
  for (const sharing of byRecord.values()) {
    for (const found of sharing) {
      const best = sharing.reduce((a, b) => (isAhead(b, a) ? b : a));
      const known = leaders.get(found);
      if (best.firing.rule !== found.firing.rule && (known === undefined || isAhead(best, known))) {
        leaders.set(found, best);
      }
    }
  }
  const leading = new Map<Found, Leading>();
  for (const found of all) if (!leaders.has(found)) leading.set(found, { found, also: [] });
  for (const found of leaders.keys()) {
    let leader = leaders.get(found);
    while (leader !== undefined && leaders.has(leader)) leader = leaders.get(leader);
    if (leader !== undefined) leading.get(leader)?.also.push(found.words.title);
  }
  return [...leading.values()];
}

const rankOf = ({ firing }: Found): number => LEVELS.indexOf(firing.level);

function isAhead(a: Found, b: Found): boolean {
  if (rankOf(a) !== rankOf(b)) return rankOf(a) > rankOf(b);
  return a.firing.records.length > b.firing.records.length;
}
