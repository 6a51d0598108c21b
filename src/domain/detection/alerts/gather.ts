import { HOUR_MS } from '../../durations.ts';
import { expectedBy } from './expected.ts';
import type { Found } from './found.ts';
import { actorOf, floodIdentityOf, identityOf } from './identity.ts';
import { isToldByCard, revised, withTold } from './life-cycle.ts';
import { oneForEachAct } from './one-act.ts';
import type { SecurityIncident, SecurityRule } from './security-incident.ts';

/** What is there already, and how it is told. Times and lengths are ms; `now` is UTC. */
export type Standing = {
  open: readonly SecurityIncident[];
  rules: readonly SecurityRule[];
  now: number;
  /** How long a new alert waits for what belongs to it. */
  settleMs: number;
  newId(): string;
};

/** More new alerts than this of one rule and one person within the hour are told as one. */
const FLOOD_OF_ONE = 3;
/** And so are more than this of one rule, by all people together. */
const FLOOD_OF_ALL = 5;
const FLOOD_MS = HOUR_MS;
/** As many are kept of an alert: more are counted. */
const MAX_RECORDS = 100;
const MAX_OTHERS = 5;

/** Puts firings to the alerts that they belong to. Returns those that are new or have changed, each once. */
export function gather(all: readonly Found[], standing: Standing): SecurityIncident[] {
  const known = new Map(standing.open.map((incident) => [incident.identity, incident]));
  const acts = oneForEachAct(
    all,
    ({ firing }) =>
      known.has(identityOf(firing)) || expectedBy(firing, standing.rules, standing.now) !== null,
  );
  const found = acts.map((act) => act.found);
  const changed = new Map<string, SecurityIncident>();
  const places = placesOf(found, standing, known);
  for (const [index, one] of found.entries()) {
    const identity = places[index] ?? identityOf(one.firing);
    const before = known.get(identity);
    const isFlood = identity !== identityOf(one.firing);
    const after = withOthers(
      before
        ? joined(before, one, changed.has(identity), standing)
        : opened(one, identity, isFlood, standing),
      acts[index]?.also ?? [],
    );
    known.set(identity, after);
    changed.set(identity, after);
  }
  return [...changed.values()];
}

/** What other rules say of the same act. */
function withOthers(incident: SecurityIncident, also: readonly string[]): SecurityIncident {
  const news = [...new Set(also)].filter(
    (title) => title !== incident.words.title && !incident.others.includes(title),
  );
  if (news.length === 0) return incident;
  const others = [...incident.others, ...news].slice(0, MAX_OTHERS);
  return { ...incident, others, otherCount: incident.otherCount + news.length };
}

/** Under which identity each firing is told: its own, or that of a flood. */
function placesOf(
  found: readonly Found[],
  { open, rules, now }: Standing,
  known: ReadonlyMap<string, SecurityIncident>,
): string[] {
  const places = found.map(({ firing }) => identityOf(firing));
  // What somebody expects is in nobody's flood: it would hide the others, or they would show it.
  const expected = new Set(
    found.flatMap(({ firing }, index) => (expectedBy(firing, rules, now) === null ? [] : [index])),
  );
  const recent = open.filter(({ flood, openedAt }) => !flood && now - openedAt <= FLOOD_MS);
  for (const rule of new Set(found.map(({ firing }) => firing.rule))) {
    const isNew = (index: number): boolean =>
      found[index]?.firing.rule === rule && !known.has(places[index] ?? '') && !expected.has(index);
    const indexes = found.flatMap((_, index) => (isNew(index) ? [index] : []));
    const ofRule = recent.filter((incident) => incident.rule === rule);
    const byActor = Map.groupBy(indexes, (index) => actorOf(found[index]?.firing.labels ?? {}));
    for (const [actor, own] of byActor) {
      if (actor === null) continue;
      const before = ofRule.filter(({ labels }) => actorOf(labels) === actor).length;
      fold(own, before, FLOOD_OF_ONE, floodIdentityOf(rule, actor));
    }
    fold(indexes.filter(isNew).filter(isSingle), ofRule.length, FLOOD_OF_ALL, floodIdentityOf(rule, null));
  }
  return places;

  function isSingle(index: number): boolean {
    const firing = found[index]?.firing;
    return firing !== undefined && places[index] === identityOf(firing);
  }

  /** Puts those under one identity that are too many together with what came lately, or whose flood is open. */
  function fold(indexes: readonly number[], before: number, most: number, identity: string): void {
    const kinds = new Set(indexes.map((index) => places[index]));
    if (kinds.size === 0 || (kinds.size + before <= most && !known.has(identity))) return;
    for (const index of indexes) places[index] = identity;
  }
}

function opened(
  { firing, counts, words, userIds, strangers, watchedDays, always = false }: Found,
  identity: string,
  flood: boolean,
  { rules, now, settleMs, newId }: Standing,
): SecurityIncident {
  const actor = actorOf(firing.labels);
  const labels = flood
    ? identity === floodIdentityOf(firing.rule, null) || actor === null
      ? {}
      : { actor }
    : firing.labels;
  const rule = expectedBy(firing, rules, now);
  const tells = (always || isToldByCard(firing.level)) && rule === null;
  return {
    id: newId(),
    identity,
    rule: firing.rule,
    class: firing.class,
    level: firing.level,
    ruleTitle: firing.title,
    labels,
    status: rule === null ? 'open' : 'approved',
    openedAt: now,
    updatedAt: now,
    revision: 1,
    firstAt: firing.at,
    lastAt: firing.at,
    count: counts === 'acts' ? 1 : firing.records.length,
    recordCount: firing.records.length,
    recordIds: firing.records.slice(0, MAX_RECORDS),
    words,
    others: [],
    otherCount: 0,
    userIds: [...userIds],
    strangers,
    flood,
    watchedDays,
    tellAt: tells ? now + (firing.level === 'critical' ? 0 : settleMs) : null,
    told: null,
    snoozedUntil: null,
    snoozeReason: null,
    hiddenByRuleId: rule?.id ?? null,
    ending: rule ? { by: rule.by, at: now, reason: rule.reason, ruleUntil: rule.until } : null,
  };
}

/** @param again whether it has changed in this round already: it is one revision all the same */
function joined(
  incident: SecurityIncident,
  { firing, counts, fresh, words, userIds, strangers, byState = false }: Found,
  again: boolean,
  { now }: Standing,
): SecurityIncident {
  const before = withTold(incident, now);
  const known = new Set(before.recordIds);
  // What a read of the tenant shows and what records tell are one act, whichever is known first.
  const isKnownOtherwise =
    byState &&
    (firing.records.length === 0
      ? before.recordCount > 0 || words.title === before.words.title
      : before.recordCount === 0);
  // Records of one act come one by one: an act that is known already does not happen twice.
  const isSameAct = counts === 'acts' && (isKnownOtherwise || firing.records.some((id) => known.has(id)));
  const news = fresh.filter((id) => !known.has(id));
  const isOther = !isSameAct && words.title !== before.words.title && !before.others.includes(words.title);
  const next = {
    firstAt: Math.min(before.firstAt, firing.at),
    lastAt: Math.max(before.lastAt, firing.at),
    count: before.count + (counts === 'records' ? news.length : isSameAct ? 0 : 1),
    recordCount: before.recordCount + news.length,
    recordIds: [...before.recordIds, ...news].slice(0, MAX_RECORDS),
    others: isOther ? [...before.others, words.title].slice(0, MAX_OTHERS) : before.others,
    otherCount: before.otherCount + (isOther ? 1 : 0),
    userIds: [...new Set([...before.userIds, ...userIds])],
    strangers: Math.max(before.strangers, strangers),
    told: before.told,
    // Who did it may be known only now.
    words: before.words.who === null && words.who !== null ? words : before.words,
  };
  return again ? { ...before, ...next } : revised(before, now, next);
}
