import type { Scope } from '../../domain/access/scope.ts';
import type { HealthLimits } from '../../domain/health/health.ts';
import type { IncidentView } from '../../domain/incident-view/view.ts';
import type { SearchStore, Store } from '../../domain/ports.ts';
import type { DirectoryIndex } from '../../language/names/directory-index.ts';
import type { Directory, Intent } from '../../language/query.ts';
import type { GroupFacts } from './group-facts.ts';
import type { PageWanted } from './page-wanted.ts';
import type { RetentionFacts } from './retention-facts.ts';
import type { RoleFacts } from './role-facts.ts';
import type { RoutingFacts } from './routing-facts.ts';
import type { SettingFacts } from './setting-facts.ts';
import type { SpendFacts } from './spend-facts.ts';
import type { UnitFacts } from './unit-facts.ts';

/** What of the store answers read. `scope.ts` passes each of these through: nothing else can reach a scoped asker. */
export type AnswerStore = {
  scans: Pick<Store['scans'], 'last' | 'lastWhole' | 'recent'>;
  users: Store['users'];
  changes: Pick<Store['changes'], 'find' | 'byIds'>;
  audit: Pick<
    Store['audit'],
    | 'find'
    | 'flaws'
    | 'feeds'
    | 'coverage'
    | 'problems'
    | 'auditing'
    | 'silences'
    | 'lastPurge'
    | 'serviceIssues'
  >;
  incidents: Pick<Store['incidents'], 'byId' | 'open' | 'recent'>;
  decisions: Pick<Store['decisions'], 'recent' | 'between' | 'byIncident' | 'stepsOf'>;
  askedChanges: Pick<Store['askedChanges'], 'byIds'>;
  suppression: Pick<Store['suppression'], 'rules' | 'silences' | 'marks'>;
  signIns: Pick<Store['signIns'], 'state' | 'byUsers' | 'perhapsUnused'>;
  licenseDates: Pick<Store['licenseDates'], 'run' | 'byUsers'>;
  usage: Pick<Store['usage'], 'reports' | 'byUsers' | 'notUsing' | 'unknownOf'>;
  outbox: Pick<Store['outbox'], 'backlog' | 'postedCard'>;
  conversations: Pick<Store['conversations'], 'alertTarget' | 'all'>;
  jobs: Pick<Store['jobs'], 'last'>;
  writeProblem: Store['writeProblem'];
  alerts: Pick<Store['alerts'], 'about' | 'reads'>;
  security: Pick<Store['security'], 'open' | 'backlog'>;
  notifications: Pick<Store['notifications'], 'subscriptions' | 'counts'>;
  /** Administrative units, read from the directory when they are asked about; absent where no directory is asked. */
  units?: UnitFacts;
};

/** The search in audit records of all kinds, and whether the asker may use it where they ask. */
export type RecordFacilities = {
  store: SearchStore;
  /** `elsewhere`: they may, but others read along here. */
  mayAudit: 'yes' | 'no' | 'elsewhere';
  /** Who the asker may see; null is everybody. */
  sees: Scope;
};

/** What an answer is made from, besides the query. */
export type AnswerDeps = {
  store: AnswerStore;
  /** ms UTC. */
  now: number;
  /** IANA name; times in sentences are told in it. */
  timeZone: string;
  /** The sentence that was asked, for the sentences that a choice offers instead. */
  text: string;
  /** What kind of question or request it is, where that was chosen: the sentence does not say it by itself. */
  intent?: Intent;
  directory: Directory;
  index: DirectoryIndex;
  /** Which page of a long list to show. */
  page: PageWanted;
  spend: SpendFacts;
  /** How old the newest good runs may be. */
  limits: HealthLimits;
  /** Has Microsoft's dates of a few people's licenses read now, where that is possible. */
  freshDates(userIds: readonly string[]): Promise<void>;
  /** Whether no setting gives anybody the role to decide; false where the settings of roles are not known. */
  nobodyDecides: boolean;
  /** When the certificate that reads the tenant ends, ms UTC; null where there is none or nobody knows. */
  certificateEndsAt(): Promise<number | null>;
  /** Who asks, by object id; null for somebody who is nobody in the tenant, as in the terminal. */
  asker: string | null;
  /** The address of the Microsoft 365 admin center, without a final slash. */
  adminCenter: string;
  /** Looks at groups in the directory, as they are now; null where no directory is asked. */
  groups: GroupFacts | null;
  /** Whether the asker may act on all users, so on what concerns everybody. */
  actsOnAll: boolean;
  /** Who may do what; null where no directory is asked. */
  roles: RoleFacts | null;
  /** How long the archive keeps a record; null: without an end. Undefined where the settings are not known. */
  auditRetentionDays: number | null | undefined;
  /**
   * By what the archive keeps records, with who the asker may see, and whether they may know by name who is on legal
   * hold; null where it is not known.
   */
  keeping: (RetentionFacts & { sees: Scope; namesHolds: boolean }) | null;
  /** The routes in force, and after how long somebody is called, ms; null where they are not known. */
  routing(): Promise<RoutingFacts | null>;
  /** Settings that may be made in chat; null where they are not known. */
  settings: SettingFacts | null;
  /** The search in audit records of all kinds; null where there is none. */
  records: RecordFacilities | null;
  incidentView(id: string): Promise<IncidentView | null>;
};
