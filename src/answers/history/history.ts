import { DAY_MS } from '../../domain/durations.ts';
import { capitalised, listed } from '../../domain/english.ts';
import { REMOVAL_BLOCKED } from '../../domain/incident-view/wording.ts';
import { type Holding, holdingsOf } from '../../domain/license/holdings.ts';
import { isRemovalBlocked } from '../../domain/license/user-state.ts';
import { count } from '../../domain/numerals.ts';
import type { ExplainedChange, StoredUser } from '../../domain/ports.ts';
import type { Query, TimeRange } from '../../language/query.ts';
import type { Answer, AnswerBlock } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { entries, makeAnswer, text, utcOf } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { datesKnown } from '../dates/dates-text.ts';
import { loadDates } from '../dates/load-dates.ts';
import { sinceWhen } from '../dates/since-when.ts';
import { concernsGroups, concernsSkus, findChanges } from '../questions/find-changes.ts';
import { noChanges } from '../questions/no-changes.ts';
import { logsFrom, reachOf } from '../scope/reach.ts';
import { holdingsTable } from '../spend/holdings-table.ts';
import { changesOf, MAX_CHANGES_OF_ONE } from '../times/since.ts';
import { formatRange, formatTime } from '../times/times.ts';
import { actorIds } from '../words/cause-text.ts';
import { AUDITING_OFF, auditingIsOff, completeUntil } from '../words/completeness.ts';
import { assignmentText, loadNames, type Names, usersById } from '../words/names.ts';
import { askedEntries, decisionEntries } from './decision-entries.ts';
import { beginningEntry, changeEntry, type Entry, nameEntries, undatedNames } from './history-entries.ts';

/** Of everybody, so many changes are looked through; the person who wants all of a longer time exports them. */
const MAX_CHANGES = 2_000;

/** The license timeline of people, or of everybody in a range (a week when none is said), newest first. */
export const history = (query: Query, deps: AnswerDeps): Promise<Answer> =>
  query.people.length === 0 ? historyOfAll(query, deps) : historyOfPeople(query, deps);

async function historyOfAll(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, now } = deps;
  // What was seen at this very moment belongs to a range that ends now.
  const range = query.range ?? { from: now - (query.days ?? 7) * DAY_MS, to: now + 1 };
  const found = await findChanges(store, query, range, MAX_CHANGES);
  if (found.length === 0) return noChanges({ ...query, range }, deps);
  const { shown, total, rest } = pageOf(found, query, deps);
  const told = await changeEntriesOf(shown, true, deps);
  const number = `${found.length === MAX_CHANGES ? 'At least ' : ''}${count(total, 'license change')}`;
  const reach = await reachOf(range, [], deps);
  const watched = reach.range ?? range;
  const seen = `${number} ${formatRange({ ...watched, to: Math.min(watched.to, now) }, deps)}.`;
  return makeAnswer('history', reach.lead(seen), {
    blocks: [...text(await logsFrom(range, deps)), ...entries(told), ...utcOf(told)],
    completeUntil: await completeUntil(store, deps),
    next: ['lost licenses this week'],
    ...rest,
  });
}

async function historyOfPeople(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const people = [...(await usersById(store, query.people)).values()];
  const range =
    query.range ?? (query.days === null ? null : { from: deps.now - query.days * DAY_MS, to: deps.now + 1 });
  const several = people.length > 1;
  const lines: Line[] = [];
  let changes = 0;
  const summary: AnswerBlock[] = [];
  const names = await loadNames(store);
  for (const user of people) {
    const all = await changesOf(store, user.state.id);
    const wanted = all.filter(
      ({ change }) =>
        (query.skus.length === 0 || concernsSkus(change, query.skus)) &&
        concernsGroups(change, query.groups) &&
        isWithin(range, change.observedAfter),
    );
    changes += wanted.length;
    lines.push(...wanted.map((change) => ({ at: change.change.observedAfter, change })));
    const beside = [
      ...(await decisionEntries(user, wanted, deps)),
      ...(query.skus.length > 0 ? [] : await askedEntries(user, deps)),
      ...(query.skus.length > 0 ? [] : nameEntries(user, all, deps.now)),
    ];
    lines.push(...beside.filter(({ at }) => isWithin(range, at)).map((entry) => ({ at: entry.at, entry })));
    const holdings = holdingsOf(
      user.state,
      all.map(({ change }) => change),
    ).filter(({ skuId }) => query.skus.length === 0 || query.skus.includes(skuId));
    if (all.length < MAX_CHANGES_OF_ONE) {
      const dates = await loadDates([user], store, deps.now);
      const datesOf = (held: Holding) => datesKnown(dates.of(user, held), deps);
      const entry = beginningEntry(user, holdings, names, several, datesOf, query.skus);
      if (isWithin(range, entry.at)) lines.push({ at: entry.at, entry });
    }
    summary.push(...text(blockedText(user, names)));
    if (!several)
      summary.push(...holdingsTable(user, holdings, names, deps), ...text(undatedNames(user, all)));
  }
  if (lines.length === 0) return noChanges({ ...query, range }, deps);
  const { shown, rest } = pageOf(
    lines.toSorted((a, b) => b.at - a.at),
    query,
    deps,
  );
  const told = await entriesOf(shown, several, deps);
  const upns = people.map(({ state }) => state.userPrincipalName).slice(0, 1);
  const reach = range && (await reachOf(range, people, deps));
  const [one, sku] = [several ? undefined : people[0], query.skus.length === 1 ? query.skus[0] : undefined];
  const since = one && sku && range === null ? await sinceWhen(one, sku, names, deps) : null;
  const lacks = one && sku && range === null && since === null ? lackingText(one, names.product(sku)) : null;
  const first = since?.sentence ?? lacks;
  const seen = lead(changes, people, reach?.range ?? range, first !== null, deps);
  const about = first === null ? seen : `${first} ${seen}`;
  return makeAnswer('history', reach ? reach.lead(about) : about, {
    blocks: [
      ...(since && deps.page.number === 1 ? since.blocks : []),
      ...text((await auditingIsOff(store)) ? AUDITING_OFF : null),
      ...text(range && (await logsFrom(range, deps))),
      ...(deps.page.number === 1 && (since === null || changes > 0) ? summary : []),
      ...entries(told),
      ...utcOf(told),
    ],
    completeUntil: await completeUntil(store, deps),
    next: upns.flatMap((upn) => [
      `licenses of ${upn}`,
      `who changed the license of ${upn}`,
      `audit log of ${upn}`,
    ]),
    ...rest,
  });
}

const lackingText = ({ state, removedAt }: StoredUser, product: string): string | null =>
  removedAt === null ? `${state.displayName} does not have ${product}.` : null;

/** A removal that was blocked changes no license, and is part of the story all the same. */
function blockedText({ state, removedAt }: StoredUser, names: Names): string | null {
  const blocked = removedAt === null ? state.assignments.filter(isRemovalBlocked) : [];
  return blocked.length === 0
    ? null
    : `Removal blocked: ${state.displayName} still has ${listed(blocked.map((one) => assignmentText(one, names)))}. ${REMOVAL_BLOCKED}.`;
}

/** One thing of a timeline: a change, whose sentence is made only when it is shown, or what is a sentence already. */
type Line = { at: number } & ({ change: ExplainedChange } | { entry: Entry });

async function entriesOf(lines: readonly Line[], several: boolean, deps: AnswerDeps): Promise<Entry[]> {
  const changes = lines.flatMap((line) => ('change' in line ? [line.change] : []));
  const told = await changeEntriesOf(changes, several, deps);
  const byChange = new Map(changes.map((change, index) => [change, told[index]]));
  return lines.flatMap((line) => ('change' in line ? (byChange.get(line.change) ?? []) : [line.entry]));
}

async function changeEntriesOf(
  changes: readonly ExplainedChange[],
  several: boolean,
  { store }: AnswerDeps,
): Promise<Entry[]> {
  const [names, auditingOff, users] = [
    await loadNames(store),
    await auditingIsOff(store),
    await usersById(store, [...actorIds(changes), ...changes.flatMap(({ change }) => change.userId ?? [])]),
  ];
  return changes.map((change) => changeEntry(change, { names, auditingOff, users, several }));
}

const isWithin = (range: TimeRange | null, at: number): boolean =>
  range === null || (at >= range.from && at < range.to);

function lead(
  changes: number,
  people: readonly StoredUser[],
  range: TimeRange | null,
  isNamed: boolean,
  deps: AnswerDeps,
): string {
  const changed = changes === 0 ? 'no license change' : count(changes, 'license change');
  const named = listed(
    people.map(({ state, removedAt }) => `${state.displayName}${removedAt ? ' (account deleted)' : ''}`),
  );
  if (range) {
    return `${named}: ${changed} ${formatRange({ ...range, to: Math.min(range.to, deps.now) }, deps)}.`;
  }
  const since = formatTime(Math.min(...people.map(({ firstSeenAt }) => firstSeenAt)), deps);
  const told = `${changed} since ${since}, when the account was first seen.`;
  return isNamed ? capitalised(told) : `${named}: ${told}`;
}
