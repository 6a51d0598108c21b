/** Who has which role, by ids in lower case: of Entra groups, of directory roles' templates, of administrative units. */
export type RoleSettings = {
  readerGroupId: string | null;
  operatorGroupId: string | null;
  ownerGroupId: string | null;
  readerRoleIds: readonly string[];
  operatorRoleIds: readonly string[];
  ownerRoleIds: readonly string[];
  /** Who may search audit records of all kinds; none of both: owners. */
  auditorGroupId?: string | null;
  auditorRoleIds?: readonly string[];
  /** Members of the group operate within the unit. */
  scopedOperators: readonly { groupId: string; unitId: string }[];
};

/** Every group that gives a role, each once. */
export const groupIdsOf = (roles: RoleSettings): string[] => [
  ...new Set(
    [
      roles.ownerGroupId,
      roles.operatorGroupId,
      roles.readerGroupId,
      ...roles.scopedOperators.map(({ groupId }) => groupId),
    ].filter((id) => id !== null),
  ),
];

/** Groups whose members may decide, over everybody or over a unit; null where Microsoft's directory roles give that too. */
export const operatorGroupIds = (roles: RoleSettings): string[] | null =>
  roles.operatorRoleIds.length + roles.ownerRoleIds.length > 0
    ? null
    : groupIdsOf({ ...roles, readerGroupId: null });

/** Whether no setting of roles is there. */
export const isUnrestricted = (roles: RoleSettings): boolean =>
  groupIdsOf(roles).length +
    roles.readerRoleIds.length +
    roles.operatorRoleIds.length +
    roles.ownerRoleIds.length ===
  0;

/** Whether a setting says who audits. */
export const namesAuditors = ({ auditorGroupId = null, auditorRoleIds = [] }: RoleSettings): boolean =>
  auditorGroupId !== null || auditorRoleIds.length > 0;
