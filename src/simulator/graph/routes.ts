import { getUnit, listUnitMembers, listUnits } from './administrative-units.ts';
import { getApplication, getServicePrincipal, listAppRoleAssignments } from './applications.ts';
import type { GraphCall, GraphRoute } from './call.ts';
import { listChannelMessages } from './channel-messages.ts';
import { getDirectoryAudit, listDirectoryAudits } from './directory-audits.ts';
import {
  addMemberReference,
  addMembersAtOnce,
  listMembers,
  listOwners,
  listTransitiveMembers,
  removeMemberReference,
} from './group-members.ts';
import { getGroup, listGroups, listMembersWithErrors, removeGroup } from './groups.ts';
import { assignGroupLicense, assignUserLicense, reprocessUserLicense } from './licenses.ts';
import { checkMemberGroups, listMemberOf, listTransitiveMemberOf } from './memberships.ts';
import { listOrganization } from './organization.ts';
import { getSubscription, listSubscribedSkus, listSubscriptions } from './purchases.ts';
import { listRoleAssignments } from './role-assignments.ts';
import { listHealthOverviews, listServiceIssues } from './service-health.ts';
import {
  createSubscription,
  getWebhookSubscription,
  listWebhookSubscriptions,
  removeSubscription,
  renewSubscription,
} from './subscriptions.ts';
import { getMailboxSettings, getReportSettings, redirectToReport } from './usage-reports.ts';
import {
  getDeletedUser,
  listDeletedUsers,
  patchUser,
  purgeDeletedUser,
  removeUser,
  restoreDeletedUser,
} from './user-writes.ts';
import { countUsers, getUser, listLicenseDetails, listUsers } from './users.ts';
import { usersDelta } from './users-delta.ts';

const READ_USERS = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'];
const READ_GROUPS = ['Group.Read.All', 'GroupMember.Read.All', 'Directory.Read.All'];
const READ_OWNERS = ['Group.Read.All', 'GroupMember.Read.All', 'Directory.Read.All'];
const READ_MEMBERS = [
  'GroupMember.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.Read.All',
  'Directory.Read.All',
];
const READ_LICENSES = ['LicenseAssignment.Read.All', 'Organization.Read.All', 'Directory.Read.All'];
const ASSIGN_LICENSES = ['LicenseAssignment.ReadWrite.All', 'User.ReadWrite.All'];
const WRITE_USERS = ['User.ReadWrite.All'];
const DELETE_USERS = ['User.DeleteRestore.All', 'User.ReadWrite.All'];
const WRITE_MEMBERS = ['GroupMember.ReadWrite.All'];
const READ_UNITS = ['AdministrativeUnit.Read.All', 'Directory.Read.All'];
/** The first one by the consent of the team's owner; here it holds for every team. */
const READ_CHANNELS = ['ChannelMessage.Read.Group', 'ChannelMessage.Read.All'];
const READ_ROLES = ['RoleManagement.Read.Directory', 'Directory.Read.All'];

/** Not granted, unless a test or an administrator does: License Watch works without. */
const READ_APPS = ['Application.Read.All', 'Directory.Read.All'];

const get = (
  path: string,
  needs: readonly string[],
  handle: (call: GraphCall) => ReturnType<GraphRoute['handle']>,
) => ({ method: 'GET', path: `/v1.0${path}`, needs, handle }) satisfies GraphRoute;
const write = (method: string, path: string, needs: readonly string[], handle: GraphRoute['handle']) =>
  ({ method, path: `/v1.0${path}`, needs, handle }) satisfies GraphRoute;

/** Every Graph route; `$batch` calls these again. Permissions are the least ones and those that include them. */
export const GRAPH_ROUTES: readonly GraphRoute[] = [
  get('/users', READ_USERS, listUsers),
  get('/users/$count', READ_USERS, countUsers),
  get('/users/delta', READ_USERS, usersDelta),
  get('/users/delta()', READ_USERS, usersDelta),
  get('/users/:id', READ_USERS, getUser),
  write('PATCH', '/users/:id', WRITE_USERS, patchUser),
  write('DELETE', '/users/:id', DELETE_USERS, removeUser),
  get('/users/:id/licenseDetails', [...READ_LICENSES, ...READ_USERS], listLicenseDetails),
  get('/users/:id/memberOf', ['Directory.Read.All'], listMemberOf),
  get('/users/:id/transitiveMemberOf', [...READ_USERS, ...READ_MEMBERS], listTransitiveMemberOf),
  { ...write('POST', '/users/:id/checkMemberGroups', READ_MEMBERS, checkMemberGroups), reads: true },
  write('POST', '/users/:id/assignLicense', ASSIGN_LICENSES, assignUserLicense),
  write('POST', '/users/:id/reprocessLicenseAssignment', WRITE_USERS, reprocessUserLicense),
  get('/subscribedSkus', READ_LICENSES, listSubscribedSkus),
  get('/directory/subscriptions', ['Organization.Read.All', 'Directory.Read.All'], listSubscriptions),
  get('/directory/subscriptions/:id', ['Organization.Read.All', 'Directory.Read.All'], getSubscription),
  get('/directory/deletedItems/microsoft.graph.user', READ_USERS, listDeletedUsers),
  get('/directory/deletedItems/:id', READ_USERS, getDeletedUser),
  write('DELETE', '/directory/deletedItems/:id', DELETE_USERS, purgeDeletedUser),
  write('POST', '/directory/deletedItems/:id/restore', DELETE_USERS, restoreDeletedUser),
  get('/directory/administrativeUnits', READ_UNITS, listUnits),
  get('/directory/administrativeUnits/:id', READ_UNITS, getUnit),
  get('/directory/administrativeUnits/:id/members', READ_UNITS, listUnitMembers),
  get('/roleManagement/directory/roleAssignments', READ_ROLES, listRoleAssignments),
  get('/groups', READ_GROUPS, listGroups),
  get('/groups/:id', READ_GROUPS, getGroup),
  write('PATCH', '/groups/:id', WRITE_MEMBERS, addMembersAtOnce),
  write('DELETE', '/groups/:id', ['Group.ReadWrite.All'], removeGroup),
  write('POST', '/groups/:id/assignLicense', ASSIGN_LICENSES, assignGroupLicense),
  get('/groups/:id/owners', READ_OWNERS, listOwners),
  get('/groups/:id/members', READ_MEMBERS, listMembers),
  get('/groups/:id/transitiveMembers', READ_MEMBERS, listTransitiveMembers),
  get('/groups/:id/membersWithLicenseErrors', READ_GROUPS, listMembersWithErrors),
  write('POST', '/groups/:id/members/$ref', WRITE_MEMBERS, addMemberReference),
  write('DELETE', '/groups/:id/members/:member/$ref', WRITE_MEMBERS, removeMemberReference),
  get('/auditLogs/directoryAudits', ['AuditLog.Read.All'], listDirectoryAudits),
  get('/auditLogs/directoryAudits/:id', ['AuditLog.Read.All'], getDirectoryAudit),
  get('/admin/serviceAnnouncement/issues', ['ServiceHealth.Read.All'], listServiceIssues),
  get('/admin/serviceAnnouncement/healthOverviews', ['ServiceHealth.Read.All'], listHealthOverviews),
  get('/applications/:appId', READ_APPS, getApplication),
  get('/servicePrincipals/by-app/:appId', READ_APPS, getServicePrincipal),
  get('/servicePrincipals/:id/appRoleAssignments', READ_APPS, listAppRoleAssignments),
  get('/reports/:call', ['Reports.Read.All'], redirectToReport),
  get('/admin/reportSettings', ['ReportSettings.Read.All'], getReportSettings),
  get('/users/:id/mailboxSettings', ['MailboxSettings.Read'], getMailboxSettings),
  { ...write('POST', '/subscriptions', [], createSubscription), reads: true },
  get('/subscriptions', [], listWebhookSubscriptions),
  get('/subscriptions/:id', [], getWebhookSubscription),
  { ...write('PATCH', '/subscriptions/:id', [], renewSubscription), reads: true },
  { ...write('DELETE', '/subscriptions/:id', [], removeSubscription), reads: true },
  get('/organization', ['Organization.Read.All', 'Directory.Read.All'], listOrganization),
  get('/teams/:team/channels/:channel/messages', READ_CHANNELS, listChannelMessages),
];
