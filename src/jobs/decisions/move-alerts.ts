import type { Person } from '../../domain/access/person.ts';
import type { JobContext } from '../context.ts';
import { decisionOf } from './decided.ts';
import { OUTRUN, oneAfterAnother } from './one-after-another.ts';

/**
 * Sends alerts to another channel. The decision is in the log before it takes effect.
 * @returns whether they went elsewhere before
 */
export async function moveAlerts(context: JobContext, conversationKey: string, by: Person): Promise<boolean> {
  const { store, clock } = context;
  const taking = { context, by, now: clock.now() };
  const moved = await oneAfterAnother(context, async (id) => {
    if ((await store.conversations.alertTarget())?.key === conversationKey) return false;
    const decision = decisionOf(taking, {
      id,
      kind: 'set-channel',
      incidentId: null,
      about: conversationKey,
    });
    if (!(await store.decisions.append(decision))) return OUTRUN;
    await store.conversations.setAlertTarget(conversationKey);
    return true;
  });
  return moved ?? false;
}
