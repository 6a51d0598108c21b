/** One API, by the id of its app, which is the same in every tenant. */
export const GRAPH = '00000003-0000-0000-c000-000000000000';
export const MANAGEMENT = 'c5393580-f805-4401-95e8-94b7a6ef2fc2';

export type Permission = { api: typeof GRAPH | typeof MANAGEMENT; name: string };

/** Something that License Watch does only with permissions of its own. */
export type Feature = { name: string; about: string; permissions: readonly Permission[] };

const graph = (...names: string[]): Permission[] => names.map((name) => ({ api: GRAPH, name }));

/** Without these no change would be seen, or nobody could say who made it. */
export const CORE: readonly Permission[] = [
  ...graph(
    'User.Read.All',
    'LicenseAssignment.Read.All',
    'Organization.Read.All',
    'Group.Read.All',
    'GroupMember.Read.All',
    'AuditLog.Read.All',
    'RoleManagement.Read.Directory',
  ),
  { api: MANAGEMENT, name: 'ActivityFeed.Read' },
];

/** What needs more; each is asked for by itself. What is not consented is left out and named, and nothing else fails. */
export const FEATURES: readonly Feature[] = [
  {
    name: 'restore',
    about: 'give licenses back, and assign or remove them',
    permissions: graph('LicenseAssignment.ReadWrite.All'),
  },
  {
    name: 'restore-groups',
    about: 'put people back into the group that gave the license',
    permissions: graph('GroupMember.ReadWrite.All'),
  },
  {
    name: 'restore-accounts',
    about: 'restore accounts that were deleted in the last 30 days',
    permissions: graph('User.DeleteRestore.All'),
  },
  {
    name: 'units',
    about: 'operators of one administrative unit, and questions about a unit',
    permissions: graph('AdministrativeUnit.Read.All'),
  },
  {
    name: 'service-health',
    about: 'Microsoft’s open incidents on cards and in answers',
    permissions: graph('ServiceHealth.Read.All'),
  },
  {
    name: 'reports',
    about: 'who uses what, by Microsoft’s usage reports',
    permissions: graph('Reports.Read.All', 'ReportSettings.Read.All'),
  },
];

/** The features of a list of names; the names that are none. */
export function featuresNamed(names: readonly string[]): { features: Feature[]; unknown: string[] } {
  const wanted = names.includes('all') ? FEATURES.map(({ name }) => name) : names;
  return {
    features: FEATURES.filter(({ name }) => wanted.includes(name)),
    unknown: wanted.filter((name) => !FEATURES.some((one) => one.name === name)),
  };
}

/** All permissions that these features need, beside those that everything needs. */
export const permissionsOf = (features: readonly Feature[]): Permission[] => [
  ...CORE,
  ...features.flatMap(({ permissions }) => permissions),
];
