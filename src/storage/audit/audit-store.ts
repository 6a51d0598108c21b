import type { Selectable } from 'kysely';
import type { ArchivedEvent } from '../../domain/audit/event.ts';
import { recordTypeIn } from '../../domain/audit/record-types.ts';
import type { AuditStore } from '../../domain/ports/audit.ts';
import type { HoldStore } from '../../domain/ports/holds.ts';
import type { Chain } from '../archive/chain.ts';
import { type DatabaseKind, insertChunks, isOneOf, type Queries } from '../database/connection.ts';
import type { AuditEventRow } from '../database/schema-audit.ts';
import { readStored } from '../database/stored-json.ts';
import { createCoverageLedger } from './audit-coverage.ts';
import { AuditEvent } from './audit-json.ts';
import { createPurge } from './audit-purge.ts';
import { createSourceProblems } from './audit-sources.ts';
import { targetIdsOf } from './audit-targets.ts';
import { createAuditingStore } from './auditing-store.ts';
import { insertMatches } from './match-rows.ts';
import { rawRecords } from './raw-records.ts';
import { indexRecords } from './search-index.ts';
import { createServiceIssues } from './service-issues.ts';
import { wholeRecords } from './whole-records.ts';

type NewRow = Omit<Selectable<AuditEventRow>, 'row_no'>;
type AuditFilter = Parameters<AuditStore['find']>[0];

/** The archive of audit records: each stored once under the id that its source gave it, and never changed. */
export function createAuditStore(
  db: Queries,
  kind: DatabaseKind,
  chain: Chain,
  holds: Pick<HoldStore, 'inForce'>,
): AuditStore {
  return {
    append(events, receivedAt, contents = [], detector) {
      return db.transaction().execute(async (transaction) => {
        await chain.lock(transaction);
        let added = 0;
        for (const chunk of insertChunks(events)) {
          const fresh = await insertEvents(transaction, { kind, chain }, chunk, receivedAt);
          added += fresh.length;
          if (!detector) continue;
          const matches = fresh.flatMap(({ event, raw }) => detector.matchesOf(raw, event.operation));
          await insertMatches(transaction, matches, receivedAt);
        }
        for (const chunk of insertChunks(contents)) await noteContents(transaction, chunk, receivedAt);
        return added;
      });
    },

    async storedContents(addresses) {
      const rows = await db
        .selectFrom('audit_contents')
        .select('address')
        .where(isOneOf(kind, 'address', addresses))
        .execute();
      return new Set(rows.map(({ address }) => address));
    },

    /** Oldest first; a limit keeps the newest. */
    async find(filter) {
      const rows = await eventsQuery(db, kind, filter).execute();
      return wholeRecords(
        rows.reverse().map((row) => readStored(AuditEvent, row.event, `audit record ${row.id}`)),
      );
    },

    rawRecords: (window) => rawRecords(db, window),

    async unreadable({ from, to }) {
      const row = await db
        .selectFrom('audit_events')
        .select(({ fn }) => fn.countAll<number>().as('records'))
        .where('at', '>=', from)
        .where('at', '<', to)
        .where('flaw', 'in', ['unreadable', 'unreadable content'])
        .executeTakeFirstOrThrow();
      return Number(row.records);
    },

    async flaws() {
      const rows = await db
        .selectFrom('audit_events')
        .select(({ fn }) => ['flaw', fn.countAll<number>().as('records')])
        .where('flaw', 'is not', null)
        .groupBy('flaw')
        .orderBy('records', 'desc')
        .orderBy('flaw')
        .execute();
      return rows.flatMap(({ flaw, records }) => (flaw === null ? [] : [{ flaw, records: Number(records) }]));
    },

    ...createCoverageLedger(db),
    ...createSourceProblems(db),
    ...createAuditingStore(db),
    ...createPurge(db, kind, chain, holds),
    ...createServiceIssues(db),
  };
}

/** Newest first. Events on a target are found through `audit_targets`, which also knows the group of a membership. */
export function eventsQuery(db: Queries, kind: DatabaseKind, filter: AuditFilter) {
  const { from, to, targetIds, actorIds, receivedSince, limit } = filter;
  let query = db
    .selectFrom('audit_events as e')
    .select(['e.id', 'e.event'])
    .where('e.at', '>=', from)
    .where('e.at', '<', to)
    .orderBy('e.at', 'desc')
    .orderBy('e.row_no', 'desc');
  if (targetIds) {
    query = query.where('e.row_no', 'in', (select) =>
      select
        .selectFrom('audit_targets as t')
        .select('t.event_no')
        .where(isOneOf(kind, 't.target_id', targetIds))
        .where('t.at', '>=', from)
        .where('t.at', '<', to),
    );
  }
  if (actorIds) query = query.where(isOneOf(kind, 'e.actor_id', actorIds));
  if (receivedSince !== undefined) query = query.where('e.received_at', '>=', receivedSince);
  if (limit !== undefined) query = query.limit(limit);
  return query;
}

/** Returns the records that were new, and seals and indexes them. */
async function insertEvents(
  db: Queries,
  { kind, chain }: { kind: DatabaseKind; chain: Chain },
  events: readonly ArchivedEvent[],
  receivedAt: number,
): Promise<ArchivedEvent[]> {
  const rows = events.map((archived) => toRow(archived, receivedAt));
  const inserted = await db
    .insertInto('audit_events')
    .values(rows)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning(['row_no', 'id'])
    .execute();
  const numbers = new Map(inserted.map((row) => [row.id, row.row_no]));
  const fresh = events.flatMap((archived, index) => {
    const [row, number] = [rows[index], numbers.get(archived.event.id)];
    // A page may name a record twice: the first one is stored, sealed, and matches.
    numbers.delete(archived.event.id);
    return row === undefined || number === undefined ? [] : [{ archived, row: { ...row, row_no: number } }];
  });
  await chain.sealRecords(
    db,
    fresh.map(({ row }) => row),
    receivedAt,
  );
  const targets = fresh.flatMap(({ archived: { event }, row }) =>
    targetIdsOf(event).map((id) => ({ target_id: id, at: event.at, event_no: row.row_no })),
  );
  for (const chunk of insertChunks(targets)) await db.insertInto('audit_targets').values(chunk).execute();
  await indexRecords(
    db,
    kind,
    fresh.map(({ archived: { event, raw }, row }) => ({ rowNo: row.row_no, at: event.at, event, raw })),
  );
  return fresh.map(({ archived }) => archived);
}

async function noteContents(db: Queries, addresses: readonly string[], receivedAt: number): Promise<void> {
  await db
    .insertInto('audit_contents')
    .values(addresses.map((address) => ({ address, received_at: receivedAt })))
    .onConflict((conflict) => conflict.column('address').doNothing())
    .execute();
}

const toRow = ({ event, raw, flaw }: ArchivedEvent, receivedAt: number): NewRow => ({
  id: event.id,
  source: event.source,
  at: event.at,
  received_at: receivedAt,
  operation: event.operation,
  workload: event.workload,
  result: event.result,
  actor_kind: event.actor?.kind ?? null,
  // Exchange and SharePoint name people by UPN only: they are found by that, in lower case.
  actor_id: event.actor?.id ?? event.actor?.name?.toLowerCase() ?? null,
  actor_name: event.actor?.name ?? null,
  correlation_id: event.correlationId,
  client_ip: event.clientIp,
  event: JSON.stringify(event),
  raw,
  flaw: flaw ?? null,
  record_type: recordTypeIn(raw),
});
