import type { Activity } from '../domain/search/activities.ts';
import type { Intent } from './facts.ts';

export type { Intent } from './facts.ts';

/** Half open, ms UTC. */
export type TimeRange = { from: number; to: number };

/** What a sentence asks for. Ids are lower case; `unresolved` holds the words that fit nobody, or several equally well. */
export type Query = {
  intent: Intent;
  people: string[];
  skus: string[];
  groups: string[];
  range: TimeRange | null;
  /** A length without a position: "in the next 30 days". */
  days: number | null;
  unresolved: string[];
  /** Two or three intents that it may have, the best first, where the words do not tell; `intent` is the first. */
  ask?: Intent[];
  /** Of an export, two or three lists that may be wanted, the best first, where the words do not tell; `list` is the first. */
  lists?: Intent[];
} & Partial<Details>;

/** What a sentence may say besides; each is absent where it does not. No answer looks into the sentence again. */
export type Details = {
  /** Why, in the asker's own words: "known migration". */
  reason: string;
  /** A standing rule by its number. */
  rule: number;
  /** By what an answer is to be split: "cost by department". */
  by: Grouping;
  /** The kinds of decision that are asked about. */
  deeds: Deed[];
  /** Whether a question about the logs is about auditing itself. */
  auditing: AuditingAsked;
  /** Whether everything that needs somebody is asked about, and not the open incidents alone. */
  board: true;
  /** Whether the file that is wanted is the evidence for a case at Microsoft's support. */
  evidence: true;
  /** Microsoft's services whose incidents are asked about, as the service health names them. */
  healthOf: string[];
  /** Whose role is asked about where it is the asker's, what for, and which directory role of Microsoft's. */
  rights: RightsAsked;
  /** The question whose answer is wanted as a file, and how. */
  list: Intent;
  format: FileFormat;
  /** The product that goes, and the one that comes. Ids are in `skus`, too. */
  from: string[];
  to: string[];
  /** The products that somebody must have all of: for each name that was said, the ids it fits. */
  together: string[][];
  /** The products that are to be compared: for each name that was said, the ids it fits. */
  sides: string[][];
  /** Service plans, by the names we say: "Exchange Online". */
  plans: string[];
  /** Whether service plans that are on are asked for, or those that are switched off. */
  planState: PlanState;
  /** To which state service plans are to be switched, which changes something. */
  planTurn: PlanState;
  /** Departments as the directory writes them, else as they were said. */
  departments: string[];
  /** ISO 3166-1 codes, as Graph's `usageLocation`. */
  countries: string[];
  /** What is left out; ids of it are nowhere else. */
  except: Exclusion;
  /** How many rows are wanted. */
  limit: number;
  /** Of a request, words that nothing is made of: it is not carried out without them. */
  unused: string[];
  /** Of which accounts it is; all of it must hold. */
  accounts: AccountKind[];
  /** What these accounts hold. */
  holding: HoldingAsked;
  /** How a license reaches them. */
  path: PathAsked;
  /** What is asked of audit records of any kind, whatever the intent. */
  records: RecordsAsked;
  /** The setting that is asked about, or is to be changed. */
  setting: SettingAsked;
};

/** `name` is that of its environment variable; a `value` of null takes it away, and it is absent where none is said. */
export type SettingAsked = { name: string; product?: string; value?: string | null };

/**
 * What records must have. It stands beside the intent, which stays what it is: a question that is about no license
 * may be `unknown` and still ask for records. Names of sites and apps are as they were said.
 */
export type RecordsAsked = Pick<Query, 'people' | 'range' | 'days' | 'unresolved'> & {
  activity?: Activity;
  /** Activities that will do as well. */
  also?: Activity[];
  /** Of these activities only these operations, by Microsoft's names. */
  operations?: string[];
  /** Which part the people played: who acted, on whom, whose mailbox; left out for any. */
  part?: 'by' | 'on' | 'mailbox';
  departments?: string[];
  /** A site, or whatever else something is “in”. */
  site?: string;
  address?: string;
  app?: string;
  /** A file, a role or somebody outside, by name. */
  thing?: string;
  /** The names that the thing may have, where the words do not tell: "list.xlsx", "Price list.xlsx". */
  names?: string[];
  /** A service, by its name, and as records call it. */
  workload?: string;
  workloads?: string[];
  text?: string;
  /** One record, by Microsoft's id. */
  record?: string;
  /** As what they are wanted as a file. */
  file?: FileFormat;
};

/** `external`: guests, and members who were invited from elsewhere. `disabled`: may not sign in. */
export type AccountKind = 'guest' | 'external' | 'member' | 'disabled' | 'enabled';

export type HoldingAsked = 'any' | 'paid' | 'none';

/** `group` and `direct` by that way, whatever others there are. */
export type PathAsked = 'group' | 'only-group' | 'direct' | 'only-direct';

/** By what the rows of an answer are added up. */
export type Grouping = 'department' | 'product' | 'company' | 'country' | 'person';

/** What somebody did with an incident, as questions name it. */
export type Deed = 'approve' | 'decline' | 'withdraw' | 'snooze' | 'undo' | 'rule' | 'reassign';

/**
 * Whether a question about the logs is about auditing itself: `how-to` how it is switched on, `state` whether it is on;
 * `retention` how long the logs are kept.
 */
export type AuditingAsked = 'state' | 'how-to' | 'retention';

/** `for` is the least role that the deed in question takes; `directoryRole` its English name. */
export type RightsAsked = {
  mine?: true;
  for?: 'reader' | 'operator' | 'owner';
  directoryRole?: string;
};

/** As what a list is wanted as a file. */
export type FileFormat = 'csv' | 'ndjson';

export type PlanState = 'on' | 'off';

export type Exclusion = {
  people: string[];
  skus: string[];
  groups: string[];
  departments: string[];
  countries: string[];
  /** As it was said: "but not Lee". */
  said: string;
};

export type DirectoryPerson = {
  id: string;
  displayName: string;
  givenName: string | null;
  surname: string | null;
  userPrincipalName: string;
  mail: string | null;
  formerNames: string[];
};
export type DirectorySku = { skuId: string; partNumber: string; displayName: string };
export type DirectoryGroup = { id: string; displayName: string };

/** The names a sentence may use. */
export type Directory = {
  people: DirectoryPerson[];
  skus: DirectorySku[];
  groups: DirectoryGroup[];
  /** The departments of these people, each once; left out where nobody knows them. */
  departments?: string[];
};

export type UnderstandContext = {
  directory: Directory;
  /** ms UTC. */
  now: number;
  /** IANA name; days and weeks begin in it. */
  timeZone: string;
  /** The asker's own user id, for "me" and "my". */
  asker: string | null;
  /** The query before this one in the same conversation, which a follow-up such as "and last week?" goes on from. */
  previous?: Query | null;
  /** The intent that was chosen where several were offered; the sentence is read for its other parts alone. */
  intent?: Intent;
};
