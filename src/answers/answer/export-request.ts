import type { PlanState, RecordsAsked, TimeRange } from '../../language/query.ts';
import type { About, Narrowing } from './about.ts';
import type { Which } from './which-accounts.ts';

export const FORMATS = ['csv', 'ndjson'] as const;

export type Format = (typeof FORMATS)[number];

/** The questions whose answer can be had as a file. */
export const EXPORT_INTENTS = [
  'lost-licenses',
  'history',
  'who-changed',
  'decisions',
  'audit-by',
  'audit-on',
  'sku-users',
  'user-licenses',
  'guests',
  'duplicates',
  'assignment-errors',
  'unused',
  'seats',
  'expiring',
  'incidents',
  'unlicensed',
  'gained-licenses',
  'directory',
  'plans',
  'groups',
] as const;
export type ExportIntent = (typeof EXPORT_INTENTS)[number];

/** What can be had as a file: the answer to a question, or all that a support case needs of one incident. */
export const EXPORT_NAMES = [...EXPORT_INTENTS, 'support-case'] as const;
export type ExportName = (typeof EXPORT_NAMES)[number];

const KNOWN: ReadonlySet<string> = new Set(EXPORT_INTENTS);
export const isExportIntent = (intent: string): intent is ExportIntent => KNOWN.has(intent);

/** What a support case needs of an incident, as a file. `now` is ms UTC. */
export const supportCaseRequest = (
  incidentId: string,
  now: number,
  format: Format = 'ndjson',
): ExportRequest => ({
  intent: 'support-case',
  incidentId,
  people: [],
  skus: [],
  groups: [],
  range: { from: 0, to: now + 1 },
  days: null,
  format,
});

/** Which list somebody wants as a file, by ids; a button can carry it. Whose rows it has is decided when it is read. */
export type ExportRequest = About & {
  intent: ExportName;
  /** The incident of a support case. */
  incidentId?: string;
  /** ms UTC, half open. */
  range: TimeRange;
  days: number | null;
  format: Format;
  /** Whose rows are wanted, where not everybody's. */
  narrowing?: Narrowing;
  /** Which accounts, where the list is about some kinds of them; requests of old cards have none. */
  which?: Which;
  /** Of a list of service plans: which, and whether those that are on or off. */
  plans?: string[];
  planState?: PlanState;
  /** Of a list of service plans: those who do not have them on. */
  lacking?: true;
  /** Of audit records of all kinds: what they must have. Only auditors get them. */
  records?: RecordsAsked;
};
