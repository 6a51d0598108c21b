/** The few interfaces that jobs and answers need, a file a subject. Times are ms UTC; ids are lower case. */

import type { KnownAccessStore, OwnAccessStore } from './ports/access.ts';
import type { AlertStore } from './ports/alerts.ts';
import type { ArchiveStore } from './ports/archive.ts';
import type { AskedChangeStore } from './ports/asked-changes.ts';
import type { AuditStore } from './ports/audit.ts';
import type { ChangeStore, UserStore } from './ports/changes.ts';
import type { DoctorStore } from './ports/doctor.ts';
import type { ForwardStore } from './ports/forwarding.ts';
import type { HoldStore } from './ports/holds.ts';
import type { DecisionStore, IncidentStore } from './ports/incidents.ts';
import type { LicenseDatesStore } from './ports/license-dates.ts';
import type { NotificationStore } from './ports/notifications.ts';
import type { ConversationStore, JobStore, LeaseStore } from './ports/operations.ts';
import type { OutboxStore } from './ports/outbox.ts';
import type { PeopleStore } from './ports/people.ts';
import type { DigestStore, EscalationStore, RoutesStore } from './ports/routing.ts';
import type { ScanStore } from './ports/scans.ts';
import type { SearchStore } from './ports/search.ts';
import type { SecurityStore } from './ports/security.ts';
import type { SentenceStore } from './ports/sentences.ts';
import type { SettingStore } from './ports/settings.ts';
import type { SignInStore } from './ports/sign-ins.ts';
import type { SuppressionStore } from './ports/suppression.ts';
import type { UpkeepStore } from './ports/upkeep.ts';
import type { UsageStore } from './ports/usage.ts';

export type * from './ports/access.ts';
export type * from './ports/alerts.ts';
export * from './ports/archive.ts';
export type * from './ports/asked-changes.ts';
export type { AuditReader, AuditStore } from './ports/audit.ts';
export type * from './ports/changes.ts';
export type * from './ports/forwarding.ts';
export type * from './ports/holds.ts';
export type * from './ports/incidents.ts';
export type * from './ports/license-dates.ts';
export type * from './ports/notifications.ts';
export * from './ports/operations.ts';
export type * from './ports/outbox.ts';
export type * from './ports/people.ts';
export type * from './ports/process.ts';
export type * from './ports/routing.ts';
export type * from './ports/scans.ts';
export type * from './ports/search.ts';
export type * from './ports/security.ts';
export type * from './ports/sentences.ts';
export type * from './ports/settings.ts';
export type * from './ports/sign-ins.ts';
export type * from './ports/suppression.ts';
export type * from './ports/telling.ts';
export * from './ports/tenant.ts';
export * from './ports/upkeep.ts';
export type * from './ports/uploads.ts';
export type * from './ports/usage.ts';
export * from './ports/writes.ts';

/**
 * How far ahead anything may be noted: how long changes settle and a pause in sending lasts at most, ms, and when the
 * snoozes of today end, ms UTC.
 */
export type LatestTimes = { settleMs: number; longestPauseMs: number; snoozeEnds: readonly number[] };

export interface Store {
  scans: ScanStore;
  users: UserStore;
  changes: ChangeStore;
  audit: AuditStore;
  archive: ArchiveStore;
  forwarding: ForwardStore;
  search: SearchStore;
  holds: HoldStore;
  people: PeopleStore;
  incidents: IncidentStore;
  outbox: OutboxStore;
  alerts: AlertStore;
  decisions: DecisionStore;
  askedChanges: AskedChangeStore;
  suppression: SuppressionStore;
  signIns: SignInStore;
  licenseDates: LicenseDatesStore;
  usage: UsageStore;
  conversations: ConversationStore;
  leases: LeaseStore;
  jobs: JobStore;
  knownAccess: KnownAccessStore;
  sentences: SentenceStore;
  upkeep: UpkeepStore;
  notifications: NotificationStore;
  security: SecurityStore;
  ownAccess: OwnAccessStore;
  digest: DigestStore;
  escalations: EscalationStore;
  routes: RoutesStore;
  doctor: DoctorStore;
  settings: SettingStore;
  /**
   * Makes due at once what was noted for later while the clock was ahead, but for cards that a snooze holds back.
   * @param now ms UTC
   */
  bringForward(now: number, latest: LatestTimes): Promise<void>;
  /** Throws when the database cannot be reached. */
  ping(): Promise<void>;
  /** Why the database cannot be written now, a sentence; null when it can. Tried at most every few seconds. */
  writeProblem(): Promise<string | null>;
  close(): Promise<void>;
}
