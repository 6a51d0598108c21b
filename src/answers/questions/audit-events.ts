import { type TellingOfAct, withoutCopies } from '../../domain/audit/copies.ts';
import { DAY_MS } from '../../domain/durations.ts';
import { listed } from '../../domain/english.ts';
import { count } from '../../domain/numerals.ts';
import { explainsLicenses } from '../../domain/search/explains-licenses.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { entries, makeAnswer, text, utcOf } from '../answer/make-answer.ts';
import { pageOf } from '../answer/paging.ts';
import { searchRecords } from '../records/search-records.ts';
import { logsFrom } from '../scope/reach.ts';
import { formatRange } from '../times/times.ts';
import { AUDITING_OFF, auditingIsOff, completeUntil } from '../words/completeness.ts';
import { inRecords } from '../words/in-records.ts';
import { loadNames, usersById } from '../words/names.ts';

const MAX_EVENTS = 500;

/** What is said where there are records that are no matter of licenses. */
const OTHERS = {
  no: 'This is what explains licenses. Records of other kinds are for auditors.',
  elsewhere: 'This is what explains licenses. Records of other kinds are in your personal chat with me.',
};

/** What somebody did, or what was done to somebody or a group, as the stored audit records tell. */
export async function auditEvents(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, now } = deps;
  const by = query.intent === 'audit-by';
  if (deps.records?.mayAudit === 'yes' && isOfPeople(query)) {
    const { people, range, days } = query;
    return searchRecords({ people, range, days, unresolved: [], ...(by ? { part: 'by' } : {}) }, deps);
  }
  const range = query.range ?? { from: now - (query.days ?? 7) * DAY_MS, to: now };
  const users = await usersById(store, query.people);
  const people = inRecords(query.people, users.values());
  const ids = by ? people : [...people, ...query.groups];
  const found = await store.audit.find({
    from: range.from,
    to: range.to,
    ...(ids.length === 0 ? {} : by ? { actorIds: ids } : { targetIds: ids }),
    limit: MAX_EVENTS,
  });
  const mayAudit = deps.records?.mayAudit ?? 'yes';
  const events = mayAudit === 'yes' ? found : found.filter(explainsLicenses);
  const others = found.length - events.length;
  // The newest come first; a record and its copies are one act.
  const acts = withoutCopies(events).toSorted((a, b) => b.event.at - a.event.at);
  const { shown, rest } = pageOf(acts, query, deps);
  const told = shown.map((act) => entry(act, by));
  const groups = by || query.groups.length === 0 ? [] : query.groups.map((await loadNames(store)).group);
  const names = listed([...[...users.values()].map(({ state }) => state.displayName), ...groups]);
  const about = names === '' ? '' : ` ${by ? 'by' : 'on'} ${names}`;
  if (deps.records?.mayAudit === 'yes' && events.some((event) => !explainsLicenses(event))) {
    await deps.records.store.note({
      at: now,
      by: deps.asker ?? 'terminal',
      asked: `audit records${about} ${formatRange(range, { timeZone: 'UTC', now: 0 })} UTC`,
      people: query.people,
      found: events.length,
    });
  }
  const number =
    events.length === MAX_EVENTS
      ? `More than ${MAX_EVENTS - 1} audit records`
      : count(events.length, 'audit record');
  return makeAnswer(
    query.intent,
    `${events.length === 0 ? 'No audit record' : number}${about} ${formatRange(range, deps)}.`,
    {
      blocks: [
        ...text(others === 0 ? null : OTHERS[mayAudit === 'elsewhere' ? 'elsewhere' : 'no']),
        ...text((await auditingIsOff(store)) ? AUDITING_OFF : null),
        ...text(await logsFrom(range, deps)),
        ...entries(told),
        ...utcOf(told),
      ],
      completeUntil: await completeUntil(store, deps),
      next: [...users.values()]
        .slice(0, 1)
        .flatMap(({ state: { userPrincipalName: upn } }) => [
          `history of ${upn}`,
          by ? `audit log of ${upn}` : `what did ${upn} do last week`,
        ]),
      ...rest,
    },
  );
}

/** Whether it is all about people who are named: then the index of the archive has them in every part. */
const isOfPeople = ({ people, groups, departments = [], countries = [], except }: Query): boolean =>
  people.length > 0 &&
  groups.length === 0 &&
  departments.length === 0 &&
  countries.length === 0 &&
  except === undefined;

function entry({ event, copies }: TellingOfAct, by: boolean): { at: number; what: string; detail: string } {
  const targets = event.targets.flatMap(({ name, id }) => name ?? id ?? []).slice(0, 3);
  const on = targets.length > 0 ? ` on ${listed(targets)}` : '';
  const actor = by ? '' : ` by ${event.actor?.name ?? event.actor?.id ?? 'nobody named'}`;
  const others = copies.length === 0 ? '' : ` and ${count(copies.length, 'more record')} of the same act`;
  const failed = event.result === 'failure' ? ' It failed.' : '';
  return {
    at: event.at,
    what: `${event.operation}${by ? on : actor}`,
    detail: `${event.workload}, record ${event.id}${others}.${failed}`,
  };
}
