import { type Selectable, sql } from 'kysely';
import type { ChangeFilter, ChangeStore, ExplainedChange } from '../../domain/ports.ts';
import { mapInSlices } from '../../event-loop/in-slices.ts';
import { type DatabaseKind, isOneOf, type Queries } from '../database/connection.ts';
import type { AttributionRow, IncidentChangeRow, LicenseChangeRow } from '../database/schema.ts';
import { readStored } from '../database/stored-json.ts';
import { toChange } from './change-rows.ts';
import { Verdict } from './verdict-json.ts';

type ExplainedRow = Selectable<LicenseChangeRow> & {
  verdict: AttributionRow['verdict'] | null;
  incident_id: IncidentChangeRow['incident_id'] | null;
};

/** The ledger of changes, each with its latest verdict, and the changes that wait for their settle time. */
export function createChangeStore(db: Queries, kind: DatabaseKind): ChangeStore {
  return {
    async find(filter) {
      return mapInSlices(await changesQuery(db, kind, filter).execute(), toExplained);
    },

    async byIds(ids) {
      const rows = await explained(db)
        .where(isOneOf(kind, 'c.id', ids))
        .orderBy('c.row_no')
        .execute();
      return mapInSlices(rows, toExplained);
    },

    async due(now) {
      const rows = await dueQuery(db, now).execute();
      return mapInSlices(rows, toChange);
    },

    async nextDueAt() {
      const row = await db
        .selectFrom('change_settling')
        .select((column) => column.fn.min('due_at').as('due_at'))
        .executeTakeFirst();
      return row?.due_at ?? null;
    },
  };
}

/** Changes whose settle time is over, in the order in which they were seen. */
export const dueQuery = (db: Queries, now: number) =>
  db
    .selectFrom('change_settling as s')
    .innerJoin('license_changes as c', 'c.id', 's.change_id')
    .selectAll('c')
    .where('s.due_at', '<=', now)
    .orderBy('c.row_no');

/** Newest first. A SKU finds a swap by what it took and by what it gave. */
export function changesQuery(db: Queries, kind: DatabaseKind, filter: ChangeFilter) {
  let query = explained(db).orderBy('c.observed_after', 'desc').orderBy('c.row_no', 'desc');
  if (filter.userIds) query = query.where(isOneOf(kind, 'c.user_id', filter.userIds));
  if (filter.kinds) query = query.where(isOneOf(kind, 'c.kind', filter.kinds));
  if (filter.scanId !== undefined) query = query.where('c.scan_id', '=', filter.scanId);
  if (filter.from !== undefined) query = query.where('c.observed_after', '>=', filter.from);
  if (filter.to !== undefined) query = query.where('c.observed_after', '<', filter.to);
  if (filter.limit !== undefined) query = query.limit(filter.limit).offset(filter.skip ?? 0);
  const { skuIds } = filter;
  if (skuIds) {
    query = query.where((where) =>
      where.or([isOneOf(kind, 'c.sku_id', skuIds), isOneOf(kind, 'c.new_sku_id', skuIds)]),
    );
  }
  return query;
}

const explained = (db: Queries) =>
  db
    .selectFrom('license_changes as c')
    .leftJoin('attributions as a', (join) =>
      join
        .onRef('a.change_id', '=', 'c.id')
        .on('a.revision', '=', (select) =>
          select
            .selectFrom('attributions as latest')
            .select(sql<number>`max(latest.revision)`.as('revision'))
            .whereRef('latest.change_id', '=', 'c.id'),
        ),
    )
    .leftJoin('incident_changes as i', 'i.change_id', 'c.id')
    .selectAll('c')
    .select(['a.verdict', 'i.incident_id']);

const toExplained = (row: ExplainedRow): ExplainedChange => ({
  change: toChange(row),
  verdict: row.verdict === null ? null : readStored(Verdict, row.verdict, `the verdict on change ${row.id}`),
  incidentId: row.incident_id,
});
