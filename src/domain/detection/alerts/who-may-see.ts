import { inScope, type Scope } from '../../access/scope.ts';
import type { SecurityIncident } from './security-incident.ts';

/**
 * Whether somebody may know of an alert of detections, or act on it: who sees everybody may; who sees a part of the
 * users, where all whom it names are among these. What names nobody of the directory is for those who see everybody.
 */
export const takesInAlert = (
  scope: Scope,
  { userIds, strangers }: Pick<SecurityIncident, 'userIds' | 'strangers'>,
): boolean =>
  scope === null || (strangers === 0 && userIds.length > 0 && userIds.every((id) => inScope(scope, id)));
