import { type RawBuilder, sql } from 'kysely';
import { DAY_MS } from '../../domain/durations.ts';
import type { Holding, NotUsed } from '../../domain/ports.ts';
import { dayOf } from '../../domain/usage/usage.ts';
import { type DatabaseKind, type Queries, THE_TENANT } from '../database/connection.ts';
import { inRowSlices } from './row-slices.ts';
import { assignments, isAnyOf } from './user-search.ts';

/** What is looked for: who used nothing of it since then (ms UTC), or of whom something is not known. */
export type UseSearch = { workloads: readonly NotUsed[]; since: number; holding: Holding | null };

/** The licensed users who are there and are known to have used none of these workloads since then. */
export const findNotUsing = (db: Queries, kind: DatabaseKind, search: UseSearch): Promise<string[]> =>
  find(
    db,
    kind,
    search,
    sql.join(
      search.workloads.map((one) => isUnused(one, search.since)),
      sql` and `,
    ),
  );

/** The licensed users who are there, used none of it as far as is known, and of whom a workload is not known. */
export const findUnknown = (db: Queries, kind: DatabaseKind, search: UseSearch): Promise<string[]> =>
  find(
    db,
    kind,
    search,
    sql`not (${sql.join(
      search.workloads.map((one) => isUnused(one, search.since)),
      sql` and `,
    )})
      and not (${sql.join(
        search.workloads.map((one) => isUsed(one, search.since)),
        sql` or `,
      )})`,
  );

async function find(
  db: Queries,
  kind: DatabaseKind,
  { workloads, holding }: UseSearch,
  wanted: RawBuilder<unknown>,
): Promise<string[]> {
  if (workloads.length === 0) return [];
  const ids: string[] = [];
  for await (const rows of inRowSlices(db, kind)) {
    let query = db
      .selectFrom('user_states as u')
      .leftJoin('usage_facts as f', (join) =>
        join.onRef('f.user_id', '=', 'u.id').on('f.tenant_id', '=', THE_TENANT),
      )
      .select('u.id')
      .where('u.row_no', '>', rows.after)
      .where('u.row_no', '<=', rows.to)
      .where('u.removed_at', 'is', null)
      .where('u.licensed', '=', 1)
      .where(sql<boolean>`${wanted}`)
      .orderBy('u.row_no');
    if (holding) query = query.where(holds(kind, holding));
    for (const { id } of await query.execute()) ids.push(id);
  }
  return ids;
}

/** As `useSince` of the domain says `unused`; never null. */
function isUnused({ workload, known }: NotUsed, since: number): RawBuilder<boolean> {
  const [run, at] = [sql.ref(`f.${workload}_run`), sql.ref(`f.${workload}_at`)];
  const first = dayOf(since);
  // "None in the period" says nothing about the time before it.
  const none = first >= known.refreshedAt - known.periodDays * DAY_MS ? sql`${at} is null or` : sql``;
  return sql<boolean>`(coalesce(${run}, -1) >= ${known.run} and (${none} coalesce(${at}, ${first}) < ${first}))`;
}

const isUsed = ({ workload }: NotUsed, since: number): RawBuilder<boolean> =>
  sql<boolean>`coalesce(${sql.ref(`f.${workload}_at`)}, -1) >= ${dayOf(since)}`;

/** Whether a license of one of the products has none of the plans switched off. */
function holds(kind: DatabaseKind, { skuIds, planIds }: Holding): RawBuilder<boolean> {
  const off =
    kind === 'sqlite'
      ? sql`json_each(a.value, '$[4]') as d`
      : sql`jsonb_array_elements_text(a.value->4) as d(value)`;
  const none =
    planIds.length === 0
      ? sql``
      : sql`and not exists (select 1 from ${off} where ${isAnyOf(kind, sql`d.value`, planIds)})`;
  return sql<boolean>`exists (select 1 from ${assignments(kind, 'a')} where
    (a.value->>2) in ('Active', 'ActiveWithError') and ${isAnyOf(kind, sql`(a.value->>0)`, skuIds)} ${none})`;
}
