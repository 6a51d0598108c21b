import { inRecords } from '../words/in-records.ts';
import { usersById } from '../words/names.ts';
import { inChunks } from './in-chunks.ts';
import { type ExportTable, iso } from './table.ts';

/**
 * The archive of audit records, as they were read.
 * @param whose records that people did, or that were done to people and groups
 */
export const auditTable = (whose: 'by' | 'on'): ExportTable => ({
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
  async *rows(store, { range, people, groups }) {
    const names = inRecords(people, (await usersById(store, people)).values());
    const ids = whose === 'by' ? names : [...names, ...groups];
    const whom = ids.length === 0 ? {} : whose === 'by' ? { actorIds: ids } : { targetIds: ids };
    for await (const chunk of inChunks((window) => store.audit.find({ ...window, ...whom }), range, {
      canSkip: false,
    })) {
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
});
