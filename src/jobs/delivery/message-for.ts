import type { Scope } from '../../domain/access/scope.ts';
import { incidentCardKey, requestCardKey, securityCardKey } from '../../domain/delivery/card-key.ts';
import type { IncidentView } from '../../domain/incident-view/view.ts';
import type { OutgoingMessage, PostedCard, QueuedItem } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { askedOnCard } from '../decisions/plan-asked.ts';
import type { Place } from './places.ts';
import { securityMessage } from './security-message.ts';

/** Loads what an incident's card shows now to those who see these users; null when the incident is unknown. */
export type LoadIncidentView = (incidentId: string, sees: Scope) => Promise<IncidentView | null>;

/** Where not everybody may see everybody, the card that all of the channel see names nobody. */
const NOBODY: Scope = new Set();

/** What an incident's card says first, as far as all of the channel may see it. */
export async function titleOf(
  { settings, store }: JobContext,
  { message }: QueuedItem,
  load: LoadIncidentView,
): Promise<string | null> {
  if (message.kind === 'security') {
    const alert = await store.security.byId(message.incidentId);
    return alert && (settings.channelShowsNames ? alert.words.title : alert.ruleTitle);
  }
  if (message.kind !== 'incident') return null;
  return (await load(message.incidentId, settings.channelShowsNames ? null : NOBODY))?.title ?? null;
}

/** What is sent, with the people it calls; null where its incident is not stored any more. */
export async function messageFor(
  context: JobContext,
  item: QueuedItem,
  last: PostedCard | null,
  load: LoadIncidentView,
  place: Place,
): Promise<OutgoingMessage | null> {
  const { settings, store } = context;
  const { message } = item;
  if (message.kind === 'request') {
    const [change] = await store.askedChanges.byIds([message.requestId]);
    if (!change) return null;
    const view = await askedOnCard(context, change, settings.channelShowsNames);
    return { kind: 'request', key: requestCardKey(change.id), view, mention: null };
  }
  // Only a post with news calls people: an edit, and a card shown again, tell what they have been called for already.
  const calls = last === null || (last.gone && last.shown !== null);
  if (message.kind === 'security') {
    const content = await securityMessage(context, message.incidentId);
    return content && { ...content, mention: calls ? place.mention : null };
  }
  if (message.kind !== 'incident') {
    const { kind, title, text } = message;
    const called = message.mention ?? place.onCall ?? place.mention ?? settings.onCall;
    return { kind: 'notice', key: item.key, title, text, mention: kind === 'call' ? called : null };
  }
  const { incidentId } = message;
  const view = await load(incidentId, settings.channelShowsNames ? null : NOBODY);
  if (!view) return null;
  const mention = calls ? (place.mention ?? (view.watched ? settings.onCall : null)) : null;
  return { kind: 'incident', key: incidentCardKey(incidentId), view, mention };
}

/** The key by which the message is found in a channel. */
export function cardKeyOf({ key, message }: QueuedItem): string {
  switch (message.kind) {
    case 'incident':
      return incidentCardKey(message.incidentId);
    case 'security':
      return securityCardKey(message.incidentId);
    case 'request':
      return requestCardKey(message.requestId);
    default:
      return key;
  }
}
