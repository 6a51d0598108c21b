import { capitalised, listed } from '../../domain/english.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { type ExportRequest, isExportIntent } from '../answer/export-request.ts';
import { makeAnswer } from '../answer/make-answer.ts';
import { listFor } from '../export/lists.ts';
import { exportRequest } from '../export/request.ts';
import { narrowingOf, withUnits } from '../scope/narrowing.ts';
import { formatRange } from '../times/times.ts';
import { loadNames, usersById } from '../words/names.ts';
import { supportCase } from './support-case.ts';

const EXAMPLES = ['export lost licenses last month', 'export the decisions', 'export free seats as csv'];

/** Offers a list as a file. */
export async function exportList(query: Query, deps: AnswerDeps): Promise<Answer> {
  if (query.evidence) return supportCase(query, deps);
  const asked = askedFor(query);
  const request = exportRequest(
    asked,
    deps.now,
    query.format ?? 'csv',
    await withUnits(narrowingOf(asked, ['places', 'holdings']), deps.store, deps.directory.departments ?? []),
  );
  if (request === null) {
    return makeAnswer('export', 'Which list do you want as a file? Say it as a question, after “export”.', {
      next: EXAMPLES,
    });
  }
  return makeAnswer('export', `${await inWords(request, deps)} as ${request.format.toUpperCase()}.`, {
    request: { kind: 'export', request },
  });
}

/** What is exported, with the names and the time that were said. */
function askedFor(query: Query): Query {
  const { list } = query;
  // Licenses of nobody in particular: everybody's.
  if (list === 'user-licenses' && query.people.length === 0) return { ...query, intent: 'directory' };
  if (list !== undefined && isExportIntent(list)) return { ...query, intent: list };
  // "Export Rick", "export Visio": what one would ask of them.
  if (query.people.length > 0) return { ...query, intent: 'user-licenses' };
  return query.skus.length > 0 ? { ...query, intent: 'sku-users' } : query;
}

async function inWords(
  { intent, people, skus, groups, range, plans = [], planState, lacking }: ExportRequest,
  deps: AnswerDeps,
): Promise<string> {
  const { store } = deps;
  const names = await loadNames(store);
  const users = [...(await usersById(store, people)).values()].map(({ state }) => state.displayName);
  const state = lacking ? ' missing' : planState === undefined ? '' : ` ${planState}`;
  const about = [
    ...users,
    ...skus.map(names.product),
    ...groups.map(names.group),
    ...plans.map((plan) => `${plan}${state}`),
  ];
  const { name, time } = listFor(intent);
  const when = time === 'now' || range.from === 0 ? '' : ` ${formatRange(range, deps)}`;
  return `${capitalised(name)}${about.length > 0 ? ` (${listed(about)})` : ''}${when}`;
}
