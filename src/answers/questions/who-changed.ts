import { listed } from '../../domain/english.ts';
import type { ExplainedChange, StoredUser } from '../../domain/ports.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { facts, makeAnswer, pageTable, text, timeline, utcOf } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { logsFrom, reachOf } from '../scope/reach.ts';
import { formatTime, formatWindow } from '../times/times.ts';
import { actorIds, causeText, certaintyText } from '../words/cause-text.ts';
import { changeText } from '../words/change-text.ts';
import { AUDITING_OFF, auditingIsOff, completeUntil } from '../words/completeness.ts';
import { loadNames, type Names, thenAndNow, usersById } from '../words/names.ts';
import { stateNow } from '../words/state-now.ts';
import { findChanges } from './find-changes.ts';
import { noChanges } from './no-changes.ts';

const MAX_CHANGES = 200;

/** Who changed somebody's licenses, why, how sure that is and what shows it: the latest change first. */
export async function whoChanged(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store } = deps;
  const found = await findChanges(store, query, query.range, MAX_CHANGES);
  const changes = query.people.length > 0 ? found : found.filter(({ change }) => change.userId !== null);
  const latest = latestOf(changes);
  if (!latest) return noChanges(query, deps);
  const names = await loadNames(store);
  const auditingOff = await auditingIsOff(store);
  const { shown: others, rest } = pageOf(
    changes.filter((change) => change !== latest),
    query,
    deps,
  );
  const told = [latest, ...others];
  const users = await usersById(store, [
    ...actorIds(told),
    ...told.flatMap(({ change }) => change.userId ?? []),
  ]);
  const cause = (change: ExplainedChange): string =>
    causeText(change, names, auditingOff, users.get(change.verdict?.actor?.id ?? ''));
  const seen = `${happened(latest, users, names)} ${formatWindow(latest.change.observedBefore, latest.change.observedAfter, deps)}. ${cause(latest)}`;
  const asked = [...(await usersById(store, query.people)).values()];
  return makeAnswer(
    'who-changed',
    query.range === null ? seen : (await reachOf(query.range, asked, deps)).lead(seen),
    {
      blocks: [
        ...text(auditingOff ? AUDITING_OFF : null),
        ...text(query.range && (await logsFrom(query.range, deps))),
        ...evidence(latest, users),
        ...timeline(story(latest)),
        ...pageTable(
          ['Seen', 'Who', 'What', 'Cause', 'How sure'],
          others.map((change) => [
            formatTime(change.change.observedAfter, deps),
            subject(change, users),
            changeText(change.change, names),
            cause(change),
            certaintyText(change.verdict),
          ]),
        ),
        ...utcOf(timesOf(told, users, names)),
      ],
      completeUntil: await completeUntil(store, deps),
      next: nextSteps(latest, users),
      ...rest,
    },
  );
}

/** The newest change; among those of one read a loss comes first, for that is what people ask about. */
function latestOf(changes: readonly ExplainedChange[]): ExplainedChange | undefined {
  const [newest] = changes;
  const sameRead = changes.filter(({ change }) => change.scanId === newest?.change.scanId);
  return sameRead.find(({ change }) => change.kind === 'lost') ?? newest;
}

const subject = ({ change }: ExplainedChange, users: ReadonlyMap<string, StoredUser>): string =>
  change.userId === null
    ? 'The tenant'
    : thenAndNow(change.user?.displayName, users.get(change.userId)?.state.displayName);

const happened = (change: ExplainedChange, users: ReadonlyMap<string, StoredUser>, names: Names): string =>
  `${subject(change, users)} ${changeText(change.change, names)}`;

/** What is not known is said once, by the first sentence. */
const story = ({ verdict }: ExplainedChange) =>
  verdict === null || (verdict.cause === 'unknown' && verdict.evidence.length === 0)
    ? []
    : verdict.chain.map(({ at, what, evidence }) => ({
        at,
        what,
        detail: evidence.length === 0 ? null : `Record ${listed(evidence.slice(0, 3))}`,
      }));

/** The reads that each change lies between, and the times of the records about the latest one. */
const timesOf = (told: readonly ExplainedChange[], users: ReadonlyMap<string, StoredUser>, names: Names) => [
  ...told.slice(0, 1).flatMap(story),
  ...told.map((explained) => ({
    at: explained.change.observedAfter,
    since: explained.change.observedBefore,
    what: happened(explained, users, names),
  })),
];

const evidence = (explained: ExplainedChange, users: ReadonlyMap<string, StoredUser>) => {
  const { change, verdict } = explained;
  return facts({
    'How sure': certaintyText(verdict),
    Now: change.kind === 'lost' ? stateNow(explained, users.get(change.userId ?? '')) : null,
    'Audit records': verdict && verdict.evidence.length > 0 ? listed(verdict.evidence.slice(0, 8)) : null,
    'Service incidents at the time':
      verdict && verdict.advisories.length > 0 ? verdict.advisories.join(', ') : null,
  });
};

function nextSteps({ change }: ExplainedChange, users: ReadonlyMap<string, StoredUser>): string[] {
  const upn = users.get(change.userId ?? '')?.state.userPrincipalName ?? change.user?.userPrincipalName;
  if (!upn) return ['lost licenses this week'];
  const steps = [`history of ${upn}`, `licenses of ${upn}`];
  return change.kind === 'lost' ? [...steps, `give ${upn} the license back`] : steps;
}
