import type { ExportName, ExportRequest } from '../answer/export-request.ts';
import { isGain } from '../questions/gained-licenses.ts';
import { accountsTable } from './accounts.ts';
import { assignmentsTable } from './assignments.ts';
import { auditTable } from './audit.ts';
import { changesTable } from './changes.ts';
import { decisionsTable } from './decisions.ts';
import { directoryTable } from './directory.ts';
import { groupsTable } from './groups.ts';
import { incidentsTable } from './incidents.ts';
import { plansTable } from './plans.ts';
import { recordsTable } from './records.ts';
import { supportCaseTable } from './support-case.ts';
import type { ExportTable } from './table.ts';
import { seatsTable, subscriptionsTable } from './tenant.ts';
import { unusedTable } from './unused.ts';

/** A list that can be had as a file. */
type ExportList = {
  /** What sentences and the file's name call it. */
  name: string;
  table: (request: ExportRequest) => ExportTable;
  /**
   * What a question without a time means: so many days back, all there is, or things as they are now; `since` keeps
   * a length of time for the list itself, which counts it from when it was read.
   */
  time: { days: number } | 'all' | 'now' | 'since';
};

const LISTS = {
  'lost-licenses': {
    name: 'lost licenses',
    table: () => changesTable(['lost', 'account-removed']),
    time: { days: 7 },
  },
  history: { name: 'license changes', table: () => changesTable([]), time: 'all' },
  'who-changed': { name: 'license changes', table: () => changesTable([]), time: 'all' },
  decisions: { name: 'decisions', table: () => decisionsTable, time: 'all' },
  'audit-by': {
    name: 'audit records',
    table: ({ records }) => (records ? recordsTable(records) : auditTable('by')),
    time: { days: 7 },
  },
  'audit-on': {
    name: 'audit records',
    table: ({ records }) => (records ? recordsTable(records) : auditTable('on')),
    time: { days: 7 },
  },
  'sku-users': {
    name: 'users of products',
    table: ({ which }) => accountsTable(which, 'holders'),
    time: 'now',
  },
  'user-licenses': {
    name: 'licenses',
    table: ({ people }) => assignmentsTable(people.length > 0 ? 'named' : 'holders'),
    time: 'now',
  },
  guests: { name: 'guests with licenses', table: ({ which }) => accountsTable(which, 'guests'), time: 'now' },
  duplicates: {
    name: 'licenses assigned twice',
    table: ({ skus }) => assignmentsTable(skus.length > 1 ? 'of-several' : 'twice'),
    time: 'now',
  },
  'assignment-errors': { name: 'assignment errors', table: () => assignmentsTable('in-error'), time: 'now' },
  unused: { name: 'unused licenses', table: () => unusedTable, time: 'since' },
  seats: { name: 'seats', table: () => seatsTable, time: 'now' },
  expiring: { name: 'subscriptions', table: () => subscriptionsTable, time: 'now' },
  'gained-licenses': {
    name: 'gained licenses',
    table: () => changesTable(['gained', 'swap', 'account-restored'], isGain),
    time: { days: 7 },
  },
  directory: {
    name: 'licenses of everybody',
    table: ({ which }) => directoryTable(which),
    time: 'now',
  },
  groups: {
    name: 'license groups',
    table: ({ people, groups }) =>
      people.length > 0 || groups.length > 0 ? directoryTable({ kind: 'assigned' }, 'by group') : groupsTable,
    time: 'now',
  },
  unlicensed: {
    name: 'users without a license',
    table: ({ which }) => accountsTable(which ?? { kind: 'lacking' }, 'holders'),
    time: 'now',
  },
  incidents: { name: 'open incidents', table: () => incidentsTable, time: 'now' },
  plans: { name: 'service plans', table: plansTable, time: 'now' },
  'support-case': {
    name: 'support case',
    table: ({ incidentId = '' }) => supportCaseTable(incidentId),
    time: 'now',
  },
} satisfies Record<ExportName, ExportList>;

export const listFor = (intent: ExportName): ExportList => LISTS[intent];
