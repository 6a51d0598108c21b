import type { RecordSearch } from '../../domain/ports.ts';
import { anyPart, term } from '../../domain/search/index-terms.ts';
import type { RecordsAsked, TimeRange } from '../../language/query.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { peopleOf } from '../scope/narrowing.ts';
import { inRecords } from '../words/in-records.ts';
import { usersById } from '../words/names.ts';

/** More people of a department than this are not asked for one by one. */
const MOST_PEOPLE = 2_000;

/** What is looked for in the archive: the rarest first, since that leads. */
export async function searchFor(
  asked: RecordsAsked,
  range: TimeRange,
  deps: Pick<AnswerDeps, 'store'>,
): Promise<RecordSearch> {
  const { people, part, thing, names, address, site, app, activity, departments = [], text } = asked;
  const allOf: string[][] = [];
  for (const id of people) {
    const theirs = inRecords([id], (await usersById(deps.store, [id])).values());
    allOf.push([
      ...theirs.flatMap((name) => (part === undefined ? anyPart(name) : partOf(part, name))),
      ...(part === 'by' ? [] : aliasesOf(theirs).map(term.mailbox)),
    ]);
  }
  if (thing !== undefined) allOf.push((names ?? [thing]).map(term.on));
  if (address !== undefined) allOf.push([term.address(address)]);
  if (app !== undefined) allOf.push([term.app(app)]);
  if (site !== undefined) allOf.push([term.site(site)]);
  if (asked.operations !== undefined) allOf.push(asked.operations.map(term.operation));
  else if (activity !== undefined) allOf.push([activity, ...(asked.also ?? [])].map(term.activity));
  // “In Finance” is a site of that name, or the people who work there.
  for (const name of departments) {
    const theirs = await peopleIn(name, deps);
    allOf.push([term.site(name), ...theirs.map(term.by)]);
  }
  if (asked.workloads !== undefined) allOf.push(asked.workloads.map(term.workload));
  return { ...range, allOf, text: text ?? null };
}

/** Cmdlets of Exchange name a mailbox by the part before the @. */
const aliasesOf = (names: readonly string[]): string[] => [
  ...new Set(names.flatMap((name) => (name.includes('@') ? [name.slice(0, name.indexOf('@'))] : []))),
];

const TERMS = {
  by: (name: string): string[] => [term.by(name)],
  on: (name: string): string[] => [term.on(name), term.mailbox(name)],
  mailbox: (name: string): string[] => [term.mailbox(name)],
};

const partOf = (part: keyof typeof TERMS, name: string): string[] => TERMS[part](name);

async function peopleIn(department: string, { store }: Pick<AnswerDeps, 'store'>): Promise<string[]> {
  const ids = [...(await peopleOf(store, { departments: [department] }))].slice(0, MOST_PEOPLE);
  const users = await usersById(store, ids);
  return [...users.values()].flatMap(({ state }) => [state.id, state.userPrincipalName]);
}
