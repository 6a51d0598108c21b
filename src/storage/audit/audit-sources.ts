import { sql } from 'kysely';
import { HOUR_MS } from '../../domain/durations.ts';
import type { AuditStore } from '../../domain/ports/audit.ts';
import type { Queries } from '../database/connection.ts';

type SourceProblems = Pick<
  AuditStore,
  'setProblem' | 'problems' | 'hoursWithRecords' | 'setSilentSince' | 'silences'
>;

/** Why an audit source cannot be read at present, and since when one that can be read has said nothing. */
export function createSourceProblems(db: Queries): SourceProblems {
  return {
    async setProblem(source, problem) {
      const row = {
        problem_code: problem?.code ?? null,
        problem_message: problem?.message ?? null,
        problem_at: problem?.at ?? null,
      };
      await db
        .insertInto('audit_sources')
        .values({ source, ...row, failures: problem ? 1 : 0, failing_since: problem?.at ?? null })
        .onConflict((conflict) =>
          conflict.column('source').doUpdateSet({
            ...row,
            failures: problem ? sql<number>`coalesce(audit_sources.failures, 0) + 1` : 0,
            failing_since: problem
              ? sql<number>`coalesce(audit_sources.failing_since, excluded.failing_since)`
              : null,
          }),
        )
        .execute();
    },

    async problems() {
      const rows = await db.selectFrom('audit_sources').selectAll().orderBy('source').execute();
      return rows.flatMap(({ source, problem_code, problem_message, problem_at, failures, failing_since }) =>
        problem_code === null || problem_message === null || problem_at === null
          ? []
          : [
              {
                source,
                code: problem_code,
                message: problem_message,
                at: problem_at,
                since: failing_since ?? problem_at,
                failures: failures ?? 1,
              },
            ],
      );
    },

    async hoursWithRecords(source, from) {
      const { rows } = await sql<{ hour: number }>`
        select distinct (at - at % ${sql.lit(HOUR_MS)}) as hour from audit_events
        where source = ${source} and at >= ${from} order by 1`.execute(db);
      return rows.map(({ hour }) => Number(hour));
    },

    async setSilentSince(source, since) {
      await db
        .insertInto('audit_sources')
        .values({ source, silent_since: since })
        .onConflict((conflict) => conflict.column('source').doUpdateSet({ silent_since: since }))
        .execute();
    },

    async silences() {
      const rows = await db
        .selectFrom('audit_sources')
        .select(['source', 'silent_since'])
        .where('silent_since', 'is not', null)
        .orderBy('source')
        .execute();
      return rows.flatMap(({ source, silent_since }) =>
        silent_since === null ? [] : [{ source, since: silent_since }],
      );
    },
  };
}
