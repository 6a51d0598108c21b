/** What the running bot remembers. Times are ms UTC; ids are lower case. */
export type ConversationKind = 'personal' | 'groupChat' | 'channel';

export type StoredConversation = {
  key: string;
  kind: ConversationKind;
  name: string;
  tenantId: string | null;
  /** As Teams names the team in activities: the id of its General channel. */
  teamId: string | null;
  /** As Graph names the team, a GUID; null until an activity or Teams has told it. */
  groupId: string | null;
  /** The SDK's conversation reference, as JSON text; opaque outside `teams/`. */
  reference: string;
  /** Alerts go here. */
  alerts: boolean;
  unreachable: string | null;
  updatedAt: number;
};

export type NewConversation = Omit<StoredConversation, 'alerts' | 'unreachable' | 'groupId'> & {
  groupId?: string | null;
};

export interface ConversationStore {
  /**
   * Keeps `alerts` and clears `unreachable`. The first channel ever stored gets the alerts. Most activities do not
   * name the group: one that is known already stays.
   */
  upsert(conversation: NewConversation): Promise<void>;
  byKey(key: string): Promise<StoredConversation | null>;
  alertTarget(): Promise<StoredConversation | null>;
  setAlertTarget(key: string): Promise<void>;
  /** Notes the group behind a team, for all of its channels. */
  setGroup(teamId: string, groupId: string): Promise<void>;
  setUnreachable(key: string, reason: string | null): Promise<void>;
  /** Removes the conversation; with a team id, all channels of that team. */
  remove(filter: { key: string } | { teamId: string }): Promise<void>;
  all(): Promise<StoredConversation[]>;
}

/** A lease held without a break by one process; the database gives each the next higher number. */
export type LeaseTerm = { name: string; token: number };

export type HeldLease = LeaseTerm & {
  holder: string;
  /** Counts up while the holder lives. */
  renewals: number;
  expiresAt: number;
  /** By the database's clock; `too-far-ahead`: further than its length, so that some clock was wrong. */
  time: 'running' | 'over' | 'too-far-ahead';
};

export interface LeaseStore {
  /** Whether a process must be on the database's own machine. Its clock is then the one that each process has. */
  readonly oneMachine: boolean;
  /** Who holds it now, expired or not; null when nobody does. `length` is that of a lease of this name, ms. */
  current(name: string, length: number): Promise<HeldLease | null>;
  /** Begins a term of our own, if the lease is still held as it was seen; null when somebody else was first. */
  take(name: string, holder: string, length: number, seen: HeldLease | null): Promise<LeaseTerm | null>;
  /** False when the term is over. */
  renew(term: LeaseTerm, length: number): Promise<boolean>;
  release(term: LeaseTerm): Promise<void>;
  /**
   * Runs work whose writes to this store, and those of all that it calls, count only while the term lasts: after it
   * they throw an error with the code `lease-lost`. A term within a term takes its place.
   */
  under<T>(term: LeaseTerm, work: () => Promise<T>): Promise<T>;
}

export type JobRun = {
  name: string;
  startedAt: number;
  finishedAt: number | null;
  ok: boolean | null;
  detail: string | null;
  /** When it last went well, whatever came after. */
  lastSuccessAt: number | null;
};

/** Under these names a job store keeps which rows of the last read were left out: `detail` says which and why. */
export const LEFT_OUT_NOTES = {
  subscriptions: 'left-out-subscriptions',
  serviceIssues: 'left-out-service-issues',
} as const;

/** Under this name a job store keeps how the last read of Microsoft's service health went. */
export const SERVICE_HEALTH_READ = 'service-health';

/** Under this name a job store keeps what is wrong with the file of routes: not `ok`, with the reason in `detail`. */
export const ROUTES_READ = 'routes';

export interface JobStore {
  started(name: string, at: number): Promise<void>;
  finished(name: string, at: number, ok: boolean, detail: string | null): Promise<void>;
  last(name: string): Promise<JobRun | null>;
}
