import { decideAlert } from '../../domain/alert/decide-alert.ts';
import { cardSubject } from '../../domain/delivery/card-key.ts';
import { isNewsSince, shownOf, shownOfAlert } from '../../domain/delivery/shown.ts';
import type { SecurityIncident } from '../../domain/detection/alerts/security-incident.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type {
  AlertTarget,
  OutgoingMessage,
  PostedCard,
  QueuedItem,
  SendFailure,
  SendOutcome,
} from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { announce } from '../outgoing/alert-notes.ts';
import { cardTrace } from '../outgoing/traces.ts';
import { awaitReaction } from './await-reaction.ts';
import {
  answerNote,
  decideOn,
  dropNoted,
  isForOne,
  noChannel,
  notePaused,
  UNKNOWN_INCIDENT,
} from './decide-message.ts';
import { noteFailure, obstacleOf } from './failed-send.ts';
import { holdBack, queueCopies } from './hold-back.ts';
import { type Home, homeOf } from './home.ts';
import { inOrder, mayStand } from './in-order.ts';
import { leave } from './leave.ts';
import { type Looked, lookFor } from './look.ts';
import { cardKeyOf, type LoadIncidentView, messageFor, titleOf } from './message-for.ts';
import { type Channels, channelsNow } from './places.ts';
import { removeReplaced } from './replaced.ts';
import { incidentOf } from './security-message.ts';

export type { LoadIncidentView };

/**
 * Sends or edits what waits in the outbox, what waits longest first. Only a returned activity id marks an item as
 * sent. What may have been sent already, because no answer came or an earlier process died, is looked for in the
 * channel before it is sent again. Without an alert channel everything waits; after the signal the rest waits for the
 * next run, and a channel that takes nothing at the moment is asked once.
 * @returns how many items were sent or found sent
 */
export async function deliver(
  context: JobContext,
  load: LoadIncidentView,
  signal?: AbortSignal,
): Promise<number> {
  const { store, clock } = context;
  const channels = await channelsNow(context);
  if (!channels) return noChannel(context);
  let delivered = 0;
  const paused: QueuedItem[] = [];
  for (const { item, outdated } of inOrder(await store.outbox.due(clock.now()))) {
    if (signal?.aborted) break;
    for (const old of outdated)
      await dropNoted(context, old, await decideOn(context, old, { isNewest: false }));
    if (await deliverItem(context, load, channels, item, paused)) delivered++;
  }
  await notePaused(context, paused);
  return delivered;
}

async function deliverItem(
  context: JobContext,
  load: LoadIncidentView,
  channels: Channels,
  item: QueuedItem,
  paused: QueuedItem[],
): Promise<boolean> {
  const { store, clock } = context;
  const { message } = item;
  const subject = cardSubject(message);
  const last = subject === null ? null : await store.outbox.lastCard(subject);
  const posted = last?.gone ? null : last;
  const home: Home = posted ? standsAt(posted) : await homeOf(context, item, channels);
  if (home.kind !== 'place') {
    await leave(context, item, home);
    return false;
  }
  const { place, others } = home;
  const lineOf = () => titleOf(context, item, load);
  if (await isPaused(context, place.target)) {
    paused.push(item);
    return false;
  }
  const incident = await incidentOf(context, message);
  const decision = await decideOn(context, item, {
    posted,
    isOldNews: isOldNews(last, message, incident),
    replaces: last?.copies.some(({ replaced }) => replaced) === true,
  });
  if (decision.act !== 'alert') {
    await dropNoted(context, item, decision);
    return false;
  }
  const isNew = posted === null && !mayStand(item);
  if (isNew && (await holdBack(context, channels, item, [place, ...others], lineOf))) return false;
  const key = cardKeyOf(item);
  const looked: Looked = posted ? { found: null, unknown: 0 } : await lookFor(context, item, key);
  const shown = incident ? ('rule' in incident ? shownOfAlert(incident) : shownOf(incident)) : undefined;
  if (looked.found) {
    const { target, activityId } = looked.found;
    await store.outbox.markSending(item.key, target.key);
    // What it says is not known: the next revision brings it up to date, as this one does where it is the last.
    const note = answerNote(context, item, { ok: true, how: 'found', detail: target.name });
    await store.outbox.markSent(item.key, target, activityId, clock.now(), shown, note);
    announce(context, [note]);
    await reached(context, target);
    (await cardTrace(context, item)).noteSent();
    return true;
  }
  const content = await messageFor(context, item, last, load, place);
  if (!content) {
    await dropNoted(context, item, decideAlert(UNKNOWN_INCIDENT));
    return false;
  }
  const isCopy = looked.unknown > 0 ? { copy: 'maybe' as const } : copyIn(posted);
  const { target } = place;
  if (!posted) {
    await queueCopies(context, channels, item, others, lineOf);
    await awaitReaction(context, item, place, key);
  }
  await store.outbox.markSending(item.key, target.key, looked.unknown);
  context.onStep('deliver:before-send');
  const traced = await cardTrace(context, item);
  const outcome = await context.tracing.within('deliver', traced.sending, async (span) => {
    const sent = await send(context, target, posted, { ...content, ...isCopy });
    if (!sent.ok) span.failed(obstacleOf(sent));
    return sent;
  });
  context.onStep('deliver:after-send');
  if (outcome.ok) {
    const how = posted ? 'edited' : 'posted';
    const note = answerNote(context, item, { ok: true, how, detail: target.name });
    await store.outbox.markSent(item.key, target, outcome.activityId, clock.now(), shown, note);
    announce(context, [note]);
    context.onStep('deliver:noted');
    await removeReplaced(context, last);
    noteDelivered(context, item, posted, looked.unknown);
    traced.noteSent();
    await reached(context, target);
    return true;
  }
  if (posted && (await isLost(context, posted, outcome, channels.alerts))) {
    await store.outbox.noteGone(posted.incidentId, posted.activityId);
    // Looked at again: a copy may stand, and what is new is posted.
    return deliverItem(context, load, channels, item, paused);
  }
  if (isForOne(item) && obstacleOf(outcome) === 'channel') {
    await store.conversations.setUnreachable(target.key, outcome.reason);
    await dropNoted(context, item, await decideOn(context, item, { hasChannel: false }));
    return false;
  }
  await noteFailure(context, target, item, outcome, posted !== null);
  return false;
}

/** A card that stands is edited there, wherever alerts go by now. */
const standsAt = ({ target }: PostedCard): Home => ({
  kind: 'place',
  place: { target, mention: null, onCall: null, hold: 'no', until: null },
  others: [],
});

/** Whether the card that was to be edited cannot come back: somebody deleted it, or it stands where alerts went once. */
async function isLost(
  { store, log }: JobContext,
  { target, incidentId }: PostedCard,
  failure: SendFailure,
  alerts: AlertTarget,
): Promise<boolean> {
  const obstacle = obstacleOf(failure);
  if (obstacle === 'channel' && target.key !== alerts.key) {
    await store.conversations.setUnreachable(target.key, failure.reason);
  } else if (obstacle !== 'card') return false;
  log.info(
    { incident: incidentId, channel: target.key, reason: failure.reason },
    'a card cannot be edited any more',
  );
  return true;
}

/** Whether nothing is sent to the target at the moment. */
async function isPaused({ store, clock }: JobContext, target: AlertTarget): Promise<boolean> {
  const pause = await store.outbox.pause(target.key);
  return pause !== null && clock.now() < pause.until;
}

/** Whether the card was deleted, and nothing has happened since that people have to hear of. */
const isOldNews = (
  last: PostedCard | null,
  { kind }: QueuedItem['message'],
  incident: Incident | SecurityIncident | null,
): boolean =>
  last?.gone === true && (kind === 'request' || (incident !== null && !isNewsSince(last.shown, incident)));

/** The target took a message: nothing is wrong with it any more. */
async function reached({ store, clock }: JobContext, target: AlertTarget): Promise<void> {
  await store.outbox.endPause(target.key, clock.now());
  await store.conversations.setUnreachable(target.key, null);
}

function noteDelivered(
  { metrics, log }: JobContext,
  item: QueuedItem,
  posted: PostedCard | null,
  unknown: number,
): void {
  metrics.cardDelivered(posted ? 'edited' : unknown > 0 ? 'posted-again' : 'sent');
  if (unknown > 0)
    log.warn({ key: item.key }, 'a card may stand twice: an earlier one could not be looked for');
}

/** What a card that stands says about others of its incident. */
const copyIn = (posted: PostedCard | null): Pick<OutgoingMessage, 'copy'> => {
  if (posted === null) return {};
  if (posted.copies.some(({ replaced }) => !replaced)) return { copy: 'yes' };
  return posted.postedAgain.length > 0 ? { copy: 'maybe' } : {};
};

/** Edits the card where it stands, also when alerts go elsewhere by now; posts it when it stands nowhere. */
async function send(
  context: JobContext,
  target: AlertTarget,
  posted: PostedCard | null,
  message: OutgoingMessage,
): Promise<SendOutcome> {
  const { notifier, store, log } = context;
  if (!posted) return notifier.post(target, message);
  const outcome = await notifier.update(target, posted.activityId, message);
  if (!outcome.ok) return outcome;
  for (const copy of posted.copies) {
    if (copy.replaced) continue;
    const edited = await notifier.update(copy.target, copy.activityId, message);
    if (edited.ok) continue;
    log.warn({ channel: copy.target.key, reason: edited.reason }, 'a copy of a card was not edited');
    // A copy in a channel that is gone holds up nothing: the card itself is up to date.
    if (obstacleOf(edited) === 'teams') return edited;
    await store.outbox.noteGone(posted.incidentId, copy.activityId);
  }
  return outcome;
}
