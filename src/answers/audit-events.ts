import { type TellingOfAct, withoutCopies } from '../domain/audit/copies.ts';
import type { Query } from '../language/query.ts';
import type { Answer } from './answer.ts';
import { completeUntil } from './completeness.ts';
import type { AnswerDeps } from './deps.ts';
import { makeAnswer, timeline } from './make-answer.ts';
import { listOf, usersById } from './names.ts';
import { count, formatRange } from './times.ts';

const DAY = 86_400_000;
const MOST_EVENTS = 500;

/** What somebody did, or what was done to somebody or a group, as the stored audit records tell. */
export async function auditEvents(query: Query, deps: AnswerDeps): Promise<Answer> {
  const { store, now } = deps;
  const by = query.intent === 'audit-by';
  const range = query.range ?? { from: now - (query.days ?? 7) * DAY, to: now };
  const users = await usersById(store, query.people);
  // Some workloads name people by UPN or mail only.
  const upns = [...users.values()].flatMap(({ state }) => [state.userPrincipalName, state.mail ?? '']);
  const people = [...new Set([...query.people, ...upns.filter(Boolean).map((name) => name.toLowerCase())])];
  const ids = by ? people : [...people, ...query.groups];
  const events = await store.audit.find({
    from: range.from,
    to: range.to,
    ...(ids.length === 0 ? {} : by ? { actorIds: ids } : { targetIds: ids }),
    limit: MOST_EVENTS,
  });
  const acts = withoutCopies(events);
  const names = listOf([...users.values()].map(({ state }) => state.displayName));
  const about = names === '' ? '' : ` ${by ? 'by' : 'on'} ${names}`;
  const number =
    events.length === MOST_EVENTS
      ? `More than ${MOST_EVENTS - 1} audit records`
      : count(events.length, 'audit record');
  return makeAnswer(
    query.intent,
    `${events.length === 0 ? 'No audit record' : number}${about} ${formatRange(range, deps)}.`,
    {
      blocks: timeline(acts.map((act) => entry(act, by))),
      completeUntil: await completeUntil(store, deps),
      next: [...users.values()].slice(0, 1).map(({ state }) => `history of ${state.userPrincipalName}`),
    },
  );
}

function entry({ event, copies }: TellingOfAct, by: boolean): { at: number; what: string; detail: string } {
  const targets = event.targets.flatMap(({ name, id }) => name ?? id ?? []).slice(0, 3);
  const on = targets.length > 0 ? ` on ${listOf(targets)}` : '';
  const actor = by ? '' : ` by ${event.actor?.name ?? event.actor?.id ?? 'nobody named'}`;
  const others = copies.length === 0 ? '' : ` and ${count(copies.length, 'more record')} of the same act`;
  const failed = event.result === 'failure' ? ' It failed.' : '';
  return {
    at: event.at,
    what: `${event.operation}${by ? on : actor}`,
    detail: `${event.workload}, record ${event.id}${others}.${failed}`,
  };
}
