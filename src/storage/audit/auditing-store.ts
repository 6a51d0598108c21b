import { AUDITING_UNKNOWN, type Auditing, type AuditingSwitch } from '../../domain/audit/auditing.ts';
import type { AuditStore } from '../../domain/ports/audit.ts';
import { type Queries, THE_TENANT } from '../database/connection.ts';
import type { AuditingRow } from '../database/schema-audit.ts';
import { enqueue } from '../delivery/outbox-rows.ts';

/** Whether the tenant audits, in one row, written together with what is told of it. */
export function createAuditingStore(db: Queries): Pick<AuditStore, 'auditing' | 'changeAuditing'> {
  const read = async (queries: Queries): Promise<Auditing> => {
    const row = await queries
      .selectFrom('auditing')
      .selectAll()
      .where('tenant_id', '=', THE_TENANT)
      .executeTakeFirst();
    return row ? fromRow(row) : AUDITING_UNKNOWN;
  };
  return {
    auditing: () => read(db),

    changeAuditing(change) {
      return db.transaction().execute(async (transaction) => {
        const { auditing, news } = change(await read(transaction));
        const row = toRow(auditing);
        await transaction
          .insertInto('auditing')
          .values({ tenant_id: THE_TENANT, ...row })
          .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(row))
          .execute();
        await enqueue(transaction, news);
        return auditing;
      });
    },
  };
}

const toRow = (auditing: Auditing): Omit<AuditingRow, 'tenant_id'> => ({
  state: auditing.state,
  since: auditing.since,
  answer: auditing.answer?.state ?? null,
  answer_at: auditing.answer?.at ?? null,
  record: auditing.record?.state ?? null,
  record_at: auditing.record?.at ?? null,
  asked_at: auditing.askedAt,
  detail: auditing.detail,
});

const fromRow = (row: AuditingRow): Auditing => ({
  state: row.state,
  since: row.since,
  answer: switchOf(row.answer, row.answer_at),
  record: switchOf(row.record, row.record_at),
  askedAt: row.asked_at,
  detail: row.detail,
});

const switchOf = (state: AuditingSwitch['state'] | null, at: number | null): AuditingSwitch | null =>
  state === null || at === null ? null : { state, at };
