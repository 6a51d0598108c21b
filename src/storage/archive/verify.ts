import type { Selectable } from 'kysely';
import type { ChainHead, ChainProblem, Verification } from '../../domain/ports/archive.ts';
import { type Queries, THE_TENANT } from '../database/connection.ts';
import type { ArchiveLinkRow } from '../database/schema-archive.ts';
import { type ArchiveKey, HASH_LENGTH, type Link, LinkBody, macOf, recordHash, unpackRows } from './link.ts';
import { RowSet } from './row-set.ts';

/** Links read at a time, and rows of records. */
const LINKS_AT_A_TIME = 200;
const ROWS_AT_A_TIME = 500;
/** As many problems are named; the rest is counted. */
const MAX_PROBLEMS = 1_000;

type Findings = {
  records: number;
  days: Set<string>;
  links: number;
  lastKeyId: string;
  removedBy: Map<string, number>;
  problems: ChainProblem[];
  problemCount: number;
};

/**
 * Reads the whole chain and the whole archive, and says what does not fit.
 * @param keys those that may have sealed links; where there is one, links without a key are a problem
 * @param known heads that were noted outside the database
 */
export async function verifyChain(
  db: Queries,
  keys: readonly ArchiveKey[],
  known: readonly ChainHead[],
  signal: AbortSignal,
): Promise<Verification> {
  const findings: Findings = {
    records: 0,
    days: new Set(),
    links: 0,
    lastKeyId: '',
    removedBy: new Map(),
    problems: [],
    problemCount: 0,
  };
  const removed = new RowSet();
  const head = await checkLinks(db, keys, known, findings, removed, signal);
  const sealed = await checkRecords(db, removed, findings, signal);
  await findAdded(db, sealed, removed, findings, signal);
  const { records, days, links, removedBy, problems, problemCount, lastKeyId } = findings;
  return {
    records,
    days: days.size,
    links,
    sealedWithKey: keys.some(({ id }) => id === lastKeyId),
    removed: [...removedBy].map(([policy, count]) => ({ policy, records: count })),
    problems,
    problemCount,
    head,
  };
}

function note(findings: Findings, problem: ChainProblem): void {
  findings.problemCount += 1;
  if (findings.problems.length < MAX_PROBLEMS) findings.problems.push(problem);
}

/** Checks that every link follows from the one before it; gathers the rows that were removed in order. */
async function checkLinks(
  db: Queries,
  keys: readonly ArchiveKey[],
  known: readonly ChainHead[],
  findings: Findings,
  removed: RowSet,
  signal: AbortSignal,
): Promise<ChainHead | null> {
  const outside = new Map(known.map((head) => [head.seq, head.mac]));
  let previous: Link | null = null;
  let firstUnkeyed: Link | null = null;
  for await (const row of linksOf(db, signal)) {
    const link = toLink(row);
    checkPlace(findings, previous, link);
    const key = keys.find(({ id }) => id === link.keyId) ?? null;
    if (link.keyId !== '' && key === null) {
      noteLink(findings, 'key', link, `is sealed with the key ${link.keyId}, which was not given`);
    } else if (macOf(key, previous?.mac ?? '', link) !== link.mac) {
      noteLink(findings, 'link', link, 'is not as it was sealed');
    }
    if (link.keyId !== '') firstUnkeyed = null;
    else firstUnkeyed ??= link;
    const noted = outside.get(link.seq);
    if (noted !== undefined && noted !== link.mac)
      noteLink(findings, 'head', link, 'is another one than was noted outside the database');
    noteRemoval(findings, removed, link);
    findings.links += 1;
    findings.lastKeyId = link.keyId;
    previous = link;
  }
  if (keys.length > 0 && firstUnkeyed) {
    noteLink(
      findings,
      'key',
      firstUnkeyed,
      'and all after it are sealed without a key: anybody who can write to the database could have made them',
    );
  }
  const last = previous?.seq ?? 0;
  const lost = known.filter(({ seq }) => seq > last);
  for (const { seq } of lost.slice(-1)) {
    note(findings, {
      kind: 'head',
      day: previous?.day ?? null,
      record: null,
      detail: `The chain ends with link ${last}, and link ${seq} was noted outside the database: the newest links were taken out, or an older copy of the database was put back.`,
    });
  }
  return previous === null ? null : { seq: previous.seq, mac: previous.mac };
}

function checkPlace(findings: Findings, previous: Link | null, link: Link): void {
  const expected = (previous?.seq ?? 0) + 1;
  if (link.seq === expected) return;
  const gap = link.seq - 1 === expected ? `Link ${expected} is` : `Links ${expected} to ${link.seq - 1} are`;
  note(findings, { kind: 'link', day: link.day, record: null, detail: `${gap} missing from the chain.` });
}

function noteLink(findings: Findings, kind: ChainProblem['kind'], link: Link, what: string): void {
  note(findings, { kind, day: link.day, record: null, detail: `Link ${link.seq} of the chain ${what}.` });
}

function noteRemoval(findings: Findings, removed: RowSet, link: Link): void {
  const body = bodyOf(link);
  if (body?.kind !== 'removal') return;
  for (const row of unpackRows(body.rows)) removed.add(row);
  findings.removedBy.set(body.policy, (findings.removedBy.get(body.policy) ?? 0) + body.rows.length);
}

/** Compares every sealed record with its hash. Returns the rows that the chain seals. */
async function checkRecords(
  db: Queries,
  removed: RowSet,
  findings: Findings,
  signal: AbortSignal,
): Promise<RowSet> {
  const sealed = new RowSet();
  for await (const row of linksOf(db, signal)) {
    const link = toLink(row);
    const body = bodyOf(link);
    if (body === null) {
      noteLink(findings, 'link', link, 'cannot be read');
      continue;
    }
    if (body.kind !== 'records') continue;
    findings.days.add(link.day);
    const rows = unpackRows(body.rows);
    for (let from = 0; from < rows.length; from += ROWS_AT_A_TIME) {
      const part = rows.slice(from, from + ROWS_AT_A_TIME);
      const stored = await recordsOf(db, part);
      for (const [index, number] of part.entries()) {
        sealed.add(number);
        const record = stored.get(number);
        const expected = body.hashes.slice((from + index) * HASH_LENGTH, (from + index + 1) * HASH_LENGTH);
        if (record === undefined) {
          if (!removed.has(number)) noteRecord(findings, 'missing', link.day, null, 'was taken out');
        } else if (recordHash(record) !== expected) {
          noteRecord(findings, 'changed', link.day, record.id, 'was changed');
        } else {
          findings.records += 1;
        }
      }
    }
  }
  return sealed;
}

function noteRecord(
  findings: Findings,
  kind: ChainProblem['kind'],
  day: string,
  record: string | null,
  what: string,
): void {
  const which = record === null ? 'A record' : `Record ${record}`;
  note(findings, { kind, day, record, detail: `${which} of ${day} ${what} after it was stored.` });
}

/** Finds records that no link seals, and those that came back after they had been removed. */
async function findAdded(
  db: Queries,
  sealed: RowSet,
  removed: RowSet,
  findings: Findings,
  signal: AbortSignal,
): Promise<void> {
  for (let after = -1; ; ) {
    signal.throwIfAborted();
    const rows = await db
      .selectFrom('audit_events')
      .select(['row_no', 'id', 'at'])
      .where('row_no', '>', after)
      .orderBy('row_no')
      .limit(10 * ROWS_AT_A_TIME)
      .execute();
    for (const { row_no, id, at } of rows) {
      if (sealed.has(row_no) && !removed.has(row_no)) continue;
      const day = new Date(at).toISOString().slice(0, 10);
      note(findings, {
        kind: 'added',
        day,
        record: id,
        detail: `Record ${id} of ${day} was added by something else than License Watch.`,
      });
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.row_no;
  }
}

async function recordsOf(db: Queries, rows: readonly number[]) {
  const found = await db.selectFrom('audit_events').selectAll().where('row_no', 'in', rows).execute();
  return new Map(found.map((row) => [row.row_no, row]));
}

async function* linksOf(db: Queries, signal: AbortSignal): AsyncGenerator<Selectable<ArchiveLinkRow>> {
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    signal.throwIfAborted();
    const rows = await db
      .selectFrom('archive_links')
      .selectAll()
      .where('tenant_id', '=', THE_TENANT)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(LINKS_AT_A_TIME)
      .execute();
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

const toLink = (row: Selectable<ArchiveLinkRow>): Link => ({
  seq: row.seq,
  day: row.day,
  writtenAt: row.written_at,
  body: row.body,
  keyId: row.key_id,
  mac: row.mac,
});

/** What a link says; null where that cannot be read. */
function bodyOf(link: Link): LinkBody | null {
  try {
    const parsed = LinkBody.safeParse(JSON.parse(link.body));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
