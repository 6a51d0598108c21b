import { type Kysely, sql } from 'kysely';
import { integer, type MigrationTarget, numbered, strict } from '../column-types.ts';

/** The ledger of what was read of each audit feed, records that are not sound, and purges of the archive. */
export async function createCoverage(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('audit_windows')
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('content_type', 'text', (column) => column.notNull())
      .addColumn('from_at', int, (column) => column.notNull())
      .addColumn('to_at', int, (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('read_to', int)
      .addColumn('attempts', int, (column) => column.notNull())
      .addColumn('reads', int, (column) => column.notNull())
      .addColumn('reason', 'text')
      .addColumn('due_at', int)
      .addPrimaryKeyConstraint('audit_windows_key', ['source', 'content_type', 'from_at']),
  ).execute();
  await sql`create index audit_windows_failed on audit_windows (source, content_type, from_at)
    where status = 'failed'`.execute(db);

  await strict(
    target,
    db.schema
      .createTable('audit_contents')
      .addColumn('address', 'text', (column) => column.primaryKey().notNull())
      .addColumn('received_at', int, (column) => column.notNull()),
  ).execute();
  await db.schema.createIndex('audit_contents_by_time').on('audit_contents').column('received_at').execute();

  await sql`alter table audit_sources add column complete_from ${sql.raw(int)}`.execute(db);
  await sql`alter table audit_events add column flaw text`.execute(db);
  await sql`create index audit_events_flawed on audit_events (flaw) where flaw is not null`.execute(db);

  await strict(
    target,
    db.schema
      .createTable('audit_purges')
      .addColumn('row_no', numbered(target), (column) => column.primaryKey())
      .addColumn('at', int, (column) => column.notNull())
      .addColumn('before_at', int, (column) => column.notNull())
      .addColumn('removed', int, (column) => column.notNull())
      .addColumn('open', int, (column) => column.notNull()),
  ).execute();
  await allowPurge(db, target);
}

/**
 * A record still cannot be changed, nor removed by hand. The one exception is what the administrator asks
 * for with AUDIT_RETENTION_DAYS: inside the transaction of a purge, and only there, its row in
 * `audit_purges` is open, and then records from before its time may go.
 */
async function allowPurge(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  if (target === 'sqlite') {
    await sql`drop trigger audit_events_no_delete`.execute(db);
    await sql`create trigger audit_events_no_delete before delete on audit_events
      when not exists (select 1 from audit_purges where open = 1 and before_at > old.at)
      begin select raise(abort, 'audit_events is append-only'); end`.execute(db);
    await sql`create index audit_purges_open on audit_purges (before_at) where open = 1`.execute(db);
    return;
  }
  await sql`create function refuse_audit_delete() returns trigger language plpgsql as $$ begin
    if exists (select 1 from audit_purges where open = 1 and before_at > old.at) then return old; end if;
    raise exception 'audit_events is append-only' using errcode = '55000';
  end $$`.execute(db);
  await sql`drop trigger audit_events_append_only on audit_events`.execute(db);
  await sql`create trigger audit_events_append_only before update on audit_events
    for each row execute function refuse_ledger_change()`.execute(db);
  await sql`create trigger audit_events_no_delete before delete on audit_events
    for each row execute function refuse_audit_delete()`.execute(db);
}
