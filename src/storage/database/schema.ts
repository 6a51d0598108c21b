import type { Generated } from 'kysely';
import type {
  ArchiveHeadRow,
  ArchiveLinkRow,
  AuditSearchRow,
  AuditSearchStateRow,
  ForwardingRow,
  LegalHoldRow,
} from './schema-archive.ts';
import type {
  AuditContentRow,
  AuditEventRow,
  AuditingRow,
  AuditPurgeRow,
  AuditSourceRow,
  AuditTargetRow,
  AuditWindowRow,
  ServiceIssueRow,
} from './schema-audit.ts';
import type {
  KeptSentenceRow,
  LicenseDatesRow,
  LicenseDatesRunRow,
  UsageFactRow,
  UsageReportRow,
} from './schema-kept.ts';
import type {
  ChangeSubscriptionRow,
  NotificationCountsRow,
  NotifiedObjectRow,
} from './schema-notifications.ts';
import type { ErasureRow, PersonLogRow } from './schema-people.ts';
import type { DigestEntryRow, EscalationRow, KeptRoutesRow } from './schema-routing.ts';
import type {
  ConversationRow,
  DoctorFindingRow,
  InstallationRow,
  JobRunRow,
  KnownAccessRow,
  LeaseRow,
  LeaseTermRow,
  SignInRow,
  SignInStateRow,
  WriteProbeRow,
} from './schema-running.ts';
import type {
  DetectionMatchRow,
  OwnAccessRow,
  SecurityIncidentRow,
  SecurityRuleRow,
} from './schema-security.ts';
import type { ChatSettingRow, SettingRequestRow } from './schema-settings.ts';

/** Rows as both databases give them: times are ms UTC, flags are 0 or 1, structured values are JSON text. */
export type Flag = 0 | 1;

/** One row, id 1: what the last committed scan left behind besides the users. */
export type WatchStateRow = {
  id: number;
  /** Rises with each committed scan. */
  version: number;
  present_users: number;
  licensed_users: number;
  delta_link: string | null;
  tenant: string | null;
  tenant_read_at: number | null;
  /** Id of the tenant whose users these are; null until the database is opened with one. */
  watched_tenant: string | null;
};

export type ScanRow = {
  row_no: Generated<number>;
  id: string;
  kind: 'full' | 'delta' | 'targeted';
  started_at: number;
  finished_at: number;
  outcome: 'complete' | 'held' | 'incomplete';
  reason_code: string | null;
  reason: string | null;
  users_read: number;
  changes: number;
};

export type UserStateRow = {
  /** Rises in the order in which users were first read, which is the order in which Graph lists them. */
  row_no: Generated<number>;
  id: string;
  state: string;
  licensed: Flag;
  first_seen_at: number;
  removed_at: number | null;
  /** The `watch_state.version` that last wrote this row. */
  version: number;
};

export type UserFormerNameRow = { user_id: string; name: string };

export type LicenseChangeRow = {
  row_no: Generated<number>;
  id: string;
  scan_id: string;
  kind: string;
  user_id: string | null;
  sku_id: string | null;
  new_sku_id: string | null;
  path: string | null;
  observed_before: number;
  observed_after: number;
  detail: string;
};

export type ChangeSettlingRow = { change_id: string; due_at: number };

export type AttributionRow = {
  change_id: string;
  revision: number;
  at: number;
  level: string;
  cause: string;
  verdict: string;
};

export type IncidentRow = {
  row_no: Generated<number>;
  id: string;
  fingerprint: string;
  status: string;
  opened_at: number;
  revision: number;
  body: string;
  /** When a request for a second operator is too late, ms UTC; null where none waits. */
  request_until: number | null;
};

/** `body` is JSON text; `revision` is that in it. */
export type AskedChangeRow = {
  tenant_id: string;
  id: string;
  asked_at: number;
  revision: number;
  ended: Flag;
  body: string;
};

export type IncidentChangeRow = { change_id: string; incident_id: string };

export type OutboxRow = {
  row_no: Generated<number>;
  key: string;
  message: string;
  not_before: number;
  status: 'pending' | 'sending' | 'sent' | 'failed' | 'dropped';
  /** 1 when nothing will be sent any more; the row stays, so that its key is never queued again. */
  done: Flag;
  attempts: number;
  target_key: string | null;
  last_error: string | null;
  /** When it was due first, ms UTC; null in rows that a former version wrote. */
  waits_since: number | null;
  unknown_sends: Generated<number>;
};

/** Append-only, but for the purge: why something was alerted, or was not. */
export type AlertNoteRow = {
  tenant_id: string;
  /** What it is about: a change, an incident's revision, a message, a read. */
  subject: string;
  reason: string;
  at: number;
  change_id: string | null;
  incident_id: string | null;
  scan_id: string | null;
  rule_id: string | null;
  until_at: number | null;
  detail: string | null;
};

/** One row: how far back notes may be removed at the moment, ms UTC; null but for the purge. */
export type AlertNotePurgeRow = { tenant_id: string; before_at: number | null };

export type PostedCardRow = {
  incident_id: string;
  target_key: string;
  target_name: string;
  activity_id: string;
  revision: number;
  posted_at: number;
  gone: Generated<Flag>;
  /** JSON texts; null where there is nothing. */
  copies: string | null;
  posted_again: string | null;
  shown: string | null;
};

export type DecisionRow = {
  row_no: Generated<number>;
  id: string;
  at: number;
  incident_id: string | null;
  body: string;
};

export type DecisionStepRow = {
  decision_id: string;
  step_no: number;
  action: string;
  undo: string | null;
  user_ids: string;
  status: 'planned' | 'sending' | 'done' | 'already' | 'refused' | 'failed' | 'skipped';
  code: string | null;
  message: string | null;
  updated_at: number;
};

export type StandingRuleRow = { row_no: Generated<number>; id: string; body: string };

export type SilenceRow = {
  row_no: Generated<number>;
  id: string;
  until_at: number;
  ended_at: number | null;
  body: string;
};

export type WatchMarkRow = {
  subject_kind: 'user' | 'group';
  subject_id: string;
  at: number;
  marked_by: string;
};

export type Tables = {
  watch_state: WatchStateRow;
  scans: ScanRow;
  user_states: UserStateRow;
  user_former_names: UserFormerNameRow;
  license_changes: LicenseChangeRow;
  change_settling: ChangeSettlingRow;
  attributions: AttributionRow;
  audit_events: AuditEventRow;
  audit_targets: AuditTargetRow;
  audit_sources: AuditSourceRow;
  audit_windows: AuditWindowRow;
  audit_contents: AuditContentRow;
  audit_purges: AuditPurgeRow;
  archive_links: ArchiveLinkRow;
  archive_heads: ArchiveHeadRow;
  forwarding: ForwardingRow;
  audit_search_state: AuditSearchStateRow;
  audit_searches: AuditSearchRow;
  legal_holds: LegalHoldRow;
  person_log: PersonLogRow;
  erasures: ErasureRow;
  service_issues: ServiceIssueRow;
  auditing: AuditingRow;
  write_probes: WriteProbeRow;
  incidents: IncidentRow;
  incident_changes: IncidentChangeRow;
  outbox: OutboxRow;
  alert_notes: AlertNoteRow;
  alert_note_purge: AlertNotePurgeRow;
  posted_cards: PostedCardRow;
  decisions: DecisionRow;
  decision_steps: DecisionStepRow;
  standing_rules: StandingRuleRow;
  silences: SilenceRow;
  watch_marks: WatchMarkRow;
  sign_ins: SignInRow;
  sign_in_state: SignInStateRow;
  conversations: ConversationRow;
  leases: LeaseRow;
  lease_terms: LeaseTermRow;
  job_runs: JobRunRow;
  known_access: KnownAccessRow;
  license_dates: LicenseDatesRow;
  license_dates_run: LicenseDatesRunRow;
  usage_facts: UsageFactRow;
  usage_reports: UsageReportRow;
  kept_sentences: KeptSentenceRow;
  change_subscriptions: ChangeSubscriptionRow;
  notified_objects: NotifiedObjectRow;
  notification_counts: NotificationCountsRow;
  asked_changes: AskedChangeRow;
  detection_matches: DetectionMatchRow;
  security_incidents: SecurityIncidentRow;
  security_rules: SecurityRuleRow;
  own_access: OwnAccessRow;
  digest_entries: DigestEntryRow;
  escalations: EscalationRow;
  kept_routes: KeptRoutesRow;
  installations: InstallationRow;
  doctor_findings: DoctorFindingRow;
  chat_settings: ChatSettingRow;
  setting_requests: SettingRequestRow;
};
