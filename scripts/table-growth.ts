/** Writes the table of what grows into docs/operations.md: `node scripts/table-growth.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { KEPT_DAYS } from '../src/domain/ports/upkeep.ts';

/** What a table of the database grows by, what keeps it small, and how large it gets. */
export type TableGrowth = {
  /** `time`: also where nothing happens. `use`: what people ask and decide. `nothing`: a fixed number of rows. */
  growsBy: 'time' | 'records' | 'changes' | 'alerts' | 'users' | 'use' | 'nothing';
  /** What removes rows. */
  prunedBy: string;
  /** After a year at 10,000 users, 2 changes of licenses a user and 1,000 audit records an hour. */
  afterAYear: string;
  /** The most rows that there may be after any time in which nothing happens: fixed, or so many a day for some days. */
  idle: number | { aDay: number; days: number };
};

const FIXED = { growsBy: 'nothing', prunedBy: 'nothing to remove', afterAYear: 'a few rows' } as const;
const WITH_RECORD = 'with its record';
const RETENTION = '`AUDIT_RETENTION_DAYS` and `RETENTION_PATH`';
const FOR_GOOD = 'kept for good: it is the history that is answered from';
const days = (kept: number): string => `the nightly purge, after ${kept} days`;

export const TABLE_GROWTH: Readonly<Record<string, TableGrowth>> = {
  scans: {
    growsBy: 'time',
    prunedBy: `${days(KEPT_DAYS.scans)}, where nothing had changed; the newest of each kind stays`,
    afterAYear: '26,000 rows and those with changes, 5 MB',
    idle: { aDay: 292, days: KEPT_DAYS.scans + 1 },
  },
  audit_windows: {
    growsBy: 'time',
    prunedBy: `the nightly purge folds hours of more than ${KEPT_DAYS.windowsApart} days ago into one row`,
    afterAYear: '4,000 rows, 1 MB',
    idle: { aDay: 24 * 5, days: KEPT_DAYS.windowsApart + 1 },
  },
  audit_contents: {
    growsBy: 'time',
    prunedBy: days(9),
    afterAYear: '60,000 rows, 15 MB',
    idle: 0,
  },
  outbox: {
    growsBy: 'alerts',
    prunedBy: days(KEPT_DAYS.outbox),
    afterAYear: '5,000 rows, 3 MB',
    idle: 0,
  },
  alert_notes: { growsBy: 'alerts', prunedBy: days(400), afterAYear: '25,000 rows, 8 MB', idle: 0 },
  digest_entries: { growsBy: 'alerts', prunedBy: days(400), afterAYear: '3,000 rows, 1 MB', idle: 0 },
  escalations: {
    growsBy: 'alerts',
    prunedBy: days(KEPT_DAYS.escalations),
    afterAYear: '500 rows',
    idle: 0,
  },
  service_issues: {
    growsBy: 'time',
    prunedBy: `${days(KEPT_DAYS.serviceIssues)} since its end`,
    afterAYear: '300 rows, 2 MB',
    idle: 0,
  },
  kept_sentences: { growsBy: 'use', prunedBy: days(90), afterAYear: '1,000 rows', idle: 0 },

  audit_events: { growsBy: 'records', prunedBy: RETENTION, afterAYear: '8.8 million rows, 18 GB', idle: 0 },
  audit_targets: { growsBy: 'records', prunedBy: WITH_RECORD, afterAYear: '12 million rows, 1 GB', idle: 0 },
  audit_terms: { growsBy: 'records', prunedBy: WITH_RECORD, afterAYear: '6 GB', idle: 0 },
  audit_words: { growsBy: 'records', prunedBy: WITH_RECORD, afterAYear: '3 GB', idle: 0 },
  audit_purges: {
    growsBy: 'records',
    prunedBy: 'kept for good: it shows what was removed, a row for 500 records',
    afterAYear: '18,000 rows, 2 MB, where a retention is set',
    idle: 0,
  },
  archive_links: {
    growsBy: 'records',
    prunedBy: 'kept for good: it proves the archive, a row for each collection that brought something',
    afterAYear: '110,000 rows, 60 MB',
    idle: 0,
  },
  detection_matches: {
    growsBy: 'records',
    prunedBy: `${RETENTION}, as the records`,
    afterAYear: '90,000 rows, 60 MB',
    idle: 0,
  },
  security_incidents: {
    growsBy: 'alerts',
    prunedBy: `${RETENTION}, once they are closed`,
    afterAYear: '2,000 rows, 10 MB',
    idle: 0,
  },

  license_changes: { growsBy: 'changes', prunedBy: FOR_GOOD, afterAYear: '20,000 rows, 12 MB', idle: 0 },
  attributions: { growsBy: 'changes', prunedBy: FOR_GOOD, afterAYear: '25,000 rows, 40 MB', idle: 0 },
  incidents: { growsBy: 'changes', prunedBy: FOR_GOOD, afterAYear: '3,000 rows, 10 MB', idle: 0 },
  incident_changes: { growsBy: 'changes', prunedBy: FOR_GOOD, afterAYear: '20,000 rows, 2 MB', idle: 0 },
  posted_cards: { growsBy: 'alerts', prunedBy: FOR_GOOD, afterAYear: '5,000 rows, 2 MB', idle: 0 },
  change_settling: {
    growsBy: 'changes',
    prunedBy: 'once a change is explained',
    afterAYear: 'empty',
    idle: 0,
  },
  decisions: { growsBy: 'use', prunedBy: FOR_GOOD, afterAYear: '2,000 rows, 3 MB', idle: 0 },
  decision_steps: { growsBy: 'use', prunedBy: FOR_GOOD, afterAYear: '10,000 rows, 10 MB', idle: 0 },
  asked_changes: { growsBy: 'use', prunedBy: FOR_GOOD, afterAYear: '500 rows, 1 MB', idle: 0 },
  standing_rules: { growsBy: 'use', prunedBy: FOR_GOOD, afterAYear: '100 rows', idle: 0 },
  security_rules: { growsBy: 'use', prunedBy: FOR_GOOD, afterAYear: '100 rows', idle: 0 },
  silences: { growsBy: 'use', prunedBy: FOR_GOOD, afterAYear: '500 rows', idle: 0 },
  watch_marks: {
    growsBy: 'use',
    prunedBy: 'when somebody takes the mark away',
    afterAYear: '100 rows',
    idle: 0,
  },
  audit_searches: {
    growsBy: 'use',
    prunedBy: 'kept for good: it shows who searched, and for which people',
    afterAYear: '5,000 rows, 2 MB',
    idle: 0,
  },
  person_log: {
    growsBy: 'use',
    prunedBy: 'kept for good: it shows what was done with stored data',
    afterAYear: '100 rows',
    idle: 0,
  },
  chat_settings: {
    growsBy: 'use',
    prunedBy: 'a row for each setting, written over',
    afterAYear: '30 rows',
    idle: 0,
  },
  setting_requests: {
    growsBy: 'use',
    prunedBy:
      'once the second owner has answered; one that nobody answers stays, and counts no more when it is too late',
    afterAYear: '20 rows',
    idle: 0,
  },
  erasures: { growsBy: 'use', prunedBy: 'when the erasure is finished', afterAYear: 'empty', idle: 0 },
  legal_holds: {
    growsBy: 'use',
    prunedBy: 'kept for good, also when they have ended',
    afterAYear: '100 rows',
    idle: 0,
  },
  known_access: {
    growsBy: 'use',
    prunedBy: 'a row for each person who asked, written over at each look',
    afterAYear: '100 rows, 1 MB',
    idle: 0,
  },
  conversations: {
    growsBy: 'use',
    prunedBy: 'when the app is removed there',
    afterAYear: '200 rows',
    idle: 1,
  },

  user_states: {
    growsBy: 'users',
    prunedBy: 'a row for each account that there ever was; `license-watch person erase` for one of them',
    afterAYear: '11,500 rows, 20 MB',
    idle: 10,
  },
  user_former_names: { growsBy: 'users', prunedBy: 'with its account', afterAYear: '1,000 rows', idle: 0 },
  sign_ins: {
    growsBy: 'users',
    prunedBy: 'the read of each day replaces that of the day before',
    afterAYear: '10,000 rows, 1 MB',
    idle: 10,
  },
  license_dates: {
    growsBy: 'users',
    prunedBy: 'the read of each day replaces that of the day before',
    afterAYear: '25,000 rows, 4 MB',
    idle: 20,
  },
  usage_facts: {
    growsBy: 'users',
    prunedBy: 'a row for each account, written over by each read of the reports',
    afterAYear: '11,500 rows, 3 MB',
    idle: 10,
  },
  scan_staging: { growsBy: 'users', prunedBy: 'when the read is finished', afterAYear: 'empty', idle: 0 },

  watch_state: { ...FIXED, idle: 1 },
  audit_sources: { ...FIXED, idle: 5 },
  audit_search_state: { ...FIXED, idle: 1 },
  archive_heads: { ...FIXED, idle: 1 },
  forwarding: { ...FIXED, idle: 2 },
  auditing: { ...FIXED, idle: 1 },
  alert_note_purge: { ...FIXED, idle: 1 },
  write_probes: { ...FIXED, idle: 1 },
  sign_in_state: { ...FIXED, idle: 1 },
  license_dates_run: { ...FIXED, idle: 1 },
  kept_routes: { ...FIXED, idle: 1 },
  leases: { ...FIXED, idle: 4 },
  lease_terms: { ...FIXED, idle: 4 },
  job_runs: { ...FIXED, afterAYear: 'a row for each job', idle: 30 },
  usage_reports: { ...FIXED, idle: 30 },
  change_subscriptions: { ...FIXED, idle: 2 },
  notified_objects: {
    ...FIXED,
    afterAYear: 'a row for each user who was notified and not read yet',
    idle: 0,
  },
  notification_counts: { ...FIXED, idle: 1 },
  doctor_findings: { ...FIXED, afterAYear: 'a row for each check', idle: 100 },
  installations: { ...FIXED, idle: 1 },
  own_access: { ...FIXED, idle: 60 },
};

const BEGIN = '<!-- tables: written by scripts/table-growth.ts -->';
const END = '<!-- end of tables -->';
export const OPERATIONS = fileURLToPath(new URL('../docs/operations.md', import.meta.url));

/** A text with the table put between its markers. Throws when a marker is missing. */
export function withGrowth(page: string): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error('The page has lost its markers.');
  const rows = Object.entries(TABLE_GROWTH)
    .filter(([, { growsBy }]) => growsBy !== 'nothing')
    .map(
      ([table, { growsBy, prunedBy, afterAYear }]) =>
        `| \`${table}\` | ${growsBy} | ${prunedBy} | ${afterAYear} |`,
    );
  const fixed = Object.entries(TABLE_GROWTH)
    .filter(([, { growsBy }]) => growsBy === 'nothing')
    .map(([table]) => `\`${table}\``);
  return [
    `${before}${BEGIN}\n`,
    '| table | grows by | what removes rows | after a year |',
    '| --- | --- | --- | --- |',
    ...rows,
    `\nA fixed number of rows: ${fixed.join(', ')}.\n`,
    `${END}${after}`,
  ].join('\n');
}

if (process.argv[1] === path.normalize(fileURLToPath(import.meta.url))) {
  writeFileSync(OPERATIONS, withGrowth(readFileSync(OPERATIONS, 'utf8')));
}
