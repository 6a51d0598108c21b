import type { Settings } from './settings.ts';
import { UserCount, YesNo } from './values.ts';

/**
 * Reads when a second operator has to confirm.
 * @returns a reassign or undo for more users than this needs one: 0 for each, null for none
 */
export function readSecondApprover(settings: Settings): number | null {
  const always = settings.readOrDefault('REQUIRE_SECOND_APPROVER', YesNo);
  const above = settings.read<number | null>('SECOND_APPROVER_ABOVE_USERS', UserCount, null);
  // The person who reads only one of the two would be wrong about what happens.
  if (always && above !== null && above > 0) {
    settings.problem(
      'Set REQUIRE_SECOND_APPROVER to false, or remove SECOND_APPROVER_ABOVE_USERS: the first asks for a second operator each time, the second only for many users.',
    );
  }
  return always ? 0 : above;
}
