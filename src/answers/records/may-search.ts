import { DAY_MS } from '../../domain/durations.ts';
import type { RecordsAsked, TimeRange } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps, RecordFacilities } from '../answer/deps.ts';
import { makeAnswer } from '../answer/make-answer.ts';

/** What a question without a time means. */
const USUAL_DAYS = 7;

const ELSEWHERE = 'Audit records of all kinds are shown in your personal chat with me only. Ask me there.';
const NO_AUDITOR =
  'Only auditors can search the audit records of all kinds. I can tell you about licenses: ask an owner about the role of auditor.';

/** The search, for an auditor who asks where nobody reads along; else the answer that says why not. */
export function facilitiesOf({ records }: AnswerDeps): RecordFacilities | Answer {
  if (records === null || records.mayAudit === 'no') return makeAnswer('unknown', NO_AUDITOR);
  if (records.mayAudit === 'elsewhere') return makeAnswer('unknown', ELSEWHERE);
  return records;
}

/** The time that a question is about. */
export const timeOf = ({ range, days }: RecordsAsked, now: number): TimeRange =>
  range ?? { from: now - (days ?? USUAL_DAYS) * DAY_MS, to: now };

/** The search as a request for a file. */
export const recordsFile = (asked: RecordsAsked, now: number) => {
  const range = timeOf(asked, now);
  return {
    intent: 'audit-on' as const,
    people: asked.people,
    skus: [],
    groups: [],
    // What was recorded at this very moment belongs to a range that ends now.
    range: { from: range.from, to: range.to === now ? now + 1 : range.to },
    days: null,
    format: asked.file ?? ('csv' as const),
    records: { ...asked, range },
  };
};
