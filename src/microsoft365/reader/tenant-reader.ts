import type { TenantReader } from '../../domain/ports.ts';
import type { Cloud } from '../clouds.ts';
import type { Patience } from '../graph/batch.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { readMailboxPurposes } from '../usage/mailbox-purposes.ts';
import { readConcealed } from '../usage/report-settings.ts';
import { readUsageReport } from '../usage/usage-report.ts';
import { readGroupMembers } from './group-members.ts';
import { readGroupNow, readGroupsNamed } from './group-now.ts';
import { readHasOwner } from './group-owners.ts';
import { readGroupsById } from './groups-by-id.ts';
import { readLicenseDatesOf, readLicenseDatesPage } from './license-dates.ts';
import { readServiceIssues } from './service-issues.ts';
import { readSignIns } from './sign-ins.ts';
import { readTenantState } from './tenant-state.ts';
import { readUsers } from './users.ts';
import { readDeletedAmong, readUsersById } from './users-by-id.ts';
import { changedSince, deltaLinkFromNow } from './users-delta.ts';

/** Reads one tenant through Graph; each method is in a file of its own. `reports` keeps REPORT_PACE. */
export const createTenantReader = (
  graph: GraphClient,
  reports: GraphClient,
  patience: Patience,
  cloud: Cloud,
): TenantReader => ({
  users: (signal) => readUsers(graph, signal),
  deltaLinkFromNow: (signal) => deltaLinkFromNow(graph, signal),
  changedSince: (link, signal) => changedSince(graph, link, signal),
  usersById: (ids, signal) => readUsersById(graph, ids, patience, signal),
  deletedAmong: (ids, signal) => readDeletedAmong(graph, ids, patience, signal),
  tenantState: (signal) => readTenantState(graph, signal),
  groupsById: (ids, signal) => readGroupsById(graph, ids, patience, signal),
  serviceIssues: (signal) => readServiceIssues(graph, signal),
  signIns: (signal) => readSignIns(reports, signal),
  licenseDatesPage: (link, signal) => readLicenseDatesPage(graph, link, signal),
  licenseDatesOf: (ids, signal) => readLicenseDatesOf(graph, ids, patience, signal),
  usageReport: (report, signal) => readUsageReport({ graph, cloud, patience }, report, signal),
  concealsNames: (signal) => readConcealed(graph, signal),
  mailboxPurposes: (ids, signal) => readMailboxPurposes(graph, ids, signal),
  groupNow: (groupId, signal) => readGroupNow(graph, groupId, patience, signal),
  groupsNamed: (names, signal) => readGroupsNamed(graph, names, signal),
  hasOwner: (groupId, signal) => readHasOwner(graph, groupId, signal),
  groupMembers: (groupId, signal) => readGroupMembers(graph, groupId, signal),
});
