import type { Selectable } from 'kysely';
import { z } from 'zod';
import { ALERT_REASONS, type AlertNote } from '../../domain/alert/reason.ts';
import { insertChunks, type Queries } from '../database/connection.ts';
import type { AlertNoteRow } from '../database/schema.ts';
import { StorageError } from '../database/storage-error.ts';

/** Until one database serves many tenants, the notes are those of the whole. */
export const TENANT = '';

const Reason = z.enum(ALERT_REASONS);

/** Keeps what was not noted before for its subject and reason, and returns that. */
export async function insertNotes(db: Queries, notes: readonly AlertNote[]): Promise<AlertNote[]> {
  const added = new Set<string>();
  for (const chunk of insertChunks(notes)) {
    const rows = await db
      .insertInto('alert_notes')
      .values(chunk.map(toRow))
      .onConflict((conflict) => conflict.columns(['tenant_id', 'subject', 'reason']).doNothing())
      .returning(['subject', 'reason'])
      .execute();
    for (const row of rows) added.add(`${row.subject} ${row.reason}`);
  }
  return notes.filter(({ subject, reason }) => added.has(`${subject} ${reason}`));
}

const toRow = (note: AlertNote): AlertNoteRow => ({
  tenant_id: TENANT,
  subject: note.subject,
  reason: note.reason,
  at: note.at,
  change_id: note.changeId,
  incident_id: note.incidentId,
  scan_id: note.scanId,
  rule_id: note.ruleId,
  until_at: note.until,
  detail: note.detail,
});

/** A note as its row says. Throws StorageError `corrupt-row`. */
export function toNote(row: Selectable<AlertNoteRow>): AlertNote {
  const reason = Reason.safeParse(row.reason);
  if (!reason.success) {
    throw new StorageError('corrupt-row', `The note on ${row.subject} has a reason that is unknown here.`);
  }
  return {
    subject: row.subject,
    reason: reason.data,
    at: row.at,
    changeId: row.change_id,
    incidentId: row.incident_id,
    scanId: row.scan_id,
    ruleId: row.rule_id,
    until: row.until_at,
    detail: row.detail,
  };
}
