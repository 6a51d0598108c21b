import { viewOf } from '../../domain/detection/records/view-of.ts';
import { listed } from '../../domain/english.ts';
import { count, numeral } from '../../domain/numerals.ts';
import type { FoundRecord } from '../../domain/ports.ts';
import type { Query, RecordsAsked } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { entries, facts, makeAnswer, text, utcOf } from '../answer/make-answer.ts';
import { formatRange } from '../times/times.ts';
import { completeUntil } from '../words/completeness.ts';
import { actsFound } from './acts-found.ts';
import { facilitiesOf, recordsFile, timeOf } from './may-search.ts';
import { recordEntry, whoActed } from './record-in-words.ts';
import { recordsByDay } from './records-by-day.ts';
import { recordsInWords } from './records-in-words.ts';
import { searchFor } from './records-search.ts';
import { seenRecords } from './seen-records.ts';

/** As many of the newest records as it is said of who acted. */
const LOOKED_AT = 500;
const PEOPLE_NAMED = 8;

/** Which audit records of any kind there are, for auditors: who did it, how often on which day, and what it was. */
export async function searchRecords(asked: RecordsAsked, deps: AnswerDeps): Promise<Answer> {
  const { now, page } = deps;
  const query = queryOf(asked);
  const facilities = facilitiesOf(deps);
  if (!('store' in facilities)) return facilities;
  const range = timeOf(asked, now);
  const search = await searchFor(asked, range, deps);
  const { store, sees } = facilities;
  const seen = await seenRecords(store, search, sees, deps, Math.max(LOOKED_AT, page.number * page.size));
  const total = seen.total;
  // An act that both logs tell stands there once. Of very many records only those of a page are joined.
  const isAll = seen.records.length >= total;
  const acts = isAll ? actsFound(seen.records) : [];
  const length = isAll ? acts.length : total;
  const pages = Math.ceil(length / page.size);
  const number = Math.min(Math.max(page.number, 1), Math.max(pages, 1));
  const [first, last] = [(number - 1) * page.size, number * page.size];
  const shown = isAll ? acts.slice(first, last) : actsFound(seen.records.slice(first, last));
  const about = recordsInWords(asked, deps);
  await store.note({
    at: now,
    by: deps.asker ?? 'terminal',
    asked: `${about.replace(/^of /, '')} ${formatRange(range, { timeZone: 'UTC', now: 0 })} UTC`,
    people: asked.people,
    found: total,
  });
  const told = shown.map((act) => recordEntry(act, viewOf(act.record.raw), deps));
  const more = seen.more ? 'More than ' : '';
  const inActs = isAll && length < total ? ` (${count(length, 'act')})` : '';
  const lead =
    total === 0
      ? `No audit record ${about} ${formatRange(range, deps)}.`
      : `${more}${count(total, 'audit record')} ${about}${inActs} ${formatRange(range, deps)}${byWhom(seen.records, deps)}.`;
  const isWhole = await store.isWhole();
  return makeAnswer('audit-on', lead, {
    blocks: [
      ...text(
        isWhole ? null : 'Records from before the last update are still being indexed: some may be missing.',
      ),
      ...recordsByDay(seen.quarters, range, deps),
      ...(total === 0 ? [] : facts({ Who: actors(seen.records, deps) })),
      ...entries(told),
      ...text(
        total === 0 ? null : 'Ask for “record <id>” to see one with all fields, as Microsoft wrote it.',
      ),
      ...utcOf(told),
    ],
    completeUntil: await completeUntil(deps.store, deps),
    ...(total > 0 ? { file: recordsFile(asked, now) } : {}),
    ...(pages > 1
      ? {
          paging: {
            page: number,
            pages,
            size: page.size,
            total: length,
            query: { ...query, records: { ...asked, range } },
            text: deps.text,
          },
        }
      : {}),
  });
}

/** The search as a query that a card carries: it is about people, whatever the sentence was taken for. */
const queryOf = ({ people, range, days }: RecordsAsked): Query => ({
  intent: 'audit-on',
  people,
  skus: [],
  groups: [],
  range,
  days,
  unresolved: [],
});

function tally(records: readonly FoundRecord[], deps: AnswerDeps): [string, number][] {
  const by = Map.groupBy(records, ({ event }) => whoActed(event, deps));
  return [...by].map(([who, their]): [string, number] => [who, their.length]).toSorted((a, b) => b[1] - a[1]);
}

/** ", by Lee Gu and Ines Duarte"; of a crowd nobody is named. */
function byWhom(records: readonly FoundRecord[], deps: AnswerDeps): string {
  const names = tally(records, deps).map(([who]) => who);
  return names.length === 0 || names.length > 3 ? '' : `, by ${listed(names)}`;
}

/** "Lee Gu (12), Ines Duarte (3) and 4 others" */
function actors(records: readonly FoundRecord[], deps: AnswerDeps): string | null {
  const all = tally(records, deps);
  const named = all.slice(0, PEOPLE_NAMED).map(([who, number]) => `${who} (${numeral(number)})`);
  const others = all.length - named.length;
  const rest = others > 0 ? [count(others, 'other')] : [];
  return all.length < 2 ? null : listed([...named, ...rest]);
}
