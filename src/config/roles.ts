import type { Settings } from './settings.ts';
import { Guid, YesNo } from './values.ts';

/**
 * Object ids of Entra groups, lower case. All three are set or none is: then everybody of the tenant may ask
 * and nobody may decide.
 */
export type RolesConfig = {
  readerGroupId: string | null;
  operatorGroupId: string | null;
  ownerGroupId: string | null;
  requireSecondApprover: boolean;
};

const GROUPS = ['READER_GROUP_ID', 'OPERATOR_GROUP_ID', 'OWNER_GROUP_ID'] as const;

/** Reads which groups may ask, decide and change settings. */
export function readRoles(settings: Settings): RolesConfig {
  const missing = GROUPS.filter((name) => !settings.isSet(name));
  if (missing.length > 0 && missing.length < GROUPS.length) {
    settings.problem(
      `Set ${missing.join(' and ')} too, or none of the role groups; one group may serve for several roles.`,
    );
  }
  const requireSecondApprover = settings.read('REQUIRE_SECOND_APPROVER', YesNo, false);
  // A safeguard that is asked for and missing must not look as if it were there.
  if (requireSecondApprover) {
    settings.problem(
      'Set REQUIRE_SECOND_APPROVER to false: this version has no second approval, and restores after one press.',
    );
  }
  return {
    readerGroupId: settings.read<string | null>('READER_GROUP_ID', Guid, null),
    operatorGroupId: settings.read<string | null>('OPERATOR_GROUP_ID', Guid, null),
    ownerGroupId: settings.read<string | null>('OWNER_GROUP_ID', Guid, null),
    requireSecondApprover,
  };
}
