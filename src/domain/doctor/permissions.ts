export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';
export const MANAGEMENT_APP_ID = 'c5393580-f805-4401-95e8-94b7a6ef2fc2';

/** An application permission that the product uses. */
export type UsedPermission = {
  name: string;
  api: 'graph' | 'management';
  /** Whether it lets something be changed: then no read can show that it is there. */
  writes: boolean;
  /** Granted only by those who want what it is for: that it is not there is no fault. */
  optional: boolean;
  /** Larger ones that let the same be done (Microsoft Graph permissions reference). */
  coveredBy: readonly string[];
  /** What does not work without it. */
  breaks: string;
};

const reads = (name: string, breaks: string, coveredBy: readonly string[] = []): UsedPermission => ({
  name,
  api: 'graph',
  writes: false,
  optional: false,
  coveredBy: [...coveredBy, 'Directory.Read.All'],
  breaks,
});

const optionalRead = (name: string, breaks: string): UsedPermission => ({
  ...reads(name, breaks),
  coveredBy: [],
  optional: true,
});

const writes = (name: string, breaks: string, coveredBy: readonly string[] = []): UsedPermission => ({
  ...reads(name, breaks),
  writes: true,
  coveredBy,
});

/** Every application permission that the product uses, in the order in which the doctor names them. */
export const USED_PERMISSIONS: readonly UsedPermission[] = [
  reads('User.Read.All', 'No scan can be completed: nothing is noticed.', ['User.ReadWrite.All']),
  reads(
    'LicenseAssignment.Read.All',
    'No scan can be completed: seats and suspended subscriptions decide what a loss means.',
    ['LicenseAssignment.ReadWrite.All', 'Organization.Read.All'],
  ),
  reads(
    'Organization.Read.All',
    'No scan can be completed: a lapsed subscription would look like somebody’s act.',
  ),
  reads('Group.Read.All', 'No scan can be completed: a license by group would have no cause.', [
    'Group.ReadWrite.All',
  ]),
  reads(
    'GroupMember.Read.All',
    'Nobody’s role can be read: with role groups set, every button and question is refused.',
    ['GroupMember.ReadWrite.All', 'Group.Read.All'],
  ),
  reads('AdministrativeUnit.Read.All', 'Operators of one administrative unit see and restore nobody.'),
  reads(
    'RoleManagement.Read.Directory',
    'Microsoft’s directory roles give nobody a role here, and “who is Global Administrator” cannot be answered.',
  ),
  {
    ...reads('AuditLog.Read.All', 'Who took a license stays unexplained, and unused licenses are not found.'),
    coveredBy: [],
  },
  {
    ...reads('ServiceHealth.Read.All', 'Cards cannot say that Microsoft had an incident at the time.'),
    coveredBy: [],
  },
  optionalRead('Reports.Read.All', 'Of unused licenses only sign-ins are known.'),
  optionalRead('ReportSettings.Read.All', 'Whether usage reports conceal names is seen a little later.'),
  optionalRead(
    'MailboxSettings.Read',
    'Rooms and shared mailboxes are recognised by their names, which is a guess.',
  ),
  writes('LicenseAssignment.ReadWrite.All', 'Reassign and requests such as “assign E3 to Lee” fail.', [
    'User.ReadWrite.All',
    'Directory.ReadWrite.All',
  ]),
  writes(
    'GroupMember.ReadWrite.All',
    'People who lost a license with their group are not put back into it.',
    ['Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  ),
  writes('User.DeleteRestore.All', 'Deleted accounts are left to an administrator.', [
    'User.ReadWrite.All',
    'Directory.ReadWrite.All',
  ]),
  {
    ...writes('User.ReadWrite.All', 'Licenses by group that are in error are not processed again.', [
      'Directory.ReadWrite.All',
    ]),
    optional: true,
  },
  {
    name: 'ActivityFeed.Read',
    api: 'management',
    writes: false,
    optional: false,
    coveredBy: [],
    breaks: 'The unified audit log is not read: causes that it alone tells stay unexplained.',
  },
];

/** The check of a permission. */
export const checkOf = ({ name }: Pick<UsedPermission, 'name'>): string => `permission.${name}`;

/** Which permission among a token's roles lets this be done: itself, or a larger one; null for none. */
export const roleThatAllows = (
  { name, coveredBy }: UsedPermission,
  roles: readonly string[],
): string | null => [name, ...coveredBy].find((one) => roles.includes(one)) ?? null;
