import type { Selectable } from 'kysely';
import type { SuppressionStore } from '../../domain/ports.ts';
import type { WatchMark } from '../../domain/suppression/suppression.ts';
import { type Queries, unlessTaken } from '../database/connection.ts';
import type { WatchMarkRow } from '../database/schema.ts';
import { readStored } from '../database/stored-json.ts';
import { Person } from './decision-json.ts';
import { insertDecision } from './decision-rows.ts';
import { putRule, putSilence, toRule, toSilence } from './suppression-rows.ts';

/** What people told the bot to expect, to be quiet about, and to watch closely. */
export function createSuppressionStore(db: Queries): SuppressionStore {
  return {
    async rules() {
      const rows = await db
        .selectFrom('standing_rules')
        .select(['id', 'body'])
        .orderBy('row_no', 'desc')
        .execute();
      return rows.map(toRule);
    },

    async silences(now) {
      const rows = await db
        .selectFrom('silences')
        .select(['id', 'body'])
        .where('until_at', '>', now)
        .where('ended_at', 'is', null)
        .orderBy('row_no', 'desc')
        .execute();
      return rows.map(toSilence);
    },

    async silence(id) {
      const row = await db
        .selectFrom('silences')
        .select(['id', 'body'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row ? toSilence(row) : null;
    },

    async marks() {
      const rows = await db
        .selectFrom('watch_marks')
        .selectAll()
        .orderBy('at')
        .orderBy('subject_id')
        .execute();
      return rows.map(toMark);
    },

    async commit({ decision, rule, silence, mark, unmark }) {
      const written = db.transaction().execute(async (transaction) => {
        await insertDecision(transaction, decision);
        if (rule) await putRule(transaction, rule);
        if (silence) await putSilence(transaction, silence);
        if (mark) await putMark(transaction, mark);
        if (unmark && unmark.kind !== 'sku') {
          await transaction
            .deleteFrom('watch_marks')
            .where('subject_kind', '=', unmark.kind)
            .where('subject_id', '=', unmark.id)
            .execute();
        }
      });
      return unlessTaken(written);
    },
  };
}

/** Who is watched already stays so; the last who asked for it is noted. */
async function putMark(db: Queries, { subject, at, by }: WatchMark): Promise<void> {
  const row = { at, marked_by: JSON.stringify(by) };
  await db
    .insertInto('watch_marks')
    .values({ subject_kind: subject.kind, subject_id: subject.id, ...row })
    .onConflict((conflict) => conflict.columns(['subject_kind', 'subject_id']).doUpdateSet(row))
    .execute();
}

const toMark = (row: Selectable<WatchMarkRow>): WatchMark => ({
  subject: { kind: row.subject_kind, id: row.subject_id },
  by: readStored(Person, row.marked_by, `the mark on ${row.subject_kind} ${row.subject_id}`),
  at: row.at,
});
