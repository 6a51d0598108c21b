/** Questions about the month of records, with what each is about in terms of the facts, and how many those are. */
import { readFileSync } from 'node:fs';
import { CAST } from './cast.ts';
import type { Fact } from './fact.ts';

/** What the records of a question have; what is left out may be anything. */
export type Is = {
  did?: Fact['did'] | Fact['did'][];
  operations?: string[];
  by?: string;
  on?: string;
  mailbox?: string;
  /** Somebody in any part. */
  person?: string;
  site?: string;
  /** The department of who acted. */
  dept?: string;
  /** A site of that name, or the people of that department. */
  in?: string;
  address?: string;
  app?: string;
  workload?: string;
  words?: string;
  /** A word of a subject or of a file’s name. */
  anyWords?: string;
};

export type Question = {
  /** Sentences of the customer that it is for. */
  for: string;
  asks: string[];
  is: Is;
  /** Half open, ISO. */
  from: string;
  to: string;
  count: number;
};

export const QUESTIONS: readonly Question[] = readFileSync(
  new URL('./questions.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line): Question => JSON.parse(line));

const departmentOf = (key: string): string | undefined => CAST.find((one) => one.key === key)?.department;

/** Whether a record is one that a question asks for. */
export function isAskedFor(fact: Fact, { is, from, to }: Question): boolean {
  if (fact.at < Date.parse(from) || fact.at >= Date.parse(to)) return false;
  const has = (wanted: string | undefined, value: string | undefined): boolean =>
    wanted === undefined || wanted === value;
  const dids = is.did === undefined ? null : [is.did].flat();
  return (
    (dids === null || dids.includes(fact.did)) &&
    (is.operations === undefined || is.operations.includes(fact.operation)) &&
    has(is.by, fact.by) &&
    (is.on === undefined || fact.on.includes(is.on)) &&
    has(is.mailbox, fact.mailbox) &&
    (is.person === undefined || [fact.by, fact.mailbox, ...fact.on].includes(is.person)) &&
    has(is.site, fact.site) &&
    has(is.dept, departmentOf(fact.by)) &&
    (is.in === undefined || fact.site === is.in || departmentOf(fact.by) === is.in) &&
    has(is.address, fact.address) &&
    has(is.app, fact.app) &&
    has(is.workload, fact.workload) &&
    has(is.words, fact.words) &&
    (is.anyWords === undefined ||
      [fact.words, ...fact.on].some((text) => text?.toLowerCase().includes(is.anyWords ?? '')))
  );
}
