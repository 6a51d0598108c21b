import type { Assignment } from '../domain/license/user-state.ts';
import type { ExplainedChange, StoredUser } from '../domain/ports.ts';
import type { Query } from '../language/query.ts';
import type { Answer, TimelineBlock } from './answer.ts';
import { actorIds, causeText, certaintyText } from './cause-text.ts';
import { changeText } from './change-text.ts';
import { auditingIsOff, completeUntil } from './completeness.ts';
import type { AnswerDeps } from './deps.ts';
import { findChanges } from './find-changes.ts';
import { makeAnswer, text, timeline } from './make-answer.ts';
import { assignmentText, listOf, loadNames, type Names, thenAndNow, usersById } from './names.ts';
import { noChanges, watchedFrom } from './no-changes.ts';
import { count, formatRange, formatTime } from './times.ts';

/** A history longer than this is told from its newest part on, without the licenses of the first day. */
const MOST_CHANGES = 500;
const DAY = 86_400_000;

/** The license timeline of people, or of everybody in a range (a week when none is said), newest first. */
export async function history(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, now } = deps;
  const everybody = query.people.length === 0;
  const range = query.range ?? (everybody ? { from: now - (query.days ?? 7) * DAY, to: now } : null);
  const changes = await findChanges(store, query, range, MOST_CHANGES);
  const names = await loadNames(store);
  const people = await usersById(store, query.people);
  const complete = range === null && query.skus.length === 0 && changes.length < MOST_CHANGES;
  const beginnings = complete ? [...people.values()].map((user) => beginning(user, changes, names)) : [];
  if (changes.length === 0 && beginnings.length === 0) return noChanges({ ...query, range }, deps);

  const auditingOff = await auditingIsOff(store);
  const users = await usersById(store, [
    ...actorIds(changes),
    ...changes.flatMap(({ change }) => change.userId ?? []),
  ]);
  const severalPeople = query.people.length !== 1;
  const entries = changes.map((change) => ({
    at: change.change.observedAfter,
    what: severalPeople
      ? `${nameOf(change, users)} ${changeText(change.change, names)}`.trim()
      : sentenceCase(changeText(change.change, names)),
    detail: `${causeText(change, names, auditingOff, users.get(change.verdict?.actor?.id ?? ''))} ${certaintyText(change.verdict)}.`,
  }));
  const upns = [...people.values()].map(({ state }) => state.userPrincipalName);
  return makeAnswer(
    'history',
    lead(changes.length, [...people.values()], range && formatRange(range, deps), deps),
    {
      blocks: [
        ...text(await watchedFrom(range, [...people.values()], deps)),
        ...timeline([...entries, ...beginnings]),
      ],
      completeUntil: await completeUntil(store, deps),
      next: upns.slice(0, 1).flatMap((upn) => [`licenses of ${upn}`, `who changed the license of ${upn}`]),
    },
  );
}

function lead(
  changes: number,
  people: readonly StoredUser[],
  range: string | null,
  deps: AnswerDeps,
): string {
  const changed = changes === 0 ? 'no license change' : count(changes, 'license change');
  if (people.length === 0) return `${sentenceCase(changed)} ${range ?? ''}.`.replace(' .', '.');
  const named = listOf(
    people.map(({ state, removedAt }) => `${state.displayName}${removedAt ? ' (account deleted)' : ''}`),
  );
  const since = formatTime(Math.min(...people.map(({ firstSeenAt }) => firstSeenAt)), deps);
  return range
    ? `${named}: ${changed} ${range}.`
    : `${named}: ${changed} since ${since}, when the account was first seen.`;
}

/** What somebody had when they were first seen: their licenses now, with every change taken back. */
function beginning(
  user: StoredUser,
  changes: readonly ExplainedChange[],
  names: Names,
): TimelineBlock['entries'][number] {
  const firstBySku = new Map<string, readonly Assignment[]>();
  // Newest first: the oldest change of a SKU is written last and stays.
  for (const { change } of changes) {
    if (change.userId !== user.state.id) continue;
    for (const skuId of new Set([change.skuId, change.newSkuId])) {
      if (skuId !== null)
        firstBySku.set(
          skuId,
          change.before.filter((assignment) => assignment.skuId === skuId),
        );
    }
  }
  const untouched = user.state.assignments.filter(({ skuId }) => !firstBySku.has(skuId));
  const had = [...[...firstBySku.values()].flat(), ...untouched].map((assignment) =>
    assignmentText(assignment, names),
  );
  return {
    at: user.firstSeenAt,
    what: `First seen: ${user.state.displayName}`,
    detail: had.length > 0 ? `With ${listOf(had)}.` : 'Without a license.',
  };
}

const nameOf = ({ change }: ExplainedChange, users: ReadonlyMap<string, StoredUser>): string =>
  change.userId === null
    ? ''
    : thenAndNow(change.user?.displayName, users.get(change.userId)?.state.displayName);

const sentenceCase = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
