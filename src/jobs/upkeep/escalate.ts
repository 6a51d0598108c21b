import { subjectOfKey } from '../../domain/delivery/card-key.ts';
import { lasted } from '../../domain/durations.ts';
import type { Escalation, OutboxItem } from '../../domain/ports.ts';
import { destinationsOf } from '../../domain/routing/destinations.ts';
import type { Labels } from '../../domain/routing/labels.ts';
import { hasReaction } from '../../domain/routing/reaction.ts';
import type { JobContext } from '../context.ts';
import { labelsOfKey } from '../delivery/labels-of.ts';
import type { LoadIncidentView } from '../delivery/message-for.ts';

/** How often a card that does not stand yet is looked at again, ms. */
const LOOK_AGAIN_MS = 60_000;

/**
 * Calls whoever is on call about cards to which nobody has reacted in time: once, in a message beside the card. Quiet
 * hours that hold such an alert back hold the call back as well.
 * @returns how many calls were queued
 */
export async function escalate(context: JobContext, load: LoadIncidentView): Promise<number> {
  const { store, clock, settings } = context;
  if (settings.escalateAfterMs === null) return 0;
  let called = 0;
  for (const escalation of await store.escalations.due(clock.now())) {
    if (await escalateOne(context, load, escalation, settings.escalateAfterMs)) called++;
  }
  return called;
}

async function escalateOne(
  context: JobContext,
  load: LoadIncidentView,
  escalation: Escalation,
  after: number,
): Promise<boolean> {
  const { store, clock, routes, log } = context;
  const { key } = escalation;
  const now = clock.now();
  const reaction = await reactionTo(context, key);
  if (reaction !== 'none') {
    await store.escalations.end(key, reaction, now, null);
    return false;
  }
  const subject = subjectOfKey(key);
  const card = subject === null ? null : await store.outbox.postedCard(subject.id);
  // The time runs from the post: what Teams has not taken yet nobody can react to.
  const readyAt = card === null ? now + LOOK_AGAIN_MS : card.postedAt + after;
  if (readyAt > now) {
    await store.escalations.postpone(key, readyAt);
    return false;
  }
  const { routing } = await routes.current();
  const labels = await labelsOfKey(context, key, routing.root);
  const quiet = labels === null ? null : quietUntil(destinationsOf(routing, labels, now));
  if (quiet !== null) {
    await store.escalations.postpone(key, quiet);
    return false;
  }
  const title = await titleOf(context, load, key, labels);
  context.onStep('escalate:before-commit');
  await store.escalations.end(key, 'called', now, callFor(escalation, title, after, now));
  context.onStep('escalate:after-commit');
  log.info({ key }, 'nobody has reacted: the person on call is mentioned');
  return true;
}

const quietUntil = (destinations: ReturnType<typeof destinationsOf>): number | null =>
  destinations.every(({ hold }) => hold === 'quiet') ? (destinations[0]?.until ?? null) : null;

/** Whether somebody reacted to what a card's key names, or nobody need to any more. */
export async function reactionTo({ store }: JobContext, key: string): Promise<'none' | 'reacted' | 'over'> {
  const subject = subjectOfKey(key);
  if (subject === null || subject.kind === 'request') return 'over';
  const incident = await (subject.kind === 'incident'
    ? store.incidents.byId(subject.id)
    : store.security.byId(subject.id));
  if (incident?.status !== 'open') return 'over';
  if (incident.snoozedUntil !== null || ('request' in incident && incident.request !== null))
    return 'reacted';
  return hasReaction(await store.decisions.byIncident(subject.id)) ? 'reacted' : 'none';
}

/** What the card says first, as far as all of the channel may see it. */
async function titleOf(
  { settings, store }: JobContext,
  load: LoadIncidentView,
  key: string,
  labels: Labels | null,
): Promise<string> {
  const subject = subjectOfKey(key);
  if (subject?.kind === 'security') {
    const alert = await store.security.byId(subject.id);
    if (alert) return settings.channelShowsNames ? alert.words.title : alert.ruleTitle;
  }
  const sees = settings.channelShowsNames ? null : new Set<string>();
  const view = subject?.kind === 'incident' ? await load(subject.id, sees) : null;
  return view?.title ?? `An alert of the class ${String(labels?.class ?? 'unknown')}`;
}

const callFor = ({ key, onCall }: Escalation, title: string, after: number, now: number): OutboxItem => ({
  key: `notice:escalation:${key}`,
  message: {
    kind: 'call',
    title: `Nobody has reacted for ${lasted(after)}`,
    text: `${title}. Decide about it, or press “I’m on it…” on its card, so that others know.`,
    about: key,
    ...(onCall ? { mention: onCall } : {}),
  },
  notBefore: now,
});
