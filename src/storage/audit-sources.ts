import type { AuditStore } from '../domain/audit/archive.ts';
import type { Queries } from './connection.ts';

type SourceProblems = Pick<AuditStore, 'setProblem' | 'problems'>;

/** Why an audit source cannot be read at present. */
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
        .values({ source, ...row })
        .onConflict((conflict) => conflict.column('source').doUpdateSet(row))
        .execute();
    },

    async problems() {
      const rows = await db.selectFrom('audit_sources').selectAll().orderBy('source').execute();
      return rows.flatMap(({ source, problem_code, problem_message, problem_at }) =>
        problem_code === null || problem_message === null || problem_at === null
          ? []
          : [{ source, code: problem_code, message: problem_message, at: problem_at }],
      );
    },
  };
}
