import type { Generated } from 'kysely';
import type { WindowStatus } from '../../domain/audit/coverage-window.ts';
import type { AuditSource } from '../../domain/audit/event.ts';

export type AuditEventRow = {
  row_no: Generated<number>;
  id: string;
  source: string;
  at: number;
  received_at: number;
  operation: string;
  workload: string;
  result: string;
  actor_kind: string | null;
  actor_id: string | null;
  actor_name: string | null;
  correlation_id: string | null;
  client_ip: string | null;
  event: string;
  raw: string;
  /** Why it is not sound; null for nearly all. */
  flaw: string | null;
  /** As `recordTypeIn` reads it; null for what was stored before there was this column. */
  record_type: string | null;
};

/** One row for each user or group that an event names, so that "what happened to X" is one index range. */
export type AuditTargetRow = { target_id: string; at: number; event_no: number };

export type AuditSourceRow = {
  source: AuditSource;
  complete_to: number | null;
  complete_from: number | null;
  problem_code: string | null;
  problem_message: string | null;
  problem_at: number | null;
  /** Collections in a row that failed; null before the first one. */
  failures: number | null;
  failing_since: number | null;
  silent_since: number | null;
};

/** One row: `answer` is what the service said last, `record` what the newest record of the switch said. */
export type AuditingRow = {
  tenant_id: string;
  state: 'on' | 'off' | 'unknown';
  since: number | null;
  answer: 'on' | 'off' | null;
  answer_at: number | null;
  record: 'on' | 'off' | null;
  record_at: number | null;
  asked_at: number | null;
  detail: string | null;
};

export type ServiceIssueRow = { id: string; start_at: number; end_at: number | null; issue: string };

export type AuditWindowRow = {
  source: AuditSource;
  content_type: string;
  from_at: number;
  to_at: number;
  status: WindowStatus;
  read_to: number | null;
  attempts: number;
  reads: number;
  reason: string | null;
  due_at: number | null;
};

/** Content whose records are all in the archive. */
export type AuditContentRow = { address: string; received_at: number };

/** Records of before `before_at` may go while `open` is 1, which only the purging transaction ever sees. */
export type AuditPurgeRow = {
  row_no: Generated<number>;
  at: number;
  before_at: number;
  removed: number;
  open: 0 | 1;
};
