import { listed } from '../../domain/english.ts';
import { formatRange } from '../times/times.ts';
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
  async *rows(store, { range, people, groups, audit, now }) {
    const users = await usersById(store, people);
    const names = inRecords(people, users.values());
    let found = 0;
    const ids = whose === 'by' ? names : [...names, ...groups];
    const whom = ids.length === 0 ? {} : whose === 'by' ? { actorIds: ids } : { targetIds: ids };
    for await (const chunk of inChunks((window) => store.audit.find({ ...window, ...whom }), range, {
      canSkip: false,
    })) {
      found += chunk.length;
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
    // Who may see records of all kinds has taken some along.
    if (audit?.mayAudit !== 'yes') return;
    const about = listed([...[...users.values()].map(({ state }) => state.displayName), ...groups]);
    await audit.store.note({
      at: now,
      by: audit.asker ?? 'terminal',
      asked: `export: audit records${about === '' ? '' : ` ${whose} ${about}`} ${formatRange(range, { timeZone: 'UTC', now: 0 })} UTC`,
      people: [...people],
      found,
    });
  },
});
