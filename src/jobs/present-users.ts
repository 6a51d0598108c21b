import { presentAmong } from '../domain/incident-view/context.ts';
import type { UserState } from '../domain/license/user-state.ts';
import type { JobContext } from './context.ts';

/** The users among these ids whose accounts are there, by id. */
export async function presentUsers(
  context: JobContext,
  userIds: readonly string[],
): Promise<Map<string, UserState>> {
  return presentAmong(await context.store.users.byIds(userIds));
}
