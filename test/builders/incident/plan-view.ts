import type { AffectedUser, RequestView } from '../../../src/domain/incident-view/view.ts';
import type { PlanView } from '../../../src/domain/restore/plan-view-types.ts';

/**
 * A plan that gives these users back their license directly; of those whose id is in `blocked` it says that no
 * seat is free.
 */
export function aPlanView(
  users: readonly Pick<AffectedUser, 'userId' | 'name'>[],
  blocked: ReadonlySet<string> = new Set(),
  fields: Partial<PlanView> = {},
): PlanView {
  return {
    digest: '00000000000ab12c',
    sentence: `${users.length - blocked.size} users get Microsoft 365 Business Standard back directly.`,
    lines: users.map(({ userId, name }) => ({
      userId,
      name,
      does: blocked.has(userId) ? [] : ['Assign Microsoft 365 Business Standard directly, without Yammer'],
      blocked: blocked.has(userId)
        ? [{ reason: 'No seat of Microsoft 365 Business Standard is free.', wayOut: 'Buy 1 seat.' }]
        : [],
    })),
    ready: users.length - blocked.size,
    blocked: blocked.size,
    direct: true,
    ...fields,
  };
}

/** Lee asked at 10:40 in Amsterdam to reassign everybody, unless told otherwise. */
export const aRequestView = (fields: Partial<RequestView> = {}): RequestView => ({
  id: 'request-1',
  kind: 'reassign',
  by: { aadObjectId: '33333333-0000-4000-8000-000000000003', name: 'Lee Gu' },
  at: Date.UTC(2026, 2, 5, 9, 40),
  expiresAt: Date.UTC(2026, 2, 6, 9, 40),
  what: 'reassign all 5 users',
  plan: null,
  answerable: true,
  ...fields,
});
