import { capitalised, listed } from '../../domain/english.ts';
import { understand } from '../../language/conversation/understand.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import type { Format } from '../answer/export-request.ts';
import { isExportIntent } from '../answer/export-request.ts';
import { makeAnswer } from '../answer/make-answer.ts';
import { listFor } from '../export/lists.ts';
import { exportRequest } from '../export/request.ts';
import { loadNames, usersById } from '../words/names.ts';
import { formatRange } from '../words/times.ts';

/** How people say what is to be done with the list, in the languages of the lexicon; the rest says which list. */
const EXPORT_WORDS =
  /\b(?:export(?:s|ed|ing|iere?n?|ieren|eer|eren|er|ez|e|ar|a)?|download|please|bitte|graag|aub)\b/giu;
const FORMAT_WORDS =
  /\b(?:(?:as|in|to|into|als|naar|nach|en|au format|como)\s+)?(?:an?\s+|een\s+|eine\s+|un\s+)?(?:csv|excel|spreadsheet|ndjson|json(?:\s*lines|l)?|file|datei|bestand)\b/giu;
const NDJSON = /\b(?:ndjson|json(?:\s*lines|l)?)\b/iu;

const EXAMPLES = ['export lost licenses last month', 'export the decisions', 'export free seats as csv'];

/** Offers a list as a file: the sentence without its "export" is the question that the list answers. */
export async function exportList(query: Query, deps: AnswerDeps): Promise<Answer> {
  const asked = askedFor(query, deps);
  const request = exportRequest(asked, deps.now, formatIn(deps.text));
  if (request === null) {
    return makeAnswer('export', 'Which list do you want as a file? Say it as a question, after “export”.', {
      next: EXAMPLES,
    });
  }
  return makeAnswer('export', `${await inWords(request, deps)} as ${request.format.toUpperCase()}.`, {
    request: { kind: 'export', request },
  });
}

const formatIn = (text: string): Format => (NDJSON.test(text) ? 'ndjson' : 'csv');

/** What is exported, with the names and the time that the whole sentence was read to have. */
function askedFor(query: Query, { text, directory, index, now, timeZone }: AnswerDeps): Query {
  const question = text.replace(EXPORT_WORDS, ' ').replace(FORMAT_WORDS, ' ').replace(/\s+/g, ' ').trim();
  const { intent } = understand(question, { directory, now, timeZone, asker: null }, index);
  if (isExportIntent(intent)) return { ...query, intent };
  // "Export Rick", "export Visio": what one would ask of them.
  if (query.people.length > 0) return { ...query, intent: 'user-licenses' };
  return query.skus.length > 0 ? { ...query, intent: 'sku-users' } : query;
}

async function inWords(
  { intent, people, skus, groups, range }: NonNullable<ReturnType<typeof exportRequest>>,
  deps: AnswerDeps,
): Promise<string> {
  const { store } = deps;
  const names = await loadNames(store);
  const users = [...(await usersById(store, people)).values()].map(({ state }) => state.displayName);
  const about = [...users, ...skus.map(names.product), ...groups.map(names.group)];
  const { name, time } = listFor(intent);
  const when = time === 'now' || range.from === 0 ? '' : ` ${formatRange(range, deps)}`;
  return `${capitalised(name)}${about.length > 0 ? ` (${listed(about)})` : ''}${when}`;
}
