import { inChunks } from './in-chunks.ts';
import { type ExportTable, iso } from './table.ts';

/** The archive of audit records, as they were read. */
export const auditTable: ExportTable = {
  columns: [
    'id',
    'at',
    'source',
    'workload',
    'operation',
    'result',
    'actor_kind',
    'actor',
    'actor_id',
    'targets',
    'target_ids',
    'group_id',
    'client_ip',
    'correlation_id',
  ],
  async *rows({ audit }, range) {
    for await (const chunk of inChunks((window) => audit.find(window), range)) {
      yield chunk.map((event) => ({
        cells: [
          event.id,
          iso(event.at),
          event.source,
          event.workload,
          event.operation,
          event.result,
          event.actor?.kind ?? null,
          event.actor?.name ?? null,
          event.actor?.id ?? null,
          event.targets.flatMap(({ name }) => name ?? []).join('; '),
          event.targets.flatMap(({ id }) => id ?? []).join('; '),
          event.group?.id ?? null,
          event.clientIp,
          event.correlationId,
        ],
        record: { ...event, at: iso(event.at) },
      }));
    }
  },
};
