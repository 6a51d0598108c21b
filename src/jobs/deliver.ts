import type { Scope } from '../domain/access/scope.ts';
import type { IncidentView } from '../domain/incident/view.ts';
import type { AlertTarget, OutgoingMessage, PostedCard, QueuedItem, SendOutcome } from '../domain/ports.ts';
import { isHidden } from '../domain/standing/under-orders.ts';
import type { JobContext } from './context.ts';

/** Loads what an incident's card shows now to those who see these users; null when the incident is unknown. */
export type LoadIncidentView = (incidentId: string, sees: Scope) => Promise<IncidentView | null>;

/** Where not everybody may see everybody, the card that all of the channel see names nobody. */
const NOBODY: Scope = new Set();

const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 15 * 60_000;

/** Doubles from five seconds to a quarter of an hour, and never gives up on what a later try may send. */
export const retryDelay = (attempts: number): number =>
  Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts, 16));

/**
 * Sends or edits what waits in the outbox. Only a returned activity id marks an item as sent. An item that
 * an earlier process left in mid-send is looked for in the channel before it is sent again.
 * Without an alert channel everything waits; after the signal the rest waits for the next run.
 * @returns how many items were sent or found sent
 */
export async function deliver(
  context: JobContext,
  load: LoadIncidentView,
  signal?: AbortSignal,
): Promise<number> {
  const { store, clock } = context;
  const conversation = await store.conversations.alertTarget();
  if (!conversation) return 0;
  const target: AlertTarget = { key: conversation.key, name: conversation.name };
  const due = await store.outbox.due(clock.now());
  const latest = latestRevisions(due);
  let delivered = 0;
  for (const item of due) {
    if (signal?.aborted) break;
    if (
      item.message.kind === 'incident' &&
      item.status === 'pending' &&
      item !== latest.get(item.message.incidentId)
    ) {
      await store.outbox.drop(item.key);
    } else if (await deliverItem(context, load, target, item)) delivered++;
  }
  return delivered;
}

/** Per incident the newest item: one edit brings the card up to date, however many changes wait. */
function latestRevisions(items: readonly QueuedItem[]): Map<string, QueuedItem> {
  const latest = new Map<string, QueuedItem>();
  for (const item of items) {
    if (item.message.kind !== 'incident') continue;
    const other = latest.get(item.message.incidentId);
    if (other?.message.kind !== 'incident' || other.message.revision < item.message.revision) {
      latest.set(item.message.incidentId, item);
    }
  }
  return latest;
}

async function deliverItem(
  context: JobContext,
  load: LoadIncidentView,
  target: AlertTarget,
  item: QueuedItem,
): Promise<boolean> {
  const { store, clock, notifier, metrics, log } = context;
  const posted =
    item.message.kind === 'incident' ? await store.outbox.postedCard(item.message.incidentId) : null;
  const message = (await isKept(context, item, posted))
    ? null
    : await messageFor(context, item, posted, load);
  if (!message) {
    await store.outbox.drop(item.key);
    return false;
  }
  if (item.status === 'sending' && !posted && item.targetKey === target.key) {
    const found = await notifier.findPosted(target, message.key);
    if (found.known && found.activityId !== null) {
      await store.outbox.markSent(item.key, target, found.activityId, clock.now());
      log.info({ key: item.key }, 'card had been sent before the last stop');
      return true;
    }
    if (!found.known)
      log.warn({ key: item.key }, 'cannot tell whether this was sent before the last stop: sending');
  }
  await store.outbox.markSending(item.key, target.key);
  context.onStep('deliver:before-send');
  const outcome = await send(context, target, posted, message);
  context.onStep('deliver:after-send');
  if (outcome.ok) {
    await store.outbox.markSent(item.key, target, outcome.activityId, clock.now());
    context.onStep('deliver:noted');
    metrics.cardDelivered(posted ? 'edited' : 'sent');
    await store.conversations.setUnreachable(target.key, null);
    return true;
  }
  metrics.cardDelivered('failed');
  log.warn({ key: item.key, reason: outcome.reason, retryable: outcome.retryable }, 'card was not delivered');
  // A channel that refuses may be mended by people, so the item waits; `status` says why.
  await store.outbox.markFailed(item.key, outcome.reason, clock.now() + retryDelay(item.attempts));
  if (!outcome.retryable) await store.conversations.setUnreachable(target.key, outcome.reason);
  return false;
}

/** Edits the card where it stands, also when alerts go elsewhere by now; posts it when it stands nowhere. */
async function send(
  { notifier }: JobContext,
  target: AlertTarget,
  posted: PostedCard | null,
  message: OutgoingMessage,
): Promise<SendOutcome> {
  return posted ? notifier.update(posted.target, posted.activityId, message) : notifier.post(target, message);
}

/**
 * Whether an incident is one that nobody was told of and nobody is to be: a rule or a silence came before its first
 * card. When a silence ends with the incident still open, its card is queued anew.
 */
async function isKept(
  { store, clock }: JobContext,
  item: QueuedItem,
  posted: PostedCard | null,
): Promise<boolean> {
  // What an earlier process was sending may stand in the channel: that is found out before anything else.
  if (item.message.kind !== 'incident' || posted !== null || item.status === 'sending') return false;
  const incident = await store.incidents.byId(item.message.incidentId);
  if (!incident) return true;
  const { status, snoozedUntil } = incident;
  if (status !== 'open') return isHidden(incident) || snoozedUntil !== null;
  return snoozedUntil !== null && clock.now() < snoozedUntil;
}

async function messageFor(
  { settings }: JobContext,
  item: QueuedItem,
  posted: PostedCard | null,
  load: LoadIncidentView,
): Promise<OutgoingMessage | null> {
  if (item.message.kind !== 'incident') {
    const { kind, title, text } = item.message;
    return { kind: 'notice', key: item.key, title, text, mention: kind === 'call' ? settings.onCall : null };
  }
  const { incidentId } = item.message;
  const view = await load(incidentId, settings.channelShowsNames ? null : NOBODY);
  if (!view) return null;
  // Only a post calls people: an edit tells what they have been called for already.
  const mention = view.watched && posted === null ? settings.onCall : null;
  return { kind: 'incident', key: `incident:${incidentId}`, view, mention };
}
