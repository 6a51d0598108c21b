import { incidentCardKey } from '../../domain/delivery/card-key.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import { wakeIncident } from '../../domain/incident/life-cycle.ts';
import { LICENSE_WATCH } from '../../domain/suppression/license-watch.ts';
import { silenceOver } from '../../domain/suppression/silence-over.ts';
import { snoozeOverNotice } from '../../domain/suppression/snooze-notice.ts';
import type { Silence } from '../../domain/suppression/suppression.ts';
import type { JobContext } from '../context.ts';
import { commitNoted, updateNote } from '../outgoing/alert-notes.ts';
import { besideCard, cardFor, noticeAbout } from '../outgoing/outgoing.ts';
import { productNames } from '../product-names.ts';

/**
 * Wakes open incidents whose snooze is over: its time has come, or the silence behind it was lifted. The card is
 * edited, and as an edit notifies nobody a message says so once; where no card stands yet, it is posted now.
 * @returns how many snoozes ended
 */
export async function endSnoozes(context: JobContext): Promise<number> {
  const { store, clock } = context;
  const now = clock.now();
  const snoozed = (await store.incidents.open()).filter(({ snoozedUntil }) => snoozedUntil !== null);
  if (snoozed.length === 0) return 0;
  const silences = await store.suppression.silences(now);
  let ended = 0;
  for (const incident of snoozed) {
    const over = (incident.snoozedUntil ?? 0) <= now;
    if ((over || (await isLifted(context, incident, silences, now))) && (await wake(context, incident, now)))
      ended++;
  }
  return ended;
}

async function wake(context: JobContext, incident: Incident, now: number): Promise<boolean> {
  const { store } = context;
  const next = wakeIncident(incident, now);
  const { title, text } = snoozeOverNotice(incident, incident.snoozeReason, await productNames(context));
  const notice = besideCard(
    incidentCardKey(incident.id),
    noticeAbout('snooze-over', `${incident.id}:${incident.snoozedUntil}`, title, text, now),
  );
  const stands = (await store.outbox.postedCard(incident.id)) !== null;
  context.onStep('end-snoozes:before-commit');
  const committed = await commitNoted(context, {
    incidents: [next],
    verdicts: [],
    settled: [],
    outbox: [cardFor(next, now), ...(stands ? [notice] : [])],
    alerts: [updateNote(incident, next)],
  });
  context.onStep('end-snoozes:after-commit');
  return committed;
}

/** Whether a silence put it to rest, and none covers it any more. What a person snoozed, only its end wakes. */
async function isLifted(
  { store }: JobContext,
  incident: Incident,
  silences: readonly Silence[],
  now: number,
): Promise<boolean> {
  if (silenceOver(incident, silences, now) !== null) return false;
  const decisions = await store.decisions.byIncident(incident.id);
  const last = decisions.findLast(({ kind }) => kind === 'snooze');
  return last?.by.aadObjectId === LICENSE_WATCH.aadObjectId;
}
