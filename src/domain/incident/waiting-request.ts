import type { ApprovalRequest } from './decision.ts';
import type { Incident } from './incident.ts';

/**
 * A waiting request when others join its incident. It was made for the users that the card showed, and waits on
 * for just those: nobody confirms more than was asked for, and nobody has to ask again.
 * @param userIds the incident's users from now on
 */
export function askedBefore(incident: Incident, userIds: readonly string[]): ApprovalRequest | null {
  const { request } = incident;
  if (!request || request.userIds !== null || userIds.length === incident.userIds.length) return request;
  return { ...request, userIds: [...incident.userIds] };
}

/**
 * A waiting request when users leave its incident with their changes: it is for those who stay, and void when
 * nobody does. An undo takes back what was written, whoever stays.
 * @param stays the incident's users from now on
 */
export function askedOf(request: ApprovalRequest | null, stays: ReadonlySet<string>): ApprovalRequest | null {
  if (!request || request.userIds === null || request.kind === 'undo') return request;
  const userIds = request.userIds.filter((id) => stays.has(id));
  return userIds.length === 0 ? null : { ...request, userIds };
}
