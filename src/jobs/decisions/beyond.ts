import type { Access } from '../../domain/access/access.ts';
import type { LicenseRequest } from '../../domain/restore/requests/on-request.ts';
import { isGroupLicenseKind } from '../../domain/restore/requests/request-kind.ts';
import { outsideScope, type Refused, refuse } from './decided.ts';

/** What somebody is told who acts on some users only. */
export const NOT_A_WHOLE_GROUP =
  'What a group gives concerns everybody who joins it: somebody who may act on all users has to decide it.';

/**
 * Why somebody may not decide this; null when they may. What a group gives reaches everybody who is in it, and who joins
 * later: no administrative unit bounds that.
 */
export function beyond(
  { acts }: Access,
  { kind, userIds }: Pick<LicenseRequest, 'kind' | 'userIds'>,
): Refused | null {
  if (acts !== null && isGroupLicenseKind(kind)) {
    return refuse(NOT_A_WHOLE_GROUP);
  }
  return outsideScope(acts, userIds);
}
