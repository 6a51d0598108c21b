import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { LicenseDates, ServicePlanDate } from '../../domain/dates/license-dates.ts';
import type { LicenseDatesStore } from '../../domain/ports.ts';
import {
  type DatabaseKind,
  insertChunks,
  isOneOf,
  type Queries,
  THE_TENANT,
} from '../database/connection.ts';
import type { LicenseDatesRow } from '../database/schema-kept.ts';
import { readStored } from '../database/stored-json.ts';

const Problem = z.object({ code: z.string(), message: z.string(), at: z.number() });
/** Plans that came together are stored together: a user has some forty of them, of two or three days. */
const PlansText = z.array(z.tuple([z.string(), z.number().nullable(), z.array(z.string())]));
const StatesText = z.array(z.tuple([z.string(), z.string(), z.number()]));

/** Microsoft's dates of licenses, a row a user, each with the time at which it was read. */
export function createLicenseDatesStore(db: Queries, kind: DatabaseKind): LicenseDatesStore {
  const runRow = () =>
    db.selectFrom('license_dates_run').selectAll().where('tenant_id', '=', THE_TENANT).executeTakeFirst();
  return {
    async run() {
      const row = await runRow();
      const startedAt = row?.started_at ?? null;
      return {
        readAt: row?.read_at ?? null,
        open: startedAt === null ? null : { startedAt, next: row?.next_page ?? null },
        problem: row?.problem ? readStored(Problem, row.problem, 'why license dates were not read') : null,
      };
    },

    begin: (startedAt) => setRun(db, { started_at: startedAt, next_page: null }),

    addPage: ({ dates, next }) =>
      db.transaction().execute(async (transaction) => {
        await putAll(transaction, dates);
        await setRun(transaction, { next_page: next });
      }),

    finish: (at) =>
      db.transaction().execute(async (transaction) => {
        const row = await transaction
          .selectFrom('license_dates_run')
          .select('started_at')
          .where('tenant_id', '=', THE_TENANT)
          .executeTakeFirst();
        if (row?.started_at == null) return;
        await transaction
          .deleteFrom('license_dates')
          .where('tenant_id', '=', THE_TENANT)
          .where('read_at', '<', row.started_at)
          .execute();
        await setRun(transaction, { read_at: at, started_at: null, next_page: null, problem: null });
      }),

    setProblem: (problem) => setRun(db, { problem: JSON.stringify(problem) }),

    put: (dates) => db.transaction().execute((transaction) => putAll(transaction, dates)),

    async byUsers(userIds) {
      const rows = await db
        .selectFrom('license_dates')
        .selectAll()
        .where('tenant_id', '=', THE_TENANT)
        .where(isOneOf(kind, 'user_id', userIds))
        .orderBy('user_id')
        .execute();
      return rows.map(toDates);
    },
  };
}

type Run = {
  read_at: number | null;
  started_at: number | null;
  next_page: string | null;
  problem: string | null;
};

async function setRun(db: Queries, change: Partial<Run>): Promise<void> {
  const nothing: Run = { read_at: null, started_at: null, next_page: null, problem: null };
  await db
    .insertInto('license_dates_run')
    .values({ tenant_id: THE_TENANT, ...nothing, ...change })
    .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(change))
    .execute();
}

/** A user who was asked about while the daily read was under way keeps what is newer. */
async function putAll(db: Queries, dates: readonly LicenseDates[]): Promise<void> {
  const latest = [...new Map(dates.map((one) => [one.userId, one])).values()];
  for (const chunk of insertChunks(latest)) {
    await db
      .insertInto('license_dates')
      .values(chunk.map(toRow))
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'user_id'])
          .doUpdateSet((row) => ({
            read_at: row.ref('excluded.read_at'),
            plans: row.ref('excluded.plans'),
            states: row.ref('excluded.states'),
          }))
          .whereRef('license_dates.read_at', '<=', 'excluded.read_at'),
      )
      .execute();
  }
}

const toRow = ({ userId, readAt, plans, states }: LicenseDates): LicenseDatesRow => ({
  tenant_id: THE_TENANT,
  user_id: userId,
  read_at: readAt,
  plans: plans === null ? null : plansText(plans),
  states:
    states === null
      ? null
      : JSON.stringify(states.map(({ skuId, path, updatedAt }) => [skuId, path, updatedAt])),
});

function plansText(plans: readonly ServicePlanDate[]): string {
  const together = Map.groupBy(plans, ({ status, assignedAt }) => JSON.stringify([status, assignedAt]));
  return JSON.stringify(
    [...together.values()].flatMap((some) =>
      some[0] ? [[some[0].status, some[0].assignedAt, some.map(({ servicePlanId }) => servicePlanId)]] : [],
    ),
  );
}

function toDates({ user_id, read_at, plans, states }: Selectable<LicenseDatesRow>): LicenseDates {
  const what = `the license dates of ${user_id}`;
  return {
    userId: user_id,
    readAt: read_at,
    plans:
      plans === null
        ? null
        : readStored(PlansText, plans, what).flatMap(([status, assignedAt, ids]) =>
            ids.map((servicePlanId) => ({ servicePlanId, status, assignedAt })),
          ),
    states:
      states === null
        ? null
        : readStored(StatesText, states, what).map(([skuId, path, updatedAt]) => ({
            skuId,
            path,
            updatedAt,
          })),
  };
}
