import type { RecordsAsked } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer } from '../answer/make-answer.ts';
import { formatRange } from '../times/times.ts';
import { facilitiesOf, recordsFile, timeOf } from './may-search.ts';
import { recordsInWords } from './records-in-words.ts';

/** Offers what a search in the audit records finds as a file, for auditors. */
export function exportRecords(asked: RecordsAsked, deps: AnswerDeps): Answer {
  const facilities = facilitiesOf(deps);
  if (!('store' in facilities)) return facilities;
  const request = recordsFile(asked, deps.now);
  const range = timeOf(asked, deps.now);
  const lead = `Audit records ${recordsInWords(asked, deps)} ${formatRange(range, deps)} as ${request.format.toUpperCase()}.`;
  return makeAnswer('export', lead.replace(/\s+/g, ' '), { request: { kind: 'export', request } });
}
