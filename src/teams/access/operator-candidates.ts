import { MINUTE_MS } from '../../domain/durations.ts';
import type { AccessReader } from '../../domain/ports.ts';
import { remembered } from '../remembered.ts';
import { operatorGroupIds, type RoleSettings } from './role-settings.ts';

const REMEMBER_MS = 10 * MINUTE_MS;
const TIMEOUT_MS = 3_000;

/**
 * Sorts out who cannot be an operator, so that a channel with thousands of members costs a request for each group of
 * operators and not one for each member. Whoever is left is a candidate, no more: their role is still to be asked.
 * Groups that do not fit a page, or cannot be read, sort out nobody; so it is where directory roles make operators.
 * @returns whether the person may be an operator; never throws
 */
export function createOperatorCandidates(
  roles: RoleSettings,
  directory: Pick<AccessReader, 'fewMembers'>,
  now: () => number,
): (userId: string) => Promise<boolean> {
  const groupIds = operatorGroupIds(roles);
  const members = remembered(
    (groupId) => directory.fewMembers(groupId, AbortSignal.timeout(TIMEOUT_MS)).catch(() => null),
    REMEMBER_MS,
    now,
  );
  return async (userId) => {
    if (groupIds === null) return true;
    const lists = await Promise.all(groupIds.map(members));
    return lists.some((list) => list === null || list.has(userId));
  };
}
