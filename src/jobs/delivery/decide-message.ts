import { decideAlert, type SendAnswer } from '../../domain/alert/decide-alert.ts';
import type { AlertDecision, AlertNote } from '../../domain/alert/reason.ts';
import type { PostedCard, QueuedItem } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { announce, messageNote } from '../outgoing/alert-notes.ts';
import { mayStand } from './in-order.ts';
import { incidentOf } from './security-message.ts';

/** A message whose incident is not stored any more. */
export const UNKNOWN_INCIDENT = {
  about: 'message',
  message: { incident: 'unknown', hasChannel: true, isNewest: true, mayStand: false, isOldNews: false },
  now: 0,
} as const;

/** What is known of a message beside its row. */
type Around = {
  hasChannel: boolean;
  isNewest: boolean;
  isOldNews: boolean;
  posted: PostedCard | null;
  /** Whether it takes the place of a card that is still there. */
  replaces: boolean;
};

/** Decides whether the message is sent now, and why. */
export async function decideOn(
  { store, clock }: JobContext,
  item: QueuedItem,
  around: Partial<Around>,
): Promise<AlertDecision> {
  const { hasChannel = true, isNewest = true, isOldNews = false, posted = null, replaces = false } = around;
  const { kind } = item.message;
  const isAboutOne = kind === 'incident' || kind === 'security';
  const incident = isAboutOne ? ((await incidentOf({ store }, item.message)) ?? ('unknown' as const)) : null;
  // What an earlier process was sending may stand in the channel: that is found out before anything else.
  const stands = posted !== null || replaces || mayStand(item);
  const message = {
    incident,
    mayStand: stands,
    hasChannel,
    isForOne: isForOne(item),
    isNewest,
    isOldNews,
  };
  return decideAlert({ about: 'message', message, now: clock.now() });
}

/** Whether a message is for one channel only, wherever alerts go. */
export const isForOne = ({ message }: QueuedItem): boolean => 'to' in message && message.to !== undefined;

/** Drops a message and notes why. When a silence ends with the incident still open, its card is queued again. */
export async function dropNoted(
  context: JobContext,
  item: QueuedItem,
  decision: AlertDecision,
): Promise<void> {
  const note = messageNote(item, decision, context.clock.now());
  await context.store.outbox.drop(item.key, note);
  announce(context, [note]);
}

/** Notes once for each message that no channel is set; all of them wait. Returns how many were sent: none. */
export async function noChannel(context: JobContext): Promise<0> {
  const { store, clock } = context;
  const now = clock.now();
  const notes: AlertNote[] = [];
  for (const item of await store.outbox.due(now)) {
    notes.push(messageNote(item, await decideOn(context, item, { hasChannel: false }), now));
  }
  if (notes.length > 0) announce(context, await store.alerts.note(notes));
  return 0;
}

/** Notes once for each message that it waits, as its channel takes nothing at the moment. */
export async function notePaused(context: JobContext, items: readonly QueuedItem[]): Promise<void> {
  if (items.length === 0) return;
  const now = context.clock.now();
  const notes = items.map((item) => messageNote(item, decideAlert({ about: 'pause' }), now));
  announce(context, await context.store.alerts.note(notes));
}

/** The note of what Teams answered. */
export const answerNote = (
  { clock }: Pick<JobContext, 'clock'>,
  item: QueuedItem,
  answer: SendAnswer,
): AlertNote => messageNote(item, decideAlert({ about: 'answer', answer }), clock.now());
