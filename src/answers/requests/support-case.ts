import type { Incident } from '../../domain/incident/incident.ts';
import { count, numeral } from '../../domain/numerals.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { supportCaseRequest } from '../answer/export-request.ts';
import { makeAnswer } from '../answer/make-answer.ts';
import { concerns, noneOpen, openIncidents } from '../questions/incidents.ts';

const MAX_NEXT = 3;
/** So many incidents are looked through for a closed one. */
const MAX_RECENT = 500;

/** The newest incident of those who were named, when none is open any more: a case is often made afterwards. */
async function latestOf(query: Query, { store }: AnswerDeps): Promise<Incident | undefined> {
  if (query.people.length === 0) return undefined;
  const recent = await store.incidents.recent(MAX_RECENT);
  return recent
    .filter((incident) => concerns(incident, query))
    .toSorted((a, b) => b.openedAt - a.openedAt)[0];
}

/** Offers all that a case at Microsoft needs of the one incident that is meant, as a file. */
export async function supportCase(query: Query, deps: AnswerDeps): Promise<Answer> {
  const open = await openIncidents(query, deps);
  const [only = await latestOf(query, deps), ...others] = open;
  if (!only) return makeAnswer('export', await noneOpen(query, deps), { next: ['open incidents'] });
  if (others.length > 0) {
    const views = await Promise.all(open.slice(0, MAX_NEXT).map(({ id }) => deps.incidentView(id)));
    return makeAnswer('export', `${numeral(open.length)} incidents are open: say whose the file is for.`, {
      next: views
        .flatMap((view) => view?.users[0]?.userPrincipalName ?? [])
        .map((upn) => `export the evidence for a support case about ${upn}`),
    });
  }
  const users = count(only.userIds.length, 'user');
  return makeAnswer(
    'export',
    `The evidence for a support case: the incident, ${users}, records and coverage.`,
    {
      request: {
        kind: 'export',
        request: supportCaseRequest(only.id, deps.now, query.format),
      },
    },
  );
}
