import type { Role } from '../../../src/domain/access/access.ts';
import type { Viewer } from '../../../src/teams/cards/incident/viewer.ts';

/** Somebody with this role who looks at a card. With user ids they see and act on these only. */
export function aViewer(role: Role, userIds: readonly string[] | null = null): Viewer {
  const scope = userIds === null ? null : new Set(userIds);
  return {
    aadObjectId: '22222222-0000-4000-8000-000000000002',
    access: { role, sees: scope, acts: scope },
  };
}
