import { DAY_MS } from '../../domain/durations.ts';
import { listed } from '../../domain/english.ts';
import { count, numeral, plural } from '../../domain/numerals.ts';
import { guessAccount, isSpared } from '../../domain/spend/account-guess.ts';
import { lastUsedAt } from '../../domain/spend/sign-in.ts';
import { MIN_AGE_MS } from '../../domain/spend/unused.ts';
import { evidenceFor, evidenceForServices } from '../../domain/usage/plan-evidence.ts';
import { coverageOf } from '../../domain/usage/report.ts';
import { knownUntil, useOfAll } from '../../domain/usage/usage.ts';
import { WORKLOAD_NAMES } from '../../domain/usage/workload.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer, pageTable, text } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { loadPlanFacts, onlyThese } from '../plans/plan-facts.ts';
import { formatDay, formatTime } from '../times/times.ts';
import { stateRead } from '../words/completeness.ts';
import { notKnownText, usageText } from '../words/usage-text.ts';
import { givenLately } from './given-lately.ts';
import { someOf } from './what-is-not-seen.ts';

const USUAL_DAYS = 90;
const USERS_AT_ONCE = 500;

/**
 * Who has a service by a license and does not use it, as far as usage reports tell: "who does not use Teams". Of a
 * service that no report tells of, nobody is named.
 */
export async function serviceUse(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, now } = deps;
  const facts = await loadPlanFacts(store, query);
  const service = listed(
    facts.services.map(({ name }) => name),
    'or',
  );
  const planIds = new Set(facts.services.flatMap((one) => [...one.planIds]));
  const { workloads, unseen } = evidenceForServices(facts.services, facts.planNames);
  const states = await store.usage.reports();
  const coverage = coverageOf(states, now);
  const rest = {
    completeUntil: `${await stateRead(store, deps)} Usage reports: ${usageText(states, deps)}.`,
    next: ['unused licenses', 'license cost'],
  };
  if (planIds.size === 0) {
    return makeAnswer('unused', `No product of this tenant contains ${service}.`, rest);
  }
  if (workloads.length === 0) {
    return makeAnswer(
      'unused',
      `I cannot tell who uses ${service}: no usage report of Microsoft’s shows it.`,
      {
        blocks: text('“Unused licenses” names who does not sign in at all.'),
        ...rest,
      },
    );
  }
  const until = knownUntil(workloads, coverage);
  if (until === null) {
    const why = notKnownText(
      workloads.filter((one) => !coverage[one].known),
      coverage,
      deps,
    );
    return makeAnswer('unused', `I cannot tell who uses ${service}.`, {
      blocks: why.map((one) => `${one.charAt(0).toUpperCase()}${one.slice(1)}.`).flatMap(text),
      ...rest,
    });
  }
  const days = query.range !== null && query.range.from > 0 ? null : (query.days ?? USUAL_DAYS);
  const since = days === null ? (query.range?.from ?? until) : until - days * DAY_MS;
  const wanted = workloads.flatMap((workload) => {
    const known = coverage[workload];
    return known.known ? [{ workload, known }] : [];
  });
  const holders = onlyThese(facts.bySku, planIds);
  const skuIds = [...holders.keys()].filter((skuId) => query.skus.length === 0 || query.skus.includes(skuId));
  const core = [...planIds].filter((planId) => evidenceFor([planId], facts.planNames).workloads.length > 0);
  const holding = { skuIds, planIds: core };
  const ids = await store.usage.notUsing(wanted, since, holding);
  const unknown = await store.usage.unknownOf(wanted, since, holding);
  const found = await named(ids, { until, excluded: deps.spend.excluded }, deps);
  const page = pageOf(found.people, query, deps);
  const usages = new Map(
    (await store.usage.byUsers(page.shown.map(({ id }) => id))).map((one) => [one.userId, one]),
  );
  const time = days === null ? `since ${formatDay(since, deps)}` : `in ${count(days, 'day')}`;
  const rows = page.shown.map(({ id, name, upn, signedInAt }) => {
    const use = useOfAll(usages.get(id) ?? null, workloads, coverage, since);
    const last = use.use === 'unused' ? use.lastAt : null;
    return [
      name,
      upn,
      last === null ? 'none in the report' : formatDay(last, deps),
      signedInAt === null ? 'not known' : formatTime(signedInAt, deps),
    ];
  });
  const people = count(found.people.length, 'person', 'people');
  return makeAnswer(
    'unused',
    found.people.length === 0
      ? `Everybody who has ${service} used it ${time}, as far as is known up to ${formatDay(until, deps)}.`
      : `${people} ${plural(found.people.length, 'has', 'have')} ${service} and did not use it ${time} up to ${formatDay(until, deps)}.`,
    {
      blocks: [
        ...pageTable(
          [
            'User',
            'Sign-in name',
            `Last in ${listed(workloads.map((one) => WORKLOAD_NAMES[one]))}`,
            'Last sign-in',
          ],
          rows,
        ),
        ...text(
          `Microsoft’s reports come days late: what was done after ${formatDay(until, deps)} is not known. Accounts and licenses younger than 30 days are not judged.`,
        ),
        ...text(
          unknown.length === 0
            ? null
            : `Of ${count(unknown.length, 'other person', 'other people')} nothing is known: no report names them. They count neither way.`,
        ),
        ...text(
          found.young === 0
            ? null
            : `${numeral(found.young)} came lately and ${plural(found.young, 'is', 'are')} left out.`,
        ),
        ...text(
          found.others === 0
            ? null
            : `${count(found.others, 'account')} that ${plural(found.others, 'looks', 'look')} like no person, or ${plural(found.others, 'is', 'are')} to be left alone (SPARED_ACCOUNTS), ${plural(found.others, 'is', 'are')} left out.`,
        ),
        ...text(
          unseen.length === 0
            ? null
            : `No report tells about ${someOf(unseen.map(facts.planNames.name))}, which also belong to ${service}.`,
        ),
      ],
      ...rest,
      ...page.rest,
    },
  );
}

type Person = { id: string; name: string; upn: string; signedInAt: number | null };

/** Those of these accounts that are people, old enough and not spared. */
async function named(
  ids: readonly string[],
  { until, excluded }: { until: number; excluded: ReadonlySet<string> },
  { store }: Pick<AnswerDeps, 'store'>,
): Promise<{ people: Person[]; young: number; others: number }> {
  const found = { people: [] as Person[], young: 0, others: 0 };
  for (let start = 0; start < ids.length; start += USERS_AT_ONCE) {
    const some = ids.slice(start, start + USERS_AT_ONCE);
    const signIns = new Map((await store.signIns.byUsers(some)).map((one) => [one.userId, one]));
    const users = await store.users.byIds(some);
    const lately = await givenLately(users, until, store);
    const given = new Set([...lately.keys()].map((key) => key.split(' ')[0]));
    for (const { state, removedAt, firstSeenAt } of users) {
      if (removedAt !== null) continue;
      const signIn = signIns.get(state.id) ?? null;
      const kind = guessAccount(state, false).kind;
      if (isSpared(state, excluded) || (kind !== 'person' && kind !== 'guest')) found.others++;
      else if (until - (signIn?.createdAt ?? firstSeenAt) < MIN_AGE_MS || given.has(state.id)) found.young++;
      else {
        found.people.push({
          id: state.id,
          name: state.displayName,
          upn: state.userPrincipalName,
          signedInAt: signIn && lastUsedAt(signIn),
        });
      }
    }
  }
  return found;
}
