import type { Workload } from '../../domain/usage/workload.ts';

/** Microsoft's dates of a user's licenses; `plans` and `states` are JSON texts, null where none were told. */
export type LicenseDatesRow = {
  tenant_id: string;
  user_id: string;
  read_at: number;
  plans: string | null;
  states: string | null;
};

/** The read of everybody's dates: under way from `started_at` on, as long as that is set. */
export type LicenseDatesRunRow = {
  tenant_id: string;
  read_at: number | null;
  started_at: number | null;
  next_page: string | null;
  problem: string | null;
};

/** `offered` is a list of intents as JSON text. */
export type KeptSentenceRow = {
  tenant_id: string;
  id: string;
  at: number;
  language: string | null;
  sentence: string;
  offered: string;
  pressed: string | null;
};

/** Which read found the user in a report of a workload, and the day of the last activity, ms UTC. */
type WorkloadColumns = Record<`${Workload}_run` | `${Workload}_at`, number | null>;

/** What usage reports say of a user; a column of a workload that no report named the user in is null. */
export type UsageFactRow = {
  tenant_id: string;
  user_id: string;
  mailbox_run: number | null;
  mailbox_bytes: number | null;
  mailbox_archive: number | null;
  mailbox_kind: string | null;
  drive_run: number | null;
  drive_bytes: number | null;
  purpose: string | null;
  purpose_at: number | null;
} & WorkloadColumns;

/** How the read of a report stands; `workloads` and `problem` are JSON texts. */
export type UsageReportRow = {
  tenant_id: string;
  report: string;
  run: number | null;
  refreshed_at: number | null;
  period_days: number;
  workloads: string;
  rows_read: number;
  unmatched: number;
  problem: string | null;
};
