import type { AuditStore } from '../domain/ports.ts';
import type { Queries } from './connection.ts';

type SourceLedger = Pick<AuditStore, 'coverage' | 'setCoverage' | 'setProblem' | 'problems'>;

/** How far each audit source was read, and why it could not be read last time. */
export function createSourceLedger(db: Queries): SourceLedger {
  const sources = () => db.selectFrom('audit_sources').selectAll().orderBy('source');
  return {
    async coverage() {
      return (await sources().execute()).map((row) => ({ source: row.source, completeTo: row.complete_to }));
    },

    /** Never goes back: a window that is read again ends earlier and takes nothing away. */
    async setCoverage(source, completeTo) {
      await db
        .insertInto('audit_sources')
        .values({ source, complete_to: completeTo })
        .onConflict((conflict) =>
          conflict
            .column('source')
            .doUpdateSet({ complete_to: completeTo })
            .where((where) =>
              where.or([
                where('audit_sources.complete_to', 'is', null),
                where('audit_sources.complete_to', '<', completeTo),
              ]),
            ),
        )
        .execute();
    },

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
      return (await sources().execute()).flatMap(({ source, problem_code, problem_message, problem_at }) =>
        problem_code === null || problem_message === null || problem_at === null
          ? []
          : [{ source, code: problem_code, message: problem_message, at: problem_at }],
      );
    },
  };
}
