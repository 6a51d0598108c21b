import type { DoctorStore } from '../../domain/ports/doctor.ts';
import { type Queries, THE_TENANT } from '../database/connection.ts';

/** Keeps what the doctor found last, so that the next run can say what is another. */
export function createDoctorStore(db: Queries): DoctorStore {
  return {
    async last() {
      const rows = await db
        .selectFrom('doctor_findings')
        .select(['check_name', 'ok', 'detail', 'looked_at'])
        .where('tenant_id', '=', THE_TENANT)
        .orderBy('check_name')
        .execute();
      const [first] = rows;
      if (!first) return null;
      const findings = rows.map(({ check_name: check, ok, detail }) => ({
        check,
        ok: ok === null ? null : ok === 1,
        detail,
      }));
      return { at: first.looked_at, findings };
    },

    async keep(findings, at) {
      const rows = findings.map(({ check, ok, detail }) => ({
        tenant_id: THE_TENANT,
        check_name: check,
        ok: ok === null ? null : ok ? (1 as const) : (0 as const),
        detail,
        looked_at: at,
      }));
      await db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom('doctor_findings').where('tenant_id', '=', THE_TENANT).execute();
        if (rows.length > 0) await transaction.insertInto('doctor_findings').values(rows).execute();
      });
    },
  };
}
