import { z } from 'zod';
import type { KeptSentence, SentenceStore } from '../../domain/ports.ts';
import { type Queries, THE_TENANT } from '../database/connection.ts';
import type { KeptSentenceRow } from '../database/schema-kept.ts';
import { readStored } from '../database/stored-json.ts';

const CHUNK = 500;
const Offered = z.array(z.string());

/** Sentences that were not understood or not clear. */
export function createSentenceStore(db: Queries): SentenceStore {
  const all = () => db.selectFrom('kept_sentences').selectAll().where('tenant_id', '=', THE_TENANT);
  return {
    async keep({ id, at, language, sentence, offered }) {
      const row = { id, at, language, sentence, offered: JSON.stringify(offered), pressed: null };
      await db
        .insertInto('kept_sentences')
        .values({ tenant_id: THE_TENANT, ...row })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'id']).doNothing())
        .execute();
    },

    async press(id, intent) {
      const row = await all().where('id', '=', id).executeTakeFirst();
      if (!row || !toSentence(row).offered.includes(intent)) return;
      await db
        .updateTable('kept_sentences')
        .set({ pressed: intent })
        .where('tenant_id', '=', THE_TENANT)
        .where('id', '=', id)
        .where('pressed', 'is', null)
        .execute();
    },

    async *between(from, to) {
      let after = { at: from, id: '' };
      for (;;) {
        const { at, id } = after;
        const rows = await all()
          .where('at', '>=', at)
          .where('at', '<', to)
          .where((where) => where.or([where('at', '>', at), where('id', '>', id)]))
          .orderBy('at')
          .orderBy('id')
          .limit(CHUNK)
          .execute();
        const last = rows.at(-1);
        if (!last) return;
        yield rows.map(toSentence);
        if (rows.length < CHUNK) return;
        after = last;
      }
    },

    async purge(before) {
      const { numDeletedRows } = await db
        .deleteFrom('kept_sentences')
        .where('tenant_id', '=', THE_TENANT)
        .where('at', '<', before)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

const toSentence = ({ tenant_id: _, offered, ...row }: KeptSentenceRow): KeptSentence => ({
  ...row,
  offered: readStored(Offered, offered, `the kept sentence ${row.id}`),
});
