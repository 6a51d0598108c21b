import type { AlertStore } from '../../domain/ports.ts';
import { type DatabaseKind, isOneOf, type Queries } from '../database/connection.ts';
import { insertNotes, TENANT, toNote } from './alert-rows.ts';

/** Why people were alerted, or were not. */
export function createAlertStore(db: Queries, kind: DatabaseKind): AlertStore {
  const notes = () => db.selectFrom('alert_notes').selectAll().where('tenant_id', '=', TENANT);
  return {
    note: (given) => db.transaction().execute((transaction) => insertNotes(transaction, given)),

    async about(changeIds, incidentIds) {
      const found = [
        ...(await notes()
          .where('change_id', 'is not', null)
          .where(isOneOf(kind, 'change_id', changeIds))
          .execute()),
        ...(await notes()
          .where('incident_id', 'is not', null)
          .where(isOneOf(kind, 'incident_id', incidentIds))
          .execute()),
      ].map(toNote);
      const bySubject = new Map(found.map((note) => [`${note.subject} ${note.reason}`, note]));
      return [...bySubject.values()].sort((a, b) => a.at - b.at);
    },

    async reads(from, to, limit) {
      const rows = await notes()
        .where('at', '>=', from)
        .where('at', '<', to)
        .where('scan_id', 'is not', null)
        .where('change_id', 'is', null)
        .orderBy('at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toNote).reverse();
    },

    purge: (before) =>
      db.transaction().execute(async (transaction) => {
        const purge = { tenant_id: TENANT, before_at: before };
        // The database lets nobody remove a note but while this row says so.
        await transaction
          .insertInto('alert_note_purge')
          .values(purge)
          .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet({ before_at: before }))
          .execute();
        const { numDeletedRows } = await transaction
          .deleteFrom('alert_notes')
          .where('tenant_id', '=', TENANT)
          .where('at', '<', before)
          .executeTakeFirstOrThrow();
        await transaction
          .updateTable('alert_note_purge')
          .set({ before_at: null })
          .where('tenant_id', '=', TENANT)
          .execute();
        return Number(numDeletedRows);
      }),
  };
}
