import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { AccountName, UsageFact, UsageStore } from '../../domain/ports.ts';
import { REPORT_NAMES, type ReportState } from '../../domain/usage/report.ts';
import type { PersonUsage } from '../../domain/usage/usage.ts';
import { WORKLOADS } from '../../domain/usage/workload.ts';
import {
  type DatabaseKind,
  insertChunks,
  isOneOf,
  type Queries,
  THE_TENANT,
} from '../database/connection.ts';
import type { UsageFactRow, UsageReportRow } from '../database/schema-kept.ts';
import { readStored } from '../database/stored-json.ts';
import { NAME_POSITIONS } from '../scans/user-state-text.ts';
import { inRowSlices } from './row-slices.ts';
import { findNotUsing, findUnknown } from './usage-search.ts';
import { field } from './user-search.ts';

const Problem = z.object({ code: z.string(), message: z.string(), at: z.number() });
const Workloads = z.array(z.enum(WORKLOADS));
const Report = z.enum(REPORT_NAMES);

/** What Microsoft's usage reports say of users, a row for each. */
export function createUsageStore(db: Queries, kind: DatabaseKind): UsageStore {
  return {
    async reports() {
      const rows = await db
        .selectFrom('usage_reports')
        .selectAll()
        .where('tenant_id', '=', THE_TENANT)
        .orderBy('report')
        .execute();
      return rows.flatMap(toState);
    },

    async add(run, facts) {
      for (const chunk of insertChunks(merged(facts))) await insertFacts(db, run, chunk);
    },

    async note(state) {
      const values = { ...toReportRow(state) };
      await db
        .insertInto('usage_reports')
        .values(values)
        .onConflict((conflict) => conflict.columns(['tenant_id', 'report']).doUpdateSet(values))
        .execute();
    },

    async setProblem(report, problem) {
      const noted = { problem: JSON.stringify(problem) };
      await db
        .insertInto('usage_reports')
        .values({
          tenant_id: THE_TENANT,
          report,
          run: null,
          refreshed_at: null,
          period_days: 0,
          workloads: '[]',
          rows_read: 0,
          unmatched: 0,
          ...noted,
        })
        .onConflict((conflict) => conflict.columns(['tenant_id', 'report']).doUpdateSet(noted))
        .execute();
    },

    names: () => accountNames(db, kind),

    async addPurposes(at, purposes) {
      for (const chunk of insertChunks(purposes)) {
        await db
          .insertInto('usage_facts')
          .values(
            chunk.map(({ userId, purpose }) => ({ ...NOTHING, user_id: userId, purpose, purpose_at: at })),
          )
          .onConflict((conflict) =>
            conflict.columns(['tenant_id', 'user_id']).doUpdateSet((row) => ({
              purpose: row.ref('excluded.purpose'),
              purpose_at: row.ref('excluded.purpose_at'),
            })),
          )
          .execute();
      }
    },

    async byUsers(userIds) {
      const rows = await db
        .selectFrom('usage_facts')
        .selectAll()
        .where('tenant_id', '=', THE_TENANT)
        .where(isOneOf(kind, 'user_id', userIds))
        .orderBy('user_id')
        .execute();
      return rows.map(toUsage);
    },

    notUsing: (workloads, since, holding = undefined) =>
      findNotUsing(db, kind, { workloads, since, holding: holding ?? null }),
    unknownOf: (workloads, since, holding = undefined) =>
      findUnknown(db, kind, { workloads, since, holding: holding ?? null }),
  };
}

const NOTHING: Omit<UsageFactRow, 'user_id'> = {
  tenant_id: THE_TENANT,
  ...(Object.fromEntries(
    WORKLOADS.flatMap((one) => [
      [`${one}_run`, null],
      [`${one}_at`, null],
    ]),
  ) as Omit<UsageFactRow, 'tenant_id' | 'user_id'>),
  mailbox_run: null,
  mailbox_bytes: null,
  mailbox_archive: null,
  mailbox_kind: null,
  drive_run: null,
  drive_bytes: null,
  purpose: null,
  purpose_at: null,
};

const later = (one: number | null | undefined, other: number | null | undefined): number | null =>
  one == null || other == null ? (one ?? other ?? null) : Math.max(one, other);

/** Of a person who comes twice, the later activity and the larger store count: nobody is idle by a second row. */
function merged(facts: readonly UsageFact[]): UsageFact[] {
  const byUser = new Map<string, UsageFact>();
  for (const fact of facts) {
    const other = byUser.get(fact.userId);
    byUser.set(fact.userId, other ? both(fact, other) : fact);
  }
  return [...byUser.values()];
}

function both(one: UsageFact, other: UsageFact): UsageFact {
  const last = { ...other.last };
  for (const workload of WORKLOADS) {
    const at = one.last[workload];
    if (at !== undefined) last[workload] = later(at, other.last[workload]);
  }
  const { mailbox, driveBytes } = one;
  return {
    userId: one.userId,
    last,
    mailbox:
      mailbox && other.mailbox
        ? {
            bytes: later(mailbox.bytes, other.mailbox.bytes),
            hasArchive: mailbox.hasArchive || other.mailbox.hasArchive,
            kind: mailbox.kind ?? other.mailbox.kind,
          }
        : (mailbox ?? other.mailbox),
    driveBytes: later(driveBytes, other.driveBytes),
  };
}

/** Writes only the columns that the rows say something of; within a run the later activity stays. */
async function insertFacts(db: Queries, run: number, facts: readonly UsageFact[]): Promise<void> {
  const rows = facts.map((fact) => toRow(run, fact));
  const greatest = (column: string, runColumn: string) =>
    sql<
      number | null
    >`case when ${sql.ref(`excluded.${runColumn}`)} is null then ${sql.ref(`usage_facts.${column}`)}
      when ${sql.ref(`usage_facts.${runColumn}`)} = ${sql.ref(`excluded.${runColumn}`)}
        and ${sql.ref(`usage_facts.${column}`)} is not null
        and (${sql.ref(`excluded.${column}`)} is null or ${sql.ref(`excluded.${column}`)} < ${sql.ref(`usage_facts.${column}`)})
      then ${sql.ref(`usage_facts.${column}`)} else ${sql.ref(`excluded.${column}`)} end`;
  const newer = (column: string, runColumn: string) =>
    sql<never>`case when ${sql.ref(`excluded.${runColumn}`)} is null then ${sql.ref(`usage_facts.${column}`)}
      else coalesce(${sql.ref(`excluded.${column}`)}, ${sql.ref(`usage_facts.${column}`)}) end`;
  const run_ = (column: string) =>
    sql<number | null>`coalesce(${sql.ref(`excluded.${column}`)}, ${sql.ref(`usage_facts.${column}`)})`;
  const changes: Record<string, unknown> = {
    mailbox_bytes: greatest('mailbox_bytes', 'mailbox_run'),
    mailbox_archive: greatest('mailbox_archive', 'mailbox_run'),
    mailbox_kind: newer('mailbox_kind', 'mailbox_run'),
    mailbox_run: run_('mailbox_run'),
    drive_bytes: greatest('drive_bytes', 'drive_run'),
    drive_run: run_('drive_run'),
  };
  for (const workload of WORKLOADS) {
    changes[`${workload}_at`] = greatest(`${workload}_at`, `${workload}_run`);
    changes[`${workload}_run`] = run_(`${workload}_run`);
  }
  await db
    .insertInto('usage_facts')
    .values(rows)
    .onConflict((conflict) => conflict.columns(['tenant_id', 'user_id']).doUpdateSet(changes))
    .execute();
}

function toRow(run: number, { userId, last, mailbox, driveBytes }: UsageFact): UsageFactRow {
  const row: UsageFactRow = { ...NOTHING, user_id: userId };
  for (const workload of WORKLOADS) {
    const at = last[workload];
    if (at === undefined) continue;
    row[`${workload}_run`] = run;
    row[`${workload}_at`] = at;
  }
  if (mailbox) {
    row.mailbox_run = run;
    row.mailbox_bytes = mailbox.bytes;
    row.mailbox_archive = mailbox.hasArchive === null ? null : Number(mailbox.hasArchive);
    row.mailbox_kind = mailbox.kind;
  }
  if (driveBytes !== null) {
    row.drive_run = run;
    row.drive_bytes = driveBytes;
  }
  return row;
}

function toUsage(row: Selectable<UsageFactRow>): PersonUsage & { purpose: string | null } {
  const last: PersonUsage['last'] = {};
  for (const workload of WORKLOADS) {
    const run = row[`${workload}_run`];
    if (run !== null) last[workload] = { run, at: row[`${workload}_at`] };
  }
  return {
    userId: row.user_id,
    last,
    mailbox:
      row.mailbox_run === null
        ? null
        : {
            bytes: row.mailbox_bytes,
            hasArchive: row.mailbox_archive === null ? null : row.mailbox_archive === 1,
            kind: row.mailbox_kind,
          },
    driveBytes: row.drive_bytes,
    purpose: row.purpose,
  };
}

const toReportRow = (state: ReportState): UsageReportRow => ({
  tenant_id: THE_TENANT,
  report: state.report,
  run: state.run,
  refreshed_at: state.refreshedAt,
  period_days: state.periodDays,
  workloads: JSON.stringify(state.workloads),
  rows_read: state.rows,
  unmatched: state.unmatched,
  problem: state.problem === null ? null : JSON.stringify(state.problem),
});

/** A report that a later version read and this one does not know is passed over. */
function toState(row: Selectable<UsageReportRow>): ReportState[] {
  const report = Report.safeParse(row.report);
  if (!report.success) return [];
  return [
    {
      report: report.data,
      run: row.run,
      refreshedAt: row.refreshed_at,
      periodDays: row.period_days,
      workloads: readStored(Workloads, row.workloads, 'what a usage report shows'),
      rows: row.rows_read,
      unmatched: row.unmatched,
      problem:
        row.problem === null ? null : readStored(Problem, row.problem, 'why a usage report was not read'),
    },
  ];
}

async function* accountNames(db: Queries, kind: DatabaseKind): AsyncGenerator<AccountName[]> {
  const name = sql<string>`lower(${field(kind, NAME_POSITIONS.userPrincipalName)})`;
  for await (const rows of inRowSlices(db, kind)) {
    const now = await db
      .selectFrom('user_states as u')
      .select(['u.id as userId', name.as('name')])
      .where('u.row_no', '>', rows.after)
      .where('u.row_no', '<=', rows.to)
      .where('u.removed_at', 'is', null)
      .execute();
    yield now.map(({ userId, name: own }) => ({ userId, name: own.toLowerCase(), former: false }));
  }
  const former = await db
    .selectFrom('user_former_names as n')
    .innerJoin('user_states as u', 'u.id', 'n.user_id')
    .select(['n.user_id as userId', 'n.name'])
    .where('u.removed_at', 'is', null)
    .where('n.name', 'like', '%@%')
    .execute();
  yield former.map(({ userId, name: one }) => ({ userId, name: one.toLowerCase(), former: true }));
}
