import { securityCardKey } from '../../domain/delivery/card-key.ts';
import { closeQuiet, isQuiet, wakeSecurity } from '../../domain/detection/alerts/life-cycle.ts';
import type { SecurityIncident } from '../../domain/detection/alerts/security-incident.ts';
import type { JobContext } from '../context.ts';
import { commitNoted, detectionNote } from '../outgoing/alert-notes.ts';
import { besideCard, noticeAbout, securityCard } from '../outgoing/outgoing.ts';

/**
 * Closes alerts of detections after which nothing more came, and wakes those whose snooze is over. A card that stands
 * is edited; the end of a snooze is also said in a message, as an edit notifies nobody.
 * @returns how many have moved on
 */
export async function closeQuietAlerts(context: JobContext): Promise<number> {
  const { store, clock } = context;
  const now = clock.now();
  let moved = 0;
  for (const incident of await store.security.open()) {
    const isAwake = incident.snoozedUntil !== null && incident.snoozedUntil <= now;
    if (isAwake && (await wake(context, incident, now))) moved++;
    else if (isQuiet(incident, now) && (await write(context, incident, closeQuiet(incident, now), now)))
      moved++;
  }
  return moved;
}

async function wake(context: JobContext, incident: SecurityIncident, now: number): Promise<boolean> {
  const stands = (await context.store.outbox.postedCard(incident.id)) !== null;
  const reason =
    incident.snoozeReason === null ? '' : ` It was snoozed because of “${incident.snoozeReason}”.`;
  // Names no people: all of the channel reads it.
  const text = `An alert is open again: “${incident.ruleTitle}”.${reason}`;
  const since = `${incident.id}:${incident.snoozedUntil}`;
  const notice = besideCard(
    securityCardKey(incident.id),
    noticeAbout('snooze-over', since, 'The snooze is over', text, now),
  );
  return write(context, incident, wakeSecurity(incident, now), now, stands ? [notice] : []);
}

async function write(
  context: JobContext,
  before: SecurityIncident,
  after: SecurityIncident,
  now: number,
  notices: readonly ReturnType<typeof noticeAbout>[] = [],
): Promise<boolean> {
  context.onStep('close-quiet:before-commit');
  return commitNoted(context, {
    incidents: [],
    verdicts: [],
    settled: [],
    security: { incidents: [after] },
    outbox: after.tellAt === null ? [] : [securityCard(after, now), ...notices],
    alerts: [detectionNote(before, after, now)],
  });
}
