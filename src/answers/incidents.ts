import type { Incident, Severity } from '../domain/incident/incident.ts';
import type { Query } from '../language/query.ts';
import type { Answer } from './answer.ts';
import { completeUntil } from './completeness.ts';
import type { AnswerDeps } from './deps.ts';
import { makeAnswer, table } from './make-answer.ts';
import { count, formatTime } from './times.ts';

const ORDER: Readonly<Record<Severity, number>> = { critical: 0, high: 1, medium: 2, low: 3 };
const MOST_INCIDENTS = 25;

/** Open incidents that concern the people and products of a query, the gravest and newest first. */
export async function openIncidents({ people, skus }: Query, { store }: AnswerDeps): Promise<Incident[]> {
  const touches = (wanted: readonly string[], ids: readonly string[]): boolean =>
    wanted.length === 0 || wanted.some((id) => ids.includes(id));
  return (await store.incidents.open())
    .filter(({ userIds, skuIds }) => touches(people, userIds) && touches(skus, skuIds))
    .toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity] || b.openedAt - a.openedAt);
}

/** What waits for a decision. A single one is shown as its card. */
export async function incidents(query: Query, deps: AnswerDeps): Promise<Answer> {
  const open = await openIncidents(query, deps);
  const until = await completeUntil(deps.store, deps);
  const [only] = open;
  if (!only) {
    return makeAnswer('incidents', 'No incident is open.', {
      completeUntil: until,
      next: ['lost licenses this week'],
    });
  }
  const views = await Promise.all(open.slice(0, MOST_INCIDENTS).map(({ id }) => deps.incidentView(id)));
  const [view] = views;
  return makeAnswer('incidents', `${count(open.length, 'open incident')}.`, {
    blocks: table(
      ['Incident', 'Severity', 'Since', 'Cause', 'How sure'],
      views
        .filter((shown) => shown !== null)
        .map((shown) => [
          shown.title,
          shown.severity,
          formatTime(shown.observedAfter, deps),
          shown.causeSentence,
          shown.snoozedUntil !== null && shown.snoozedUntil > deps.now
            ? `${shown.certainty}; snoozed until ${formatTime(shown.snoozedUntil, deps)}`
            : shown.certainty,
        ]),
      open.length,
    ),
    completeUntil: until,
    request: open.length === 1 && view ? { kind: 'show-incident', incident: view } : null,
  });
}
