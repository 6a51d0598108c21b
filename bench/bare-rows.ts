import path from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { AuditEvent } from '../src/storage/audit/audit-json.ts';
import { targetIdsOf } from '../src/storage/audit/audit-targets.ts';
import { readStored } from '../src/storage/database/stored-json.ts';
import { openStore } from '../src/storage/open-store.ts';

type Row = Record<string, SQLInputValue>;

/** The product's two tables of audit records, filled with nothing but prepared statements. */
export type BareArchive = {
  /** Parses the texts and inserts the rows, in one transaction. */
  insert(texts: readonly string[], rows: ArchiveRows): void;
  close(): void;
};

/** Rows of `audit_events` and `audit_targets` as the product wrote them. */
export type ArchiveRows = { events: Row[]; targets: Row[] };

/** Makes a file with the product's schema and settings. */
export async function openBareArchive(folder: string): Promise<BareArchive> {
  const file = path.join(folder, 'bare.db');
  await (await openStore({ url: `file:${file}` })).close();
  const database = openFile(file);
  const event = database.prepare(
    `insert into audit_events (${EVENT_COLUMNS.join(', ')}) values (${EVENT_COLUMNS.map((name) => `:${name}`).join(', ')})`,
  );
  const target = database.prepare(
    'insert into audit_targets (target_id, at, event_no) values (:target_id, :at, :event_no)',
  );
  return {
    insert(texts, rows) {
      for (const text of texts) JSON.parse(text);
      database.exec('begin immediate');
      for (const row of rows.events) event.run(row);
      for (const row of rows.targets) target.run(row);
      database.exec('commit');
    },
    close: () => database.close(),
  };
}

const EVENT_COLUMNS = [
  'row_no',
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
] as const;

/** Reads what the product added since the last time, from its file. */
export function followRows(file: string): { next(): ArchiveRows; close(): void } {
  const database = openFile(file);
  const added = database.prepare('select * from audit_events where row_no > ? order by row_no');
  let last = 0;
  return {
    next() {
      const events = added.all(last);
      last = Number(events.at(-1)?.row_no ?? last);
      const targets = events.flatMap(({ row_no, event, at }) =>
        targetIdsOf(readStored(AuditEvent, String(event), `record ${row_no}`)).map(
          (target_id): Row => ({ target_id, at: at ?? null, event_no: row_no ?? null }),
        ),
      );
      return { events, targets };
    },
    close: () => database.close(),
  };
}

/** With the settings of `src/storage/open-sqlite.ts`; the page size is the file's. */
function openFile(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec(`pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -32768;
    pragma journal_size_limit = 67108864`);
  return database;
}
