import type { AuditEvent } from '../../audit/event.ts';
import type { Firing } from '../evaluate.ts';
import type { DetectionClass, Level } from '../rule.ts';

/**
 * Shipped rules, by their names, whose records do not say what the act means: what a group is for, whether owners are
 * left, whether the app is ours. Their firings are told only where the tenant, or our own registration, says so.
 */
export const TOLD_WITH_STATE = {
  member: 'group-member-changed',
  owner: 'team-owner-left',
  access: 'app-access-taken',
} as const;

export const isToldWithState = (name: string | null): boolean =>
  name !== null && Object.values<string>(TOLD_WITH_STATE).includes(name);

/** What such a firing is told as. The names are those under which routes and expectations know them. */
export const MEANINGS = {
  'role-group-member': ['groups', 'medium', 'The members of a group that can hold admin roles were changed'],
  'licensing-group-member': ['groups', 'low', 'The members of a group that gives licenses were changed'],
  'guest-in-licensing-group': ['guests', 'medium', 'A guest was put into a group that gives licenses'],
  'team-without-owner': ['teams', 'medium', 'A group or a team has no owner any more'],
  'own-access-taken': ['applications', 'high', 'Something was taken from License Watch itself'],
} as const satisfies Record<string, readonly [DetectionClass, Level, string]>;
export type Meaning = keyof typeof MEANINGS;

/** What is known of a group besides what records say. */
export type GroupState = {
  name: string;
  roleAssignable: boolean;
  givesLicenses: boolean;
};

/** The firing as that which it means. */
export function meaning(firing: Firing, as: Meaning, labels: Readonly<Record<string, string>>): Firing {
  const [detectionClass, level, title] = MEANINGS[as];
  return { ...firing, rule: as, class: detectionClass, level, title, labels: { ...labels } };
}

/** What a change of members means, by what the group is for; null where it is an everyday group. */
export function ofMembers(
  firing: Firing,
  group: GroupState,
  isGuest: boolean,
  isAdded: boolean,
): Firing | null {
  const labels = { ...firing.labels, group: firing.labels.group ?? group.name };
  if (group.roleAssignable) return meaning(firing, 'role-group-member', labels);
  if (!group.givesLicenses) return null;
  return isGuest && isAdded
    ? meaning(firing, 'guest-in-licensing-group', labels)
    : meaning(firing, 'licensing-group-member', labels);
}

/**
 * Whether a record is about one of these apps: as its target, or in what was changed. Who acted does not count.
 * @param ids application ids and object ids, in lower case
 */
export function isAboutApp({ targets, modified }: AuditEvent, ids: readonly string[]): boolean {
  const named = ids.filter((id) => id !== '');
  return (
    targets.some(({ id }) => id !== null && named.includes(id.toLowerCase())) ||
    modified.some(({ oldValue, newValue }) =>
      [oldValue, newValue].some((value) => named.some((id) => value?.toLowerCase().includes(id) === true)),
    )
  );
}
