/** The index in which records are searched: terms in a table of their own, words in the full text of the database. */
import { sql } from 'kysely';
import type { AuditEvent } from '../../domain/audit/event.ts';
import { viewOf, viewOfStored } from '../../domain/detection/records/view-of.ts';
import { indexedOf } from '../../domain/search/index-terms.ts';
import { type DatabaseKind, type Queries, THE_TENANT } from '../database/connection.ts';
import type { WriteRows } from '../database/write-rows.ts';

export type Indexable = { rowNo: number; at: number; event: AuditEvent; raw: string; body?: unknown };

/** Indexes records that were just stored, inside the caller's transaction. */
export type SearchIndex = (db: Queries, records: readonly Indexable[]) => Promise<void>;

/**
 * A term as the index has it, a number of 53 bits: nothing in the index can be read. Records name so many people that a
 * cryptographic hash for each would cost more than to write it; two terms of one number are found together, which happens
 * to one search in millions.
 */
export function termNumber(term: string): number {
  let [one, other] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < term.length; at++) {
    const code = term.charCodeAt(at);
    one = Math.imul(one ^ code, 2_654_435_761);
    other = Math.imul(other ^ code, 1_597_334_677);
  }
  one = Math.imul(one ^ (one >>> 16), 2_246_822_507) ^ Math.imul(other ^ (other >>> 13), 3_266_489_909);
  other = Math.imul(other ^ (other >>> 16), 2_246_822_507) ^ Math.imul(one ^ (one >>> 13), 3_266_489_909);
  return 2 ** 32 * (other & 0x1f_ffff) + (one >>> 0);
}

const INSERT_TERM = `insert or ignore into audit_terms (tenant_id, term, at, event_no)
  values ('${THE_TENANT}', ?, ?, ?)`;
const INSERT_WORDS = 'insert into audit_words (rowid, words) values (?, ?)';

/** Indexes records inside the caller's transaction. */
export async function indexRecords(
  db: Queries,
  writeRows: WriteRows | undefined,
  records: readonly Indexable[],
): Promise<void> {
  if (records.length === 0) return;
  const terms: [number, number, number][] = [];
  const words: [number, string][] = [];
  for (const { rowNo, at, event, raw, body } of records) {
    const indexed = indexedOf(event, viewOfStored(raw, body));
    for (const term of indexed.terms) terms.push([termNumber(term), at, rowNo]);
    if (indexed.words.length > 0) words.push([rowNo, indexed.words.join(' ')]);
  }
  // In the order of the key, so that neighbours are written together.
  terms.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (writeRows) {
    writeRows(INSERT_TERM, terms);
    writeRows(INSERT_WORDS, words);
    return;
  }
  await sql`insert into audit_terms (tenant_id, term, at, event_no)
    select ${THE_TENANT}, term, at, event_no
    from unnest(${terms.map(([term]) => term)}::bigint[], ${terms.map(([, at]) => at)}::bigint[],
      ${terms.map(([, , rowNo]) => rowNo)}::bigint[]) as new (term, at, event_no)
    on conflict do nothing`.execute(db);
  await sql`insert into audit_words (tenant_id, event_no, words)
    select ${THE_TENANT}, event_no, array_to_tsvector(string_to_array(words, ' '))
    from unnest(${words.map(([rowNo]) => rowNo)}::bigint[], ${words.map(([, text]) => text)}::text[])
      as new (event_no, words)
    on conflict do nothing`.execute(db);
}

/** Takes records out of the index inside the caller's transaction. */
export async function unindexRecords(
  db: Queries,
  kind: DatabaseKind,
  records: readonly Indexable[],
): Promise<void> {
  const rowNumbers = records.map(({ rowNo }) => rowNo);
  // The key begins with the term, so that each of these is one place in the index.
  const terms = records.flatMap(({ rowNo, at, event, raw }) =>
    indexedOf(event, viewOf(raw)).terms.map((term) => [termNumber(term), at, rowNo]),
  );
  if (kind === 'sqlite') {
    await sql`delete from audit_terms where (tenant_id, term, at, event_no) in
      (select ${THE_TENANT}, value ->> 0, value ->> 1, value ->> 2
       from json_each(${JSON.stringify(terms)}))`.execute(db);
    await sql`delete from audit_words
      where rowid in (select value from json_each(${JSON.stringify(rowNumbers)}))`.execute(db);
    return;
  }
  await sql`delete from audit_terms using
    unnest(${terms.map(([term]) => term)}::bigint[], ${terms.map(([, at]) => at)}::bigint[],
      ${terms.map(([, , rowNo]) => rowNo)}::bigint[]) as old (term, at, event_no)
    where audit_terms.tenant_id = ${THE_TENANT} and audit_terms.term = old.term
      and audit_terms.at = old.at and audit_terms.event_no = old.event_no`.execute(db);
  await sql`delete from audit_words
    where tenant_id = ${THE_TENANT} and event_no = any(${rowNumbers}::bigint[])`.execute(db);
}
