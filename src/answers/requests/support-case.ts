import { count, numeral } from '../../domain/numerals.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer } from '../answer/make-answer.ts';
import { noneOpen, openIncidents } from '../questions/incidents.ts';

const MAX_NEXT = 3;

/** Offers all that a case at Microsoft needs of the one open incident that is meant, as a file. */
export async function supportCase(query: Query, deps: AnswerDeps): Promise<Answer> {
  const open = await openIncidents(query, deps);
  const [only, ...others] = open;
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
        request: {
          intent: 'support-case',
          incidentId: only.id,
          people: [],
          skus: [],
          groups: [],
          range: { from: 0, to: deps.now + 1 },
          days: null,
          format: query.format ?? 'ndjson',
        },
      },
    },
  );
}
