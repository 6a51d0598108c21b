import type { AuditStore } from '../../domain/ports.ts';
import { insertChunks, type Queries } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';
import { ServiceIssue } from './audit-json.ts';

type ServiceIssues = Pick<AuditStore, 'saveServiceIssues' | 'serviceIssues'>;

/** Microsoft's service health issues, as they were told last. */
export function createServiceIssues(db: Queries): ServiceIssues {
  return {
    async saveServiceIssues(issues) {
      const latest = [...new Map(issues.map((issue) => [issue.id, issue])).values()];
      await db.transaction().execute(async (transaction) => {
        for (const chunk of insertChunks(latest)) {
          await transaction
            .insertInto('service_issues')
            .values(
              chunk.map((issue) => ({
                id: issue.id,
                start_at: issue.startAt,
                end_at: issue.endAt,
                issue: JSON.stringify(issue),
              })),
            )
            .onConflict((conflict) =>
              conflict.column('id').doUpdateSet((row) => ({
                start_at: row.ref('excluded.start_at'),
                end_at: row.ref('excluded.end_at'),
                issue: row.ref('excluded.issue'),
              })),
            )
            .execute();
        }
      });
    },

    async serviceIssues(from, to) {
      const rows = await db
        .selectFrom('service_issues')
        .selectAll()
        .where('start_at', '<', to)
        .where((where) => where.or([where('end_at', 'is', null), where('end_at', '>', from)]))
        .orderBy('start_at')
        .orderBy('id')
        .execute();
      return rows.map((row) => readStored(ServiceIssue, row.issue, `service issue ${row.id}`));
    },
  };
}
