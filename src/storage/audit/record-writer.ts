import type { Selectable } from 'kysely';
import type { ArchivedEvent } from '../../domain/audit/event.ts';
import { recordTypeIn } from '../../domain/audit/record-types.ts';
import type { Chain } from '../archive/chain.ts';
import { insertChunks, type Queries } from '../database/connection.ts';
import type { AuditEventRow } from '../database/schema-audit.ts';
import type { WriteRows } from '../database/write-rows.ts';
import { targetIdsOf } from './audit-targets.ts';
import type { SearchIndex } from './search-index.ts';

type NewRow = Omit<Selectable<AuditEventRow>, 'row_no'>;

/** What is done with a record besides storing it, in the same transaction. */
export type RecordParts = { chain: Chain; index: SearchIndex };

/** Stores records inside the caller's transaction; returns those that were new. */
type StoreRecords = (
  db: Queries,
  events: readonly ArchivedEvent[],
  receivedAt: number,
) => Promise<ArchivedEvent[]>;

/**
 * Makes what stores records under their targets, seals and indexes them.
 * @param writeRows of SQLite; without it rows go by INSERTs of many rows
 */
export function recordWriter(writeRows: WriteRows | undefined, { chain, index }: RecordParts): StoreRecords {
  const rowsInto = writeRows ? throughStatements(writeRows) : throughInserts;
  return async (db, events, receivedAt) => {
    const rows = events.map((archived) => toRow(archived, receivedAt));
    const fresh: { archived: ArchivedEvent; row: NewRow & { row_no: number } }[] = [];
    for (const [index, number] of (await rowsInto.events(db, rows)).entries()) {
      const [archived, row] = [events[index], rows[index]];
      if (archived && row && number !== null) fresh.push({ archived, row: { ...row, row_no: number } });
    }
    await chain.sealRecords(
      db,
      fresh.map(({ row }) => row),
      receivedAt,
    );
    const targets = fresh.flatMap(({ archived: { event }, row }) =>
      targetIdsOf(event).map((id) => [id, event.at, row.row_no] as const),
    );
    await rowsInto.targets(db, targets);
    await index(
      db,
      fresh.map(({ archived: { event, raw, body }, row }) => ({
        rowNo: row.row_no,
        at: event.at,
        event,
        raw,
        body,
      })),
    );
    return fresh.map(({ archived }) => archived);
  };
}

type Target = readonly [targetId: string, at: number, eventNo: number];

type RowsInto = {
  /** Of each row the number that it got; null for a record that was known, or that comes a second time. */
  events(db: Queries, rows: readonly NewRow[]): Promise<(number | null)[]>;
  targets(db: Queries, targets: readonly Target[]): Promise<void>;
};

const COLUMNS = [
  'id',
  'source',
  'at',
  'received_at',
  'operation',
  'workload',
  'result',
  'actor_kind',
  'actor_id',
  'actor_name',
  'correlation_id',
  'client_ip',
  'event',
  'raw',
  'flaw',
  'record_type',
] as const satisfies (keyof NewRow)[];

const INSERT_EVENT = `insert into audit_events (${COLUMNS.join(', ')})
  values (${COLUMNS.map(() => '?').join(', ')}) on conflict (id) do nothing`;
const INSERT_TARGET = 'insert into audit_targets (target_id, at, event_no) values (?, ?, ?)';

const throughStatements = (writeRows: WriteRows): RowsInto => ({
  events: (_, rows) =>
    Promise.resolve(
      writeRows(
        INSERT_EVENT,
        rows.map((row) => COLUMNS.map((column) => row[column])),
      ),
    ),
  targets: (_, targets) => Promise.resolve(void writeRows(INSERT_TARGET, targets)),
});

const throughInserts: RowsInto = {
  async events(db, rows) {
    if (rows.length === 0) return [];
    const inserted = await db
      .insertInto('audit_events')
      .values(rows)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning(['row_no', 'id'])
      .execute();
    const numbers = new Map(inserted.map((row) => [row.id, row.row_no]));
    return rows.map(({ id }) => {
      const number = numbers.get(id) ?? null;
      // A page may name a record twice: the first one is stored, sealed, and matches.
      numbers.delete(id);
      return number;
    });
  },
  async targets(db, targets) {
    for (const chunk of insertChunks(targets)) {
      const rows = chunk.map(([target_id, at, event_no]) => ({ target_id, at, event_no }));
      await db.insertInto('audit_targets').values(rows).execute();
    }
  },
};

const toRow = ({ event, raw, flaw }: ArchivedEvent, receivedAt: number): NewRow => ({
  id: event.id,
  source: event.source,
  at: event.at,
  received_at: receivedAt,
  operation: event.operation,
  workload: event.workload,
  result: event.result,
  actor_kind: event.actor?.kind ?? null,
  // Exchange and SharePoint name people by UPN only: they are found by that, in lower case.
  actor_id: event.actor?.id ?? event.actor?.name?.toLowerCase() ?? null,
  actor_name: event.actor?.name ?? null,
  correlation_id: event.correlationId,
  client_ip: event.clientIp,
  event: JSON.stringify(event),
  raw,
  flaw: flaw ?? null,
  record_type: recordTypeIn(raw),
});
