import type { Found } from '../../domain/detection/alerts/found.ts';
import { identityOf } from '../../domain/detection/alerts/identity.ts';
import type { RecordWords } from '../../domain/detection/alerts/security-incident.ts';
import { byTarget, isToldByState, TOLD_BY_STATE } from '../../domain/detection/alerts/told-by-state.ts';
import type { Firing } from '../../domain/detection/evaluate.ts';
import { viewOf } from '../../domain/detection/records/view-of.ts';
import type { Told } from '../../domain/detection/words/saying.ts';
import { titleOnly, wordsOf } from '../../domain/detection/words/words-of.ts';
import type { KeptRecord, KnownPerson } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { habitOf, isRoutine } from './first-seen.ts';
import { type Fired, withState } from './with-state.ts';

/** Of more records than these of a firing nobody reads the words: the first tell how it began, the last how it ended. */
const FIRST = 45;
const LAST = 5;

const worthReading = (ids: readonly string[]): string[] => [
  ...new Set([...ids.slice(0, FIRST), ...ids.slice(-LAST)]),
];

/** Labels that name people, or may. */
const PEOPLE = ['actor', 'target', 'trustee'] as const;

/**
 * Firings with the words for them. What goes on an earlier firing is left out where that has no open alert: then it was
 * expected, or routine. So is what somebody does who a rule knows to do it.
 */
export async function foundOf(
  context: JobContext,
  fired: readonly Firing[],
  fresh: ReadonlySet<string>,
  signal: AbortSignal = new AbortController().signal,
): Promise<Found[]> {
  if (fired.length === 0) return [];
  const { store, detector } = context;
  const rules = new Map(
    [...detector.ruleSet.events, ...detector.ruleSet.correlations].map((rule) => [rule.id, rule]),
  );
  const records = new Map(
    (await store.security.records(fired.flatMap(({ records: ids }) => worthReading(ids)))).map((record) => [
      record.event.id,
      record,
    ]),
  );
  const told = await withState(
    context,
    fired.map((firing) => {
      const ruleName = rules.get(firing.rule)?.name ?? null;
      const byState = isToldByState(ruleName);
      return {
        firing: byState ? byTarget(firing) : firing,
        own: worthReading(firing.records).flatMap((id) => records.get(id) ?? []),
        ruleName,
        byState,
      };
    }),
    signal,
  );
  const open = new Set(
    (await store.security.openByIdentity(told.map(({ firing }) => identityOf(firing)))).map(
      ({ identity }) => identity,
    ),
  );
  const habit = await habitOf(context);
  const kept: (Fired & { watchedDays: number | null })[] = [];
  for (const one of told) {
    const { firing, own } = one;
    const rule = rules.get(firing.rule);
    const goesOn = open.has(identityOf(firing));
    if (firing.more && !goesOn) continue;
    const asks = rule?.firstSeen ?? null;
    if (asks !== null && !goesOn && rule && (await isRoutine(context, habit, rule, firing, own))) {
      // What comes after it in this round belongs to the same habit.
      continue;
    }
    kept.push({ ...one, watchedDays: asks === null ? null : habit.tooShort });
    // The first of several is new to its person, and the others belong to it.
    open.add(identityOf(firing));
  }
  const people = await peopleIn(context, kept);
  const nameOf = (said: string): string => people.get(said.toLowerCase())?.displayName || said;
  return kept.map(({ firing, own, watchedDays, ruleName, byState }): Found => {
    const counts = rules.get(firing.rule)?.kind === 'correlation' ? 'records' : 'acts';
    const named = namedIn(firing, own);
    const known = named.flatMap((name) => people.get(name)?.userId ?? []);
    return {
      firing,
      counts,
      fresh: firing.records.filter((id) => fresh.has(id)),
      words: safeWords(context, firing, own, counts, nameOf),
      userIds: [...new Set(known)],
      strangers: named.filter((name) => name.includes('@') && !people.has(name)).length,
      watchedDays,
      always: ruleName === TOLD_BY_STATE.core,
      byState,
    };
  });
}

/** What records say, in words. Where that cannot be read, the title of the rule and its labels: an alert never fails for it. */
function safeWords(
  { log }: Pick<JobContext, 'log'>,
  firing: Firing,
  own: readonly KeptRecord[],
  counts: Found['counts'],
  nameOf: (said: string) => string,
): RecordWords {
  try {
    return wordsOf(firing, toldOf(own), counts, nameOf);
  } catch (err) {
    log.error({ err, rule: firing.rule, records: own.length }, 'a record could not be put into words');
    return titleOnly(firing, nameOf);
  }
}

/** The people that firings name, by id and by principal name in lower case. */
async function peopleIn(
  { store }: JobContext,
  kept: readonly { firing: Firing; own: readonly KeptRecord[] }[],
): Promise<ReadonlyMap<string, KnownPerson>> {
  const names = kept.flatMap(({ firing, own }) => namedIn(firing, own));
  const people = await store.users.named([...new Set(names)]);
  return new Map(
    people.flatMap((person) => [
      [person.userId, person] as const,
      [person.userPrincipalName, person] as const,
    ]),
  );
}

/** Who a firing is about or by, as its labels and records name them, in lower case. */
function namedIn(firing: Firing, own: readonly KeptRecord[]): string[] {
  const labels = PEOPLE.flatMap((name) => firing.labels[name]?.toLowerCase() ?? []);
  const ids = own.flatMap(({ event }) => [
    ...(event.actor?.kind === 'user' ? [event.actor.id ?? event.actor.name] : []),
    ...event.targets.flatMap(({ kind, id, name }) => (kind === 'user' ? [id ?? name] : [])),
  ]);
  return [...new Set([...labels, ...ids.flatMap((id) => id?.toLowerCase() ?? [])])];
}

const toldOf = (records: readonly KeptRecord[]): Told[] =>
  records.flatMap(({ raw, event }) => {
    const view = viewOf(raw);
    return view === null ? [] : [{ view, event }];
  });
