import type { AuditEvent } from '../../domain/audit/event.ts';
import type { RecordView } from '../../domain/detection/record-view.ts';
import { viewOf } from '../../domain/detection/records/view-of.ts';
import { deedInWords } from '../../domain/search/activities.ts';
import type { RecordsAsked } from '../../language/query.ts';
import { everythingVisible, maySee, peopleSeen } from '../records/may-see.ts';
import { recordPages } from '../records/record-pages.ts';
import { recordsInWords } from '../records/records-in-words.ts';
import { searchFor } from '../records/records-search.ts';
import { formatRange } from '../times/times.ts';
import { usersById } from '../words/names.ts';
import { type ExportTable, iso } from './table.ts';

const COLUMNS = [
  'at',
  'what',
  'operation',
  'workload',
  'actor',
  'actor_id',
  'target',
  'mailbox_owner',
  'site',
  'client_ip',
  'client',
  'result',
  'changes',
  'id',
] as const;

/**
 * Audit records of all kinds, the newest first, in plain columns; as NDJSON each with the record as Microsoft wrote it.
 * Without the right to search them there are none. Each export is noted as a search is.
 */
export const recordsTable = (asked: RecordsAsked): ExportTable => ({
  columns: COLUMNS,
  async *rows(store, { range, audit, now }) {
    if (audit?.mayAudit !== 'yes') return;
    const people = await usersById(store, asked.people);
    const named = [...people.values()].map(({ state: { id, displayName } }) => ({ id, displayName }));
    const words = recordsInWords(asked, { directory: { people: named } });
    let found = 0;
    try {
      if (asked.record !== undefined) {
        const record = await audit.store.record(asked.record);
        const visible =
          audit.sees === null ? everythingVisible : await peopleSeen(audit.sees, { users: store.users });
        if (record === null || !maySee(record, visible)) return;
        found = 1;
        yield [rowOf(record.event, viewOf(record.raw), record.raw)];
        return;
      }
      const search = await searchFor(asked, range, { store });
      for await (const { records } of recordPages(audit.store, search, audit.sees, store)) {
        found += records.length;
        yield records.map(({ event, raw }) => rowOf(event, viewOf(raw), raw));
      }
    } finally {
      const when = formatRange(range, { timeZone: 'UTC', now: 0 });
      await audit.store.note({
        at: now,
        by: audit.asker ?? 'terminal',
        asked: `export: ${words.replace(/^of /, '')} ${when} UTC`,
        people: asked.people,
        found,
      });
    }
  },
});

function rowOf(event: AuditEvent, view: RecordView | null, raw: string) {
  const labels = view?.labels ?? {};
  const first = (...fields: string[]): string | null => {
    for (const field of fields) {
      const value = view?.values(field)?.[0];
      if (typeof value === 'string' && value !== '') return value;
    }
    return null;
  };
  return {
    cells: [
      iso(event.at),
      deedInWords(event.operation, labels),
      event.operation,
      event.workload,
      event.actor?.name ?? null,
      event.actor?.id ?? null,
      labels.target ?? event.targets.flatMap(({ name, id }) => name ?? id ?? []).join('; '),
      first('MailboxOwnerUPN'),
      labels.site ?? null,
      event.clientIp ?? labels.address ?? null,
      first('UserAgent', 'ClientInfoString', 'ClientAppId'),
      event.result,
      changesIn(event),
      event.id,
    ],
    record: { ...event, at: iso(event.at), raw: parsed(raw) },
  };
}

/** "JobTitle: Clerk → Manager; …" */
const changesIn = ({ modified }: AuditEvent): string =>
  modified
    .filter(({ oldValue, newValue }) => oldValue !== newValue)
    .map(({ name, oldValue, newValue }) => `${name}: ${oldValue ?? ''} → ${newValue ?? ''}`)
    .join('; ')
    .slice(0, 2_000);

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}
