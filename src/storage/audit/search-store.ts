import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { RecordSearch, SearchCursor, SearchStore } from '../../domain/ports/search.ts';
import { wordsIn } from '../../domain/search/index-terms.ts';
import { type DatabaseKind, type Queries, THE_TENANT, unlessTaken } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';
import type { WriteRows } from '../database/write-rows.ts';
import { AuditEvent } from './audit-json.ts';
import { indexRecords, termNumber } from './search-index.ts';
import { fewWith, manyWith, type Place } from './search-words.ts';

/** Records indexed in one transaction: collection goes on between two of them. */
const PART = 500;

/** Counts are of quarters of an hour: a day of any time zone is made of whole ones. */
const QUARTER_MS = 900_000;

const People = z.array(z.string());

/** Searches the archive of audit records, newest first. */
export function createSearchStore(
  db: Queries,
  kind: DatabaseKind,
  writeRows: WriteRows | undefined,
): SearchStore {
  return {
    async find(search, limit, after) {
      const found =
        (await placesWithWords(db, kind, search, limit, after)) ?? placesQuery(kind, search, after);
      const { rows } = await sql<{ row_no: number; at: number; id: string; event: string; raw: string }>`
        select e.row_no, e.at, e.id, e.event, e.raw
        from (${found} order by at desc, event_no desc limit ${limit}) as f
        join audit_events as e on e.row_no = f.event_no
        order by f.at desc, f.event_no desc`.execute(db);
      return rows.map((row) => ({
        at: Number(row.at),
        rowNo: Number(row.row_no),
        event: readStored(AuditEvent, row.event, `audit record ${row.id}`),
        raw: row.raw,
      }));
    },

    async record(id) {
      const row = await db
        .selectFrom('audit_events')
        .select(['row_no', 'at', 'event', 'raw'])
        .where('id', '=', id)
        .executeTakeFirst();
      if (row === undefined) return null;
      const event = readStored(AuditEvent, row.event, `audit record ${id}`);
      return { at: Number(row.at), rowNo: Number(row.row_no), event, raw: row.raw };
    },

    async counts(search) {
      const { rows } = await sql<{ quarter: number; records: number }>`
        select at - at % ${sql.lit(QUARTER_MS)} as quarter, count(*) as records
        from (${placesQuery(kind, search, null)}) as f group by 1 order by 1`.execute(db);
      return rows.map(({ quarter, records }) => ({ at: Number(quarter), records: Number(records) }));
    },

    async indexOlder(signal) {
      let indexed = 0;
      for (let part = PART; part === PART && !signal?.aborted; indexed += part) {
        part = await db.transaction().execute((transaction) => indexPart(transaction, kind, writeRows));
      }
      return indexed;
    },

    async isWhole() {
      const state = await db.selectFrom('audit_search_state').selectAll().executeTakeFirst();
      return state === undefined || state.older_from > state.older_to;
    },

    async note({ at, by, asked, people, found }) {
      for (;;) {
        const { rows } = await sql<{ seq: number }>`
          select coalesce(max(seq), 0) + 1 as seq from audit_searches
          where tenant_id = ${THE_TENANT}`.execute(db);
        const seq = Number(rows[0]?.seq ?? 1);
        const row = {
          tenant_id: THE_TENANT,
          seq,
          at,
          by_whom: by,
          asked,
          people: JSON.stringify(people),
          found,
        };
        if (await unlessTaken(db.insertInto('audit_searches').values(row).execute())) return;
      }
    },

    async notes(limit) {
      const rows = await db
        .selectFrom('audit_searches')
        .selectAll()
        .where('tenant_id', '=', THE_TENANT)
        .orderBy('seq', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        at: row.at,
        by: row.by_whom,
        asked: row.asked,
        people: readStored(People, row.people, `search ${row.seq}`),
        found: row.found,
      }));
    },
  };
}

/**
 * The places that a search for words finds in SQLite, which would list all records that have them, however many, for each
 * page; null where the database finds its way by itself.
 */
async function placesWithWords(
  db: Queries,
  kind: DatabaseKind,
  search: RecordSearch,
  limit: number,
  after: SearchCursor | null,
): Promise<RawBuilder<unknown> | null> {
  const words = search.text === null ? [] : wordsIn(search.text);
  if (kind !== 'sqlite' || words.length === 0) return null;
  const match = matchOf(words);
  const few = await fewWith(db, match);
  if (few !== null) return placesQuery(kind, { ...search, text: null }, after, few);
  const wordless = { ...search, text: null };
  const found = await manyWith(
    db,
    match,
    async (cursor, size) => {
      const places = placesQuery(kind, wordless, cursor && { at: cursor.at, rowNo: cursor.event_no });
      const { rows } = await sql<Place>`${places} order by at desc, event_no desc limit ${size}`.execute(db);
      return rows;
    },
    after && { at: after.at, event_no: after.rowNo },
    limit,
  );
  const numbers = found.map(({ event_no }) => event_no);
  return sql`select at, row_no as event_no from audit_events
    where row_no in (select value from json_each(${JSON.stringify(numbers)}))`;
}

/** `at` and `event_no` of what is found. The first list of terms leads; the others are looked up for each record. */
function placesQuery(
  kind: DatabaseKind,
  { from, to, allOf, text }: RecordSearch,
  after: SearchCursor | null,
  among: readonly number[] | null = null,
): RawBuilder<unknown> {
  // Few records are looked up by their numbers, and their terms then; else the first list of terms leads.
  const lead = among === null ? allOf[0] : undefined;
  const others = lead ? allOf.slice(1) : allOf;
  const until = after === null ? to : Math.min(to, after.at + 1);
  const words = text === null ? [] : wordsIn(text);
  if (text !== null && words.length === 0) return sql`select 0 as at, 0 as event_no where 1 = 0`;
  const place = lead ? sql`t.event_no` : sql`t.row_no`;
  const conditions = [
    sql`t.at >= ${from} and t.at < ${until}`,
    ...(after === null ? [] : [sql`(t.at < ${after.at} or ${place} < ${after.rowNo})`]),
    ...others.map(
      (terms) => sql`exists (select 1 from audit_terms as o where o.tenant_id = ${THE_TENANT}
        and o.term in (${numbersOf(terms)}) and o.at = t.at and o.event_no = ${place})`,
    ),
    ...(among === null ? [] : [sql`t.row_no in (select value from json_each(${JSON.stringify(among)}))`]),
    ...(words.length === 0 ? [] : [sql`${place} in (${withWords(kind, words)})`]),
  ];
  const all = sql.join(conditions, sql` and `);
  if (!lead) return sql`select t.at, t.row_no as event_no from audit_events as t where ${all}`;
  const places = sql`from audit_terms as t
    where t.tenant_id = ${THE_TENANT} and t.term in (${numbersOf(lead)}) and ${all}`;
  // A record that has two of the terms is found once; with one term the order is that of the key.
  return lead.length === 1
    ? sql`select t.at, t.event_no ${places}`
    : sql`select distinct t.at, t.event_no ${places}`;
}

const numbersOf = (terms: readonly string[]): RawBuilder<unknown> =>
  sql.join(terms.map((term) => sql.lit(termNumber(term))));

/** The records that have all these words, or words that begin so. Words are letters and digits alone. */
function withWords(kind: DatabaseKind, words: readonly string[]): RawBuilder<unknown> {
  return kind === 'sqlite'
    ? sql`select rowid from audit_words
        where audit_words match ${matchOf(words)}`
    : sql`select w.event_no from audit_words as w where w.tenant_id = ${THE_TENANT}
        and w.words @@ ${words.map((word) => `'${word}'${isPrefix(word) ? ':*' : ''}`).join(' & ')}::tsquery`;
}

const matchOf = (words: readonly string[]): string =>
  words.map((word) => `"${word}"${isPrefix(word) ? ' *' : ''}`).join(' ');

/** Short words begin too many others. */
const isPrefix = (word: string): boolean => word.length >= 4;

/** Indexes some of the records from before the index; returns how many. */
async function indexPart(db: Queries, kind: DatabaseKind, writeRows: WriteRows | undefined): Promise<number> {
  const query = db.selectFrom('audit_search_state').selectAll().where('tenant_id', '=', THE_TENANT);
  const state = await (kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
  if (!state || state.older_from > state.older_to) return 0;
  const rows = await db
    .selectFrom('audit_events')
    .select(['row_no', 'id', 'at', 'event', 'raw'])
    .where('row_no', '>=', state.older_from)
    .where('row_no', '<=', state.older_to)
    .orderBy('row_no')
    .limit(PART)
    .execute();
  await indexRecords(
    db,
    writeRows,
    rows.map(({ row_no, id, at, event, raw }) => ({
      rowNo: row_no,
      at,
      event: readStored(AuditEvent, event, `audit record ${id}`),
      raw,
    })),
  );
  const next = rows.length < PART ? state.older_to + 1 : (rows.at(-1)?.row_no ?? state.older_to) + 1;
  await db
    .updateTable('audit_search_state')
    .set({ older_from: next })
    .where('tenant_id', '=', THE_TENANT)
    .execute();
  return rows.length;
}
