import type { Tables } from '../database/schema.ts';

/**
 * What becomes of the rows of a table that name a person. `removed`: the row goes. `rewritten`: it stays with a
 * pseudonym, as others need it, or as the ledger only grows. `records`: audit records go through the chain.
 * `nobody`: it holds nothing about people, or nothing that may change; `why` says it.
 */
export type PersonTable =
  | { does: 'removed' | 'rewritten' | 'records'; kind: string; isLedger?: true }
  | { does: 'nobody'; why: string };

/** Every table, also the staging of a scan and the index of the search, which are none of `Tables`: a new one does not compile without its line. */
export const PERSON_TABLES: Readonly<
  Record<keyof Tables | 'scan_staging' | 'audit_terms' | 'audit_words', PersonTable>
> = {
  user_states: { does: 'removed', kind: 'account' },
  user_former_names: { does: 'removed', kind: 'former name' },
  sign_ins: { does: 'removed', kind: 'last sign-in' },
  license_dates: { does: 'removed', kind: 'license dates' },
  usage_facts: { does: 'removed', kind: 'use of Microsoft 365' },
  known_access: { does: 'removed', kind: 'what they may see' },
  watch_marks: { does: 'removed', kind: 'watch mark' },
  conversations: { does: 'removed', kind: 'conversation' },
  detection_matches: { does: 'removed', kind: 'match of a detection' },
  audit_events: { does: 'records', kind: 'audit record' },
  license_changes: { does: 'rewritten', kind: 'license change', isLedger: true },
  attributions: { does: 'rewritten', kind: 'cause of a change', isLedger: true },
  decisions: { does: 'rewritten', kind: 'decision', isLedger: true },
  alert_notes: { does: 'rewritten', kind: 'note of an alert', isLedger: true },
  person_log: { does: 'rewritten', kind: 'what was done with stored data', isLedger: true },
  audit_searches: { does: 'rewritten', kind: 'search in the archive', isLedger: true },
  decision_steps: { does: 'rewritten', kind: 'step of a decision' },
  incidents: { does: 'rewritten', kind: 'incident' },
  security_incidents: { does: 'rewritten', kind: 'security incident' },
  asked_changes: { does: 'rewritten', kind: 'change asked for' },
  standing_rules: { does: 'rewritten', kind: 'rule' },
  security_rules: { does: 'rewritten', kind: 'rule of a detection' },
  silences: { does: 'rewritten', kind: 'silence' },
  outbox: { does: 'rewritten', kind: 'message' },
  posted_cards: { does: 'rewritten', kind: 'posted card' },
  digest_entries: { does: 'rewritten', kind: 'line of a digest' },
  escalations: { does: 'rewritten', kind: 'escalation' },
  chat_settings: { does: 'rewritten', kind: 'setting made in chat' },
  setting_requests: { does: 'rewritten', kind: 'setting that waits for a second owner' },
  legal_holds: { does: 'rewritten', kind: 'legal hold' },
  auditing: { does: 'rewritten', kind: 'switch of auditing' },
  scans: { does: 'rewritten', kind: 'read of the tenant' },
  job_runs: { does: 'rewritten', kind: 'run of a job' },
  audit_targets: { does: 'nobody', why: 'the index of audit_events: its rows go with their record' },
  archive_links: {
    does: 'nobody',
    why: 'hashes of records, and the names of policies: they prove the archive',
  },
  installations: { does: 'nobody', why: 'what tells this database from another' },
  doctor_findings: {
    does: 'nobody',
    why: 'what works of the set-up, by check: ids of groups and apps at most',
  },
  archive_heads: { does: 'nobody', why: 'the end of the chain' },
  audit_purges: { does: 'nobody', why: 'counts of what was removed' },
  audit_sources: { does: 'nobody', why: 'how far a log was read' },
  audit_windows: { does: 'nobody', why: 'which stretches of a log were read' },
  audit_contents: { does: 'nobody', why: 'addresses of content at Microsoft, for nine days' },
  forwarding: { does: 'nobody', why: 'how far the SIEM has the archive' },
  own_access: { does: 'nobody', why: 'which permissions the tenant gives us' },
  audit_terms: { does: 'nobody', why: 'the index of audit_events: its rows go with their record' },
  audit_words: { does: 'nobody', why: 'the words of audit_events: they go with their record' },
  audit_search_state: { does: 'nobody', why: 'how far older records are indexed' },
  service_issues: { does: 'nobody', why: 'Microsoft’s notices about its services' },
  watch_state: { does: 'nobody', why: 'counts, products and groups of the tenant' },
  change_settling: { does: 'nobody', why: 'ids of changes and times' },
  incident_changes: { does: 'nobody', why: 'ids of changes and incidents' },
  sign_in_state: { does: 'nobody', why: 'which read of sign-ins counts' },
  license_dates_run: { does: 'nobody', why: 'how far the read of license dates is' },
  usage_reports: { does: 'nobody', why: 'how far the reads of usage reports are' },
  alert_note_purge: { does: 'nobody', why: 'a time' },
  kept_sentences: {
    does: 'nobody',
    why: 'sentences are kept without names, and nothing says who wrote them',
  },
  kept_routes: {
    does: 'nobody',
    why: 'a copy of the administrator’s own file: who is named there is changed there',
  },
  change_subscriptions: { does: 'nobody', why: 'our subscriptions at Microsoft Graph' },
  notified_objects: { does: 'nobody', why: 'ids of accounts to be read, until they have been' },
  notification_counts: { does: 'nobody', why: 'counts' },
  leases: { does: 'nobody', why: 'which process runs the jobs' },
  lease_terms: { does: 'nobody', why: 'counts of leases' },
  write_probes: { does: 'nobody', why: 'bytes that show whether the database can be written' },
  erasures: { does: 'nobody', why: 'erasures under way: the row goes when its erasure is finished' },
  scan_staging: { does: 'nobody', why: 'a read under way: it goes when the read is finished' },
};

type Kept = Exclude<PersonTable, { does: 'nobody' }>;

/** Tables with rows about people, in the order in which they are erased: the account last, as it tells the names. */
export const tablesAboutPeople = (): { table: keyof Tables; entry: Kept }[] =>
  Object.entries(PERSON_TABLES)
    .flatMap(([table, entry]) => (entry.does === 'nobody' || !isTable(table) ? [] : [{ table, entry }]))
    .sort((one, other) => placeOf(one.table) - placeOf(other.table));

const isTable = (name: string): name is keyof Tables =>
  name !== 'scan_staging' && Object.hasOwn(PERSON_TABLES, name);
const LAST: readonly string[] = ['user_former_names', 'user_states'];
const placeOf = (table: string): number => LAST.indexOf(table);
