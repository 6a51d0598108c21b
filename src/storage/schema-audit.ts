import type { Generated } from 'kysely';
import type { AuditSource } from '../domain/audit/event.ts';

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
};

/** One row for each user or group that an event names, so that "what happened to X" is one index range. */
export type AuditTargetRow = { target_id: string; at: number; event_no: number };

export type AuditSourceRow = {
  source: AuditSource;
  complete_to: number | null;
  problem_code: string | null;
  problem_message: string | null;
  problem_at: number | null;
};

export type ServiceIssueRow = { id: string; start_at: number; end_at: number | null; issue: string };
