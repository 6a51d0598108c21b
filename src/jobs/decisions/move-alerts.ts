import type { Person } from '../../domain/access/person.ts';
import type { JobContext } from '../context.ts';
import { decisionOf } from './decided.ts';

/** Sends alerts to another channel. The decision is in the log before it takes effect. */
export async function moveAlerts(context: JobContext, conversationKey: string, by: Person): Promise<void> {
  const { store, clock } = context;
  const taking = { context, by, now: clock.now() };
  await store.decisions.append(
    decisionOf(taking, { kind: 'set-channel', incidentId: null, about: conversationKey }),
  );
  await store.conversations.setAlertTarget(conversationKey);
}
