import type { AuditStore } from '../../domain/ports/audit.ts';
import type { HoldStore } from '../../domain/ports/holds.ts';
import { type DatabaseKind, insertChunks, isOneOf, type Queries } from '../database/connection.ts';
import { readStored } from '../database/stored-json.ts';
import type { WriteRows } from '../database/write-rows.ts';
import { createCoverageLedger } from './audit-coverage.ts';
import { AuditEvent } from './audit-json.ts';
import { createPurge } from './audit-purge.ts';
import { createSourceProblems } from './audit-sources.ts';
import { createAuditingStore } from './auditing-store.ts';
import { insertMatches } from './match-rows.ts';
import { rawRecords } from './raw-records.ts';
import { type RecordParts, recordWriter } from './record-writer.ts';
import { createServiceIssues } from './service-issues.ts';
import { wholeRecords } from './whole-records.ts';

type AuditFilter = Parameters<AuditStore['find']>[0];

/** What is done with a record besides storing it, in the same transaction, and what keeps it from being removed. */
export type ArchiveParts = RecordParts & { holds: Pick<HoldStore, 'inForce'> };

/** The archive of audit records: each stored once under the id that its source gave it, and never changed. */
export function createAuditStore(
  { db, kind, writeRows }: { db: Queries; kind: DatabaseKind; writeRows?: WriteRows | undefined },
  { chain, holds, index }: ArchiveParts,
): AuditStore {
  const store = recordWriter(writeRows, { chain, index });
  return {
    append(events, receivedAt, contents = [], detector) {
      return db.transaction().execute(async (transaction) => {
        await chain.lock(transaction);
        let added = 0;
        for (const chunk of insertChunks(events)) {
          const fresh = await store(transaction, chunk, receivedAt);
          added += fresh.length;
          if (!detector) continue;
          const matches = fresh.flatMap(({ event, raw, body }) =>
            detector.matchesOf(raw, event.operation, body),
          );
          await insertMatches(transaction, writeRows, matches, receivedAt);
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

async function noteContents(db: Queries, addresses: readonly string[], receivedAt: number): Promise<void> {
  await db
    .insertInto('audit_contents')
    .values(addresses.map((address) => ({ address, received_at: receivedAt })))
    .onConflict((conflict) => conflict.column('address').doNothing())
    .execute();
}
