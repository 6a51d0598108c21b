import { DatabaseSync } from 'node:sqlite';
import { DAY_MS, HOUR_MS } from '../src/domain/durations.ts';
import type { RecordSearch, SearchCursor } from '../src/domain/ports/search.ts';
import type { Store } from '../src/domain/ports.ts';
import { anyPart, term } from '../src/domain/search/index-terms.ts';
import type { RecordPerson } from './activity-records.ts';
import { printTable } from './report.ts';

/** Records of a page of an answer. */
const PAGE = 20;

/** Marks all records as not indexed yet, as those of a database from before there was an index. */
export function forgetIndex(file: string, records: number): void {
  const database = new DatabaseSync(file);
  database.exec(`update audit_search_state set older_from = 0, older_to = ${records}`);
  database.close();
}

type Made = Pick<RecordSearch, 'allOf' | 'text'> & { days: number };
type Kind = { name: string; target: number; make(person: RecordPerson, ask: number): Made };

const person = ({ id, upn }: RecordPerson): string[] => [...anyPart(id), ...anyPart(upn)];
const OPERATIONS = [
  'UserLoggedIn',
  'Set-Mailbox',
  'Change user license',
  'MailItemsAccessed',
  'FileAccessed',
];
const operation = (ask: number): string[] => [term.operation(OPERATIONS[ask % OPERATIONS.length] ?? '')];

const KINDS: readonly Kind[] = [
  { name: 'a person', target: 50, make: (who) => ({ allOf: [person(who)], text: null, days: 30 }) },
  { name: 'an operation', target: 50, make: (_, ask) => ({ allOf: [operation(ask)], text: null, days: 30 }) },
  { name: 'a time', target: 50, make: (_, ask) => ({ allOf: [], text: null, days: 1 + (ask % 30) }) },
  {
    name: 'a person and an operation',
    target: 50,
    make: (who, ask) => ({ allOf: [person(who), operation(ask)], text: null, days: 180 }),
  },
  {
    name: 'a text that few have',
    target: 200,
    make: ({ upn }) => ({ allOf: [], text: upn.split('@')[0] ?? '', days: 180 }),
  },
  { name: 'a text that many have', target: 200, make: () => ({ allOf: [], text: 'quarter', days: 180 }) },
  {
    name: 'a text of a person',
    target: 200,
    make: (who) => ({ allOf: [person(who)], text: 'quarter plan', days: 180 }),
  },
];

/** Searches for people who act often and seldom; the first page, the fifth one, and the counts. */
export async function reportSearch(
  { search }: Store,
  people: readonly RecordPerson[],
  asks: number,
  until: number,
): Promise<void> {
  const rows: string[][] = [];
  for (const { name, target, make } of KINDS) {
    const times = { first: [] as number[], fifth: [] as number[], counts: [] as number[] };
    let found = 0;
    for (let ask = 0; ask < asks; ask++) {
      const who = people[Math.floor(people.length * (ask / asks) ** 2)];
      if (!who) continue;
      const { days, ...asked } = make(who, ask);
      const to = until - (ask % 48) * HOUR_MS;
      const wanted: RecordSearch = { ...asked, from: to - days * DAY_MS, to };
      let after: SearchCursor | null = null;
      for (let page = 1; page <= 5; page++) {
        const startedAt = performance.now();
        const records = await search.find(wanted, PAGE, after);
        const ms = performance.now() - startedAt;
        if (page === 1) times.first.push(ms);
        if (page === 5) times.fifth.push(ms);
        found += records.length;
        after = records.at(-1) ?? null;
        if (after === null) break;
      }
      const startedAt = performance.now();
      await search.counts(wanted);
      times.counts.push(performance.now() - startedAt);
    }
    const p95 = (values: number[]): string =>
      (values.sort((a, b) => a - b)[Math.ceil(0.95 * values.length) - 1] ?? Number.NaN).toFixed(1);
    rows.push([name, p95(times.first), p95(times.fifth), p95(times.counts), String(target), String(found)]);
  }
  console.log('\nSearch, p95 in ms\n');
  printTable(['', 'first page', 'fifth page', 'counts', 'target', 'records'], rows);
}
