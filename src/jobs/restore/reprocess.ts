import { freeSeats } from '../../domain/license/sku.ts';
import { heldSkus } from '../../domain/license/user-state.ts';
import { TenantReadError } from '../../domain/ports.ts';
import { licensesOf } from '../../domain/restore/applied.ts';
import type { RestoreStep } from '../../domain/restore/step.ts';
import type { JobContext } from '../context.ts';
import { presentUsers } from '../present-users.ts';

/** A step in place that a user's state does not show. */
export type Waiting = { step: RestoreStep; userId: string };

/**
 * Has Microsoft process users again who were members of their group all along and lack its licenses all the
 * same, as after a fault on its side: to add them changes nothing. Each decision does so once for a user, and only
 * where a seat of every product is free: Microsoft gives all that a group gives or none of it, so that asking
 * without seats could cost the user what they still have.
 * @param steps all steps of the decision
 * @returns whether there is something to carry out now
 */
export async function askGroupsAgain(
  context: JobContext,
  steps: readonly RestoreStep[],
  waiting: readonly Waiting[],
  signal: AbortSignal,
): Promise<boolean> {
  const { store, clock } = context;
  const asked = new Set(steps.flatMap(({ action }) => (action.kind === 'reprocess' ? [action.userId] : [])));
  const members = waiting.flatMap(({ step: { action, status }, userId }) =>
    action.kind === 'add-to-group' && status === 'already' && !asked.has(userId)
      ? [{ userId, groupId: action.groupId }]
      : [],
  );
  const [last] = steps.toSorted((a, b) => b.stepNo - a.stepNo);
  const short = members.length === 0 ? null : await withoutSeats(context, members, signal);
  if (!last || !short) return false;
  const userIds = [...new Set(members.map(({ userId }) => userId))];
  const added = userIds.map(
    (userId, index): RestoreStep => ({
      decisionId: last.decisionId,
      stepNo: last.stepNo + index + 1,
      action: { kind: 'reprocess', userId },
      undo: null,
      userIds: [userId],
      ...(short.has(userId) ? NO_SEAT : { status: 'planned', code: null, message: null }),
      updatedAt: clock.now(),
    }),
  );
  const committed = await store.incidents.commit({
    incidents: [],
    verdicts: [],
    settled: [],
    outbox: [],
    steps: added,
  });
  return committed && added.some(({ status }) => status === 'planned');
}

const NO_SEAT = {
  status: 'refused',
  code: 'no-seats',
  message:
    'The user is in the group, and a seat of one of its products is missing. Buy seats or free some, then retry.',
} as const;

/** Who of these cannot have all that their groups give, by the seats that are free now; null when nobody can say. */
async function withoutSeats(
  context: JobContext,
  members: readonly { userId: string; groupId: string }[],
  signal: AbortSignal,
): Promise<Set<string> | null> {
  const { reader, log } = context;
  const present = await presentUsers(
    context,
    members.map(({ userId }) => userId),
  );
  try {
    const { skus, groups } = await reader.tenantState(signal);
    const free = new Map(skus.map((sku) => [sku.skuId, freeSeats(sku)]));
    const short = new Set<string>();
    for (const [userId, own] of Map.groupBy(members, (member) => member.userId)) {
      const state = present.get(userId);
      const held = state ? heldSkus(state) : new Set();
      const wanted = new Set(own.flatMap(({ groupId }) => licensesOf(groups, groupId))).difference(held);
      if ([...wanted].some((skuId) => (free.get(skuId) ?? 0) < 1)) short.add(userId);
      else for (const skuId of wanted) free.set(skuId, (free.get(skuId) ?? 0) - 1);
    }
    return short;
  } catch (error) {
    if (!(error instanceof TenantReadError)) throw error;
    log.warn({ code: error.code, reason: error.message }, 'seats could not be read before processing again');
    return null;
  }
}
