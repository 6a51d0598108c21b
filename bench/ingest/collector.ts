import path from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

/** The collector that an admin would write: each record once by its id, as it came, with three indexes to find it by. */
export type Collector = {
  /** Parses the texts of blobs and inserts their records, in one transaction. */
  take(texts: readonly string[]): void;
  close(): void;
};

export function openCollector(folder: string): Collector {
  const database = new DatabaseSync(path.join(folder, 'collector.db'));
  database.exec(`pragma journal_mode = wal; pragma synchronous = normal;
    create table records (id text primary key, time text, operation text, user_id text, object_id text, record text);
    create index records_by_time on records (time);
    create index records_by_user on records (user_id);
    create index records_by_object on records (object_id)`);
  const insert = database.prepare('insert or ignore into records values (?, ?, ?, ?, ?, ?)');
  return {
    take(texts) {
      database.exec('begin');
      for (const text of texts) {
        for (const record of JSON.parse(text) as Record<string, SQLInputValue>[]) {
          const { Id = null, CreationTime = null, Operation = null, UserId = null, ObjectId = null } = record;
          insert.run(Id, CreationTime, Operation, UserId, ObjectId, JSON.stringify(record));
        }
      }
      database.exec('commit');
    },
    close: () => database.close(),
  };
}
