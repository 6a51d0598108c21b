import type { JobStore } from '../../domain/ports.ts';
import type { Queries } from '../database/connection.ts';

/** The last run of each job. One that never finished was cut off by the end of its process. */
export function createJobStore(db: Queries): JobStore {
  return {
    async started(name, at) {
      const run = { started_at: at, finished_at: null, ok: null, detail: null };
      await db
        .insertInto('job_runs')
        .values({ name, last_success_at: null, ...run })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(run))
        .execute();
    },

    async finished(name, at, ok, detail) {
      await db
        .updateTable('job_runs')
        .set({ finished_at: at, ok: ok ? 1 : 0, detail, ...(ok ? { last_success_at: at } : {}) })
        .where('name', '=', name)
        .execute();
    },

    async last(name) {
      const row = await db.selectFrom('job_runs').selectAll().where('name', '=', name).executeTakeFirst();
      if (!row) return null;
      return {
        name: row.name,
        startedAt: row.started_at,
        finishedAt: row.finished_at,
        ok: row.ok === null ? null : row.ok === 1,
        detail: row.detail,
        lastSuccessAt: row.last_success_at,
      };
    },
  };
}
