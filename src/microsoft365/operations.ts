/** Something that we ask Microsoft for. `permission` is the application permission without which it is refused. */
export type Operation = { what: string; permission: string };

/**
 * Every call that this product makes, in words, with the least permission it needs (Microsoft Graph
 * permissions reference; Management Activity API reference). A refused call names it to the administrator.
 */
export const OPERATIONS = {
  listUsers: { what: 'list the users', permission: 'User.Read.All' },
  usersDelta: { what: 'ask which users changed', permission: 'User.Read.All' },
  usersById: { what: 'read users', permission: 'User.Read.All' },
  deletedUsers: { what: 'look into the deleted users', permission: 'User.Read.All' },
  signIns: { what: 'read when users last signed in', permission: 'AuditLog.Read.All' },
  licenseDates: { what: 'read since when licenses are assigned', permission: 'User.Read.All' },
  usageReports: { what: 'read the usage reports', permission: 'Reports.Read.All' },
  reportSettings: {
    what: 'read whether usage reports conceal names',
    permission: 'ReportSettings.Read.All',
  },
  mailboxPurposes: { what: 'read what mailboxes are for', permission: 'MailboxSettings.Read' },
  subscribedSkus: { what: 'read the products of the tenant', permission: 'LicenseAssignment.Read.All' },
  subscriptions: { what: 'read the subscriptions of the tenant', permission: 'Organization.Read.All' },
  licensedGroups: { what: 'read the groups that give licenses', permission: 'Group.Read.All' },
  groupsNamed: { what: 'look up a group by its name', permission: 'Group.Read.All' },
  groupOwners: { what: 'read who owns a group', permission: 'Group.Read.All' },
  groupMembers: { what: 'read the members of a group', permission: 'GroupMember.Read.All' },
  checkMemberGroups: {
    what: 'ask which role groups a person is in',
    permission: 'GroupMember.Read.All',
  },
  personKind: { what: 'read whether a person is a guest', permission: 'User.Read.All' },
  groupsOfPerson: { what: 'read the groups of a person', permission: 'User.Read.All' },
  roleAssignments: {
    what: 'read the directory roles of a person',
    permission: 'RoleManagement.Read.Directory',
  },
  unitMembers: {
    what: 'read the members of an administrative unit',
    permission: 'AdministrativeUnit.Read.All',
  },
  serviceIssues: { what: 'read the service health', permission: 'ServiceHealth.Read.All' },
  notifyOfUsers: { what: 'subscribe to changes of users', permission: 'User.Read.All' },
  notifyOfGroups: { what: 'subscribe to changes of groups', permission: 'Group.Read.All' },
  writeBatch: { what: 'send changes', permission: 'LicenseAssignment.ReadWrite.All' },
  assignLicense: { what: 'assign a license', permission: 'LicenseAssignment.ReadWrite.All' },
  licenseGroup: { what: 'change what a group gives', permission: 'LicenseAssignment.ReadWrite.All' },
  changeMembers: { what: 'change the members of a group', permission: 'GroupMember.ReadWrite.All' },
  restoreUser: { what: 'restore a deleted user', permission: 'User.DeleteRestore.All' },
  reprocessLicenses: { what: 'process the licenses of a user again', permission: 'User.ReadWrite.All' },
  directoryAudits: { what: 'read the directory audit log', permission: 'AuditLog.Read.All' },
  channelMessages: { what: 'read the channel messages', permission: 'ChannelMessage.Read.Group' },
  activityFeed: { what: 'read the Management Activity API', permission: 'ActivityFeed.Read' },
} as const satisfies Record<string, Operation>;
