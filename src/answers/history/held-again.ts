import { listed } from '../../domain/english.ts';
import { heldSkus } from '../../domain/license/user-state.ts';
import type { Query } from '../../language/query.ts';
import type { Answer } from '../answer/answer.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { makeAnswer } from '../answer/make-answer.ts';
import { formatTime } from '../times/times.ts';
import { loadNames, usersById } from '../words/names.ts';

/** Nobody loses more products between two reads. */
const MAX_CHANGES = 100;

/**
 * "Rick has Microsoft 365 E3 again since 23 Nov 10:25": what somebody lost last and holds now needs no giving back.
 * @returns null where it is about nobody or several people, nothing was lost, or some of it is missing
 */
export async function heldAgain({ people, skus }: Query, deps: AnswerDeps): Promise<Answer | null> {
  const { store } = deps;
  const [userId] = people;
  if (userId === undefined || people.length > 1) return null;
  const user = (await usersById(store, people)).get(userId);
  if (!user || user.removedAt !== null) return null;
  const about = { userIds: [userId], limit: MAX_CHANGES, ...(skus.length > 0 ? { skuIds: skus } : {}) };
  const losses = await store.changes.find({ ...about, kinds: ['lost'] });
  const lostAt = losses[0]?.change.observedAfter;
  const lost = new Set(
    losses.flatMap(({ change }) => (change.observedAfter === lostAt ? (change.skuId ?? []) : [])),
  );
  const held = heldSkus(user.state);
  if (lost.size === 0 || lostAt === undefined || [...lost].some((skuId) => !held.has(skuId))) return null;
  const gains = await store.changes.find({ ...about, kinds: ['gained'], from: lostAt });
  const since = Math.max(
    ...gains.flatMap(({ change }) => (lost.has(change.skuId ?? '') ? change.observedAfter : [])),
  );
  const names = await loadNames(store);
  const when = since > 0 ? ` since ${formatTime(since, deps)}` : '';
  const { displayName, userPrincipalName } = user.state;
  return makeAnswer(
    'reassign',
    `${displayName} has ${listed([...lost].map(names.product))} again${when}: there is nothing to give back.`,
    { next: [`history of ${userPrincipalName}`, `licenses of ${userPrincipalName}`] },
  );
}
