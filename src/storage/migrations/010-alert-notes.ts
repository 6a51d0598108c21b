import { type Kysely, sql } from 'kysely';
import { integer, type MigrationTarget, strict } from './column-types.ts';

/** Why something was alerted or was not; and the two meanings that an incident's rule had, apart. */
export async function createAlertNotes(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const int = integer(target);
  await strict(
    target,
    db.schema
      .createTable('alert_notes')
      .addColumn('tenant_id', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('at', int, (column) => column.notNull())
      .addColumn('change_id', 'text')
      .addColumn('incident_id', 'text')
      .addColumn('scan_id', 'text')
      .addColumn('rule_id', 'text')
      .addColumn('until_at', int)
      .addColumn('detail', 'text')
      .addPrimaryKeyConstraint('alert_notes_key', ['tenant_id', 'subject', 'reason']),
  ).execute();
  await sql`create index alert_notes_by_change on alert_notes (tenant_id, change_id)
    where change_id is not null`.execute(db);
  await sql`create index alert_notes_by_incident on alert_notes (tenant_id, incident_id)
    where incident_id is not null`.execute(db);
  await db.schema.createIndex('alert_notes_by_time').on('alert_notes').columns(['tenant_id', 'at']).execute();
  await strict(
    target,
    db.schema
      .createTable('alert_note_purge')
      .addColumn('tenant_id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('before_at', int),
  ).execute();
  await letOnlyThePurgeRemove(db, target);
  await splitRules(db);
}

/** Notes are never changed, and go only while the purge says that what is older than this may go. */
async function letOnlyThePurgeRemove(db: Kysely<unknown>, target: MigrationTarget): Promise<void> {
  const isPurged = sql`exists (select 1 from alert_note_purge p
    where p.tenant_id = old.tenant_id and old.at < p.before_at)`;
  if (target === 'sqlite') {
    await sql`create trigger alert_notes_no_update before update on alert_notes
      begin select raise(abort, 'alert_notes is append-only'); end`.execute(db);
    await sql`create trigger alert_notes_no_delete before delete on alert_notes when not ${isPurged}
      begin select raise(abort, 'alert_notes is append-only'); end`.execute(db);
    return;
  }
  await sql`create or replace function keep_alert_notes() returns trigger language plpgsql as
    $$ begin
      if tg_op = 'DELETE' and ${isPurged} then return old; end if;
      raise exception 'alert_notes is append-only' using errcode = '55000';
    end $$`.execute(db);
  await sql`create trigger alert_notes_append_only before update or delete on alert_notes
    for each row execute function keep_alert_notes()`.execute(db);
  await sql`create trigger alert_notes_no_truncate before truncate on alert_notes
    for each statement execute function refuse_ledger_change()`.execute(db);
}

type StoredIncident = { id: string; status: string; body: string };

/**
 * The rule of an open incident was one that it exceeded, and so was that of an incident which was put right: only an
 * open one can be. Any other was hidden by its rule, but where somebody made the rule of it.
 */
async function splitRules(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<StoredIncident>`select id, status, body from incidents`.execute(db);
  const made = await madeOf(db);
  for (const row of rows) {
    const { ruleId = null, ...incident }: { ruleId?: string | null } = JSON.parse(row.body);
    const exceeded = row.status === 'open' || row.status === 'restored';
    const isMade = ruleId !== null && made.get(ruleId) === row.id;
    const body = JSON.stringify({
      ...incident,
      hiddenByRuleId: exceeded || isMade ? null : ruleId,
      exceededRuleId: exceeded ? ruleId : null,
    });
    await sql`update incidents set body = ${body} where id = ${row.id}`.execute(db);
  }
}

/** The incident that each rule was made of, by the rule's id. */
async function madeOf(db: Kysely<unknown>): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; body: string }>`select id, body from standing_rules`.execute(db);
  return new Map(
    rows.map(({ id, body }) => {
      const { incidentId }: { incidentId: string } = JSON.parse(body);
      return [id, incidentId];
    }),
  );
}
