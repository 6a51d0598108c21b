import type { StoredUser } from '../../domain/ports.ts';
import { MIN_AGE_MS } from '../../domain/spend/unused.ts';
import type { AnswerStore } from '../answer/deps.ts';

/**
 * By user and product, when Microsoft last wrote the license of people who are watched for a short time only: what came
 * to them before we looked is in no change of ours. Who is watched for longer has changes.
 */
export async function givenLately(
  users: readonly StoredUser[],
  asOf: number,
  store: Pick<AnswerStore, 'licenseDates'>,
): Promise<Map<string, number>> {
  const isNew = ({ firstSeenAt }: StoredUser): boolean => asOf - firstSeenAt < MIN_AGE_MS;
  const ids = users.filter(isNew).map(({ state }) => state.id);
  const found = new Map<string, number>();
  if (ids.length === 0) return found;
  for (const { userId, states } of await store.licenseDates.byUsers(ids)) {
    for (const { skuId, updatedAt } of states ?? []) {
      const key = `${userId} ${skuId}`;
      if (updatedAt === null || asOf - updatedAt >= MIN_AGE_MS) continue;
      found.set(key, Math.max(updatedAt, found.get(key) ?? 0));
    }
  }
  return found;
}
