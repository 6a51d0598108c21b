import { DAY_MS } from '../../domain/durations.ts';
import { listed } from '../../domain/english.ts';
import { count } from '../../domain/numerals.ts';
import type { ExplainedChange } from '../../domain/ports.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, text, utcOf } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { logsFrom, reachOf, wholeRange } from '../scope/reach.ts';
import { formatRange, formatTime } from '../times/times.ts';
import { actorIds, causeText, certaintyText } from '../words/cause-text.ts';
import { AUDITING_OFF, auditingIsOff, completeUntil } from '../words/completeness.ts';
import { EXPECTED_BY_A_RULE, expectedChanges } from '../words/expected.ts';
import { loadNames, type Names, thenAndNow, usersById } from '../words/names.ts';
import { stateNow } from '../words/state-now.ts';
import { concernsGroups } from './find-changes.ts';

/** More are told as "at least": the person who wants all of a longer time exports them. */
const MAX_CHANGES = 5_000;

/** Everybody who lost a license in a range (the last seven days when none is said), with the cause. */
export async function lostLicenses(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, now } = deps;
  const range = query.range ?? { from: now - (query.days ?? 7) * DAY_MS, to: now };
  // A change seen at this very moment belongs to a range that ends now.
  const to = range.to === now ? now + 1 : range.to;
  const found = await store.changes.find({
    kinds: ['lost', 'account-removed'],
    from: range.from,
    to,
    ...(query.skus.length > 0 ? { skuIds: query.skus } : {}),
    ...(query.people.length > 0 ? { userIds: query.people } : {}),
    limit: MAX_CHANGES,
  });
  const changes = found.filter(({ change }) => concernsGroups(change, query.groups));
  const names = await loadNames(store);
  const auditingOff = await auditingIsOff(store);
  const { shown, rest } = pageOf(changes, query, deps);
  const users = await usersById(store, [
    ...actorIds(shown),
    ...shown.flatMap(({ change }) => change.userId ?? []),
  ]);
  const expected = await expectedChanges(store, shown);
  const people = new Set(changes.map(({ change }) => change.userId));
  const by = query.groups.length > 0 ? ` that ${listed(query.groups.map(names.group), 'or')} gave` : '';
  const of = query.skus.length > 0 ? ` of ${listed(query.skus.map(names.product))}` : '';
  const asked = query.range !== null || query.days !== null;
  const reach = asked || changes.length === 0 ? await reachOf(range, [], deps) : wholeRange(range);
  const told =
    asked || reach.range !== range ? formatRange(reach.range ?? range, deps) : 'in the last 7 days';
  const atLeast = found.length === MAX_CHANGES ? 'At least ' : '';
  return makeAnswer(
    'lost-licenses',
    reach.lead(
      changes.length === 0
        ? `Nobody lost a license${of}${by} ${told}.`
        : `${atLeast}${count(people.size, 'user')} lost a license${of}${by} ${told}.`,
    ),
    {
      blocks: [
        ...text(auditingOff ? AUDITING_OFF : null),
        ...text(await logsFrom(range, deps)),
        ...pageTable(
          ['User', 'Lost', 'Seen', 'Cause', 'Now'],
          shown.map((change) => [
            thenAndNow(
              change.change.user?.displayName,
              users.get(change.change.userId ?? '')?.state.displayName,
            ),
            lost(change, names),
            formatTime(change.change.observedAfter, deps),
            withExpected(
              shortCause(
                change,
                causeText(change, names, auditingOff, users.get(change.verdict?.actor?.id ?? '')),
              ),
              expected.has(change.change.id),
            ),
            stateNow(change, users.get(change.change.userId ?? '')),
          ]),
        ),
        ...utcOf(
          shown.map(({ change }) => ({
            at: change.observedAfter,
            since: change.observedBefore,
            what: change.user?.displayName ?? 'An account without a name',
          })),
        ),
      ],
      completeUntil: await completeUntil(store, deps),
      next: [
        'open incidents',
        ...(query.range ? [] : ['lost licenses last month']),
        'license assignment errors',
      ],
      ...rest,
    },
  );
}

const lost = ({ change }: ExplainedChange, names: Names): string =>
  change.skuId === null
    ? `the account, with ${listed(change.before.map(({ skuId }) => names.product(skuId))) || 'no license'}`
    : names.product(change.skuId);

/** A column has no room for what is not known. */
const shortCause = ({ verdict }: ExplainedChange, cause: string): string =>
  verdict === null || verdict.cause === 'unknown' ? certaintyText(verdict) : cause;

/** A sentence, followed by whether a rule expected it. */
const withExpected = (cause: string, isExpected: boolean): string =>
  isExpected ? `${cause.replace(/\.$/, '')}; ${EXPECTED_BY_A_RULE}` : cause;
