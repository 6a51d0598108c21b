import type { ForwardState, ForwardStore } from '../../domain/ports/forwarding.ts';
import { type Queries, THE_TENANT } from '../database/connection.ts';

const NOTHING_YET: ForwardState = {
  rowNo: 0,
  sent: 0,
  refused: 0,
  head: null,
  headAt: null,
  failures: 0,
  failingSince: null,
  problem: null,
  notBefore: null,
};

/** How far each SIEM has the archive. Records are read in the order in which they were stored. */
export function createForwardStore(db: Queries): ForwardStore {
  return {
    async state(siem) {
      const row = await db
        .selectFrom('forwarding')
        .selectAll()
        .where('tenant_id', '=', THE_TENANT)
        .where('siem', '=', siem)
        .executeTakeFirst();
      if (!row) return NOTHING_YET;
      return {
        rowNo: row.row_no,
        sent: row.sent,
        refused: row.refused,
        head: row.head,
        headAt: row.head_at,
        failures: row.failures,
        failingSince: row.failing_since,
        problem: row.problem,
        notBefore: row.not_before,
      };
    },

    async save(siem, state) {
      const columns = {
        row_no: state.rowNo,
        sent: state.sent,
        refused: state.refused,
        head: state.head,
        head_at: state.headAt,
        failures: state.failures,
        failing_since: state.failingSince,
        problem: state.problem,
        not_before: state.notBefore,
      };
      await db
        .insertInto('forwarding')
        .values({ tenant_id: THE_TENANT, siem, ...columns })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'siem']).doUpdateSet(columns))
        .execute();
    },

    async after(rowNo, limit) {
      const rows = await db
        .selectFrom('audit_events')
        .selectAll()
        .where('row_no', '>', rowNo)
        .orderBy('row_no')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        rowNo: row.row_no,
        id: row.id,
        source: row.source,
        at: row.at,
        receivedAt: row.received_at,
        operation: row.operation,
        workload: row.workload,
        result: row.result,
        actorKind: row.actor_kind,
        actorId: row.actor_id,
        actorName: row.actor_name,
        correlationId: row.correlation_id,
        clientIp: row.client_ip,
        raw: row.raw,
      }));
    },

    async behind(rowNo) {
      const row = await db
        .selectFrom('audit_events')
        .select(({ fn }) => [fn.countAll<number>().as('records'), fn.min('received_at').as('oldest')])
        .where('row_no', '>', rowNo)
        .executeTakeFirstOrThrow();
      return { records: Number(row.records), oldestAt: row.oldest === null ? null : Number(row.oldest) };
    },
  };
}
