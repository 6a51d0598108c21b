import type { UserState } from '../domain/license/user-state.ts';
import type { AnswerStore } from './deps.ts';

/**
 * Goes through all accounts that are there and keeps what `read` makes of them, up to `most` values.
 * @returns the values kept, and how many there were in all
 */
export async function fromPresentUsers<T>(
  store: AnswerStore,
  read: (user: UserState) => readonly T[],
  most = 100,
): Promise<{ kept: T[]; total: number }> {
  const kept: T[] = [];
  let total = 0;
  for await (const chunk of store.users.all()) {
    for (const { state, removedAt } of chunk) {
      if (removedAt !== null) continue;
      const values = read(state);
      total += values.length;
      kept.push(...values.slice(0, Math.max(0, most - kept.length)));
    }
  }
  return { kept, total };
}
