import { closeRequest } from '../../domain/incident/life-cycle.ts';
import { ended, isWaiting } from '../../domain/restore/requests/asked-change.ts';
import { LICENSE_WATCH } from '../../domain/suppression/license-watch.ts';
import type { JobContext } from '../context.ts';
import { commitEnd } from '../decisions/answer-asked.ts';
import { decisionOf } from '../decisions/decided.ts';
import { commitNoted, updateNote } from '../outgoing/alert-notes.ts';
import { cardFor } from '../outgoing/outgoing.ts';

/**
 * Closes requests for a second operator that nobody answered in time, and notes that in the decision log.
 * @returns how many expired
 */
export async function expireRequests(context: JobContext): Promise<number> {
  const { store, clock } = context;
  const now = clock.now();
  let expired = await expireAsked(context, now);
  for (const incident of await store.incidents.withLateRequest(now)) {
    const { request } = incident;
    if (request === null) continue;
    const next = closeRequest(incident, now);
    const taken = decisionOf(
      { context, by: LICENSE_WATCH, now },
      { kind: 'expire', incidentId: incident.id, about: request.id },
    );
    context.onStep('expire-requests:before-commit');
    const committed = await commitNoted(context, {
      incidents: [next],
      verdicts: [],
      settled: [],
      outbox: [cardFor(next, now)],
      alerts: [updateNote(incident, next)],
      decisions: [taken],
    });
    if (committed) expired++;
  }
  return expired;
}

/** Those that were made in words, beside any incident. */
async function expireAsked(context: JobContext, now: number): Promise<number> {
  let expired = 0;
  for (const change of await context.store.askedChanges.waiting()) {
    if (isWaiting(change, now)) continue;
    const taken = decisionOf(
      { context, by: LICENSE_WATCH, now },
      { kind: 'expire', incidentId: null, userIds: change.asked.userIds, about: change.id },
    );
    context.onStep('expire-requests:before-commit');
    const next = ended(change, 'expired', LICENSE_WATCH, now);
    if (await commitEnd({ context, now }, next, [taken])) expired++;
  }
  return expired;
}
