import type { Person } from '../../domain/access/person.ts';
import type { JobContext } from '../context.ts';
import { alertsMoved } from '../outgoing/outgoing.ts';
import { decisionOf } from './decided.ts';
import { OUTRUN, oneAfterAnother } from './one-after-another.ts';

/**
 * Sends alerts to another channel. The decision, the move and the line for the channel that had them are stored in one
 * transaction.
 * @returns whether they went elsewhere before
 */
export async function moveAlerts(context: JobContext, conversationKey: string, by: Person): Promise<boolean> {
  const { store, clock } = context;
  const now = clock.now();
  const moved = await oneAfterAnother(context, async (id) => {
    const from = await store.conversations.alertTarget();
    const to = await store.conversations.byKey(conversationKey);
    if (to === null || from?.key === to.key) return false;
    const deciding = { context, by, now };
    const decision = decisionOf(deciding, { id, kind: 'set-channel', incidentId: null, about: to.key });
    const committed = await store.incidents.commit({
      incidents: [],
      verdicts: [],
      settled: [],
      decisions: [decision],
      alertsIn: to.key,
      outbox: from ? [alertsMoved(decision, from.key, to.name, now)] : [],
    });
    context.onStep('decide:after-commit');
    return committed || OUTRUN;
  });
  return moved ?? false;
}
