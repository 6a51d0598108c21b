import type { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js';
import type { TurnContext } from 'botbuilder';
import type {
  AlertTarget,
  ConversationStore,
  Notifier,
  OutgoingMessage,
  SendOutcome,
} from '../domain/ports.ts';
import type { Logger } from '../observability/logger.ts';
import { asPosted } from './cards/as-posted.ts';
import { askedPostedCard } from './cards/asked-change.ts';
import { incidentCard } from './cards/incident/card.ts';
import { asksForDecision } from './cards/incident/viewer.ts';
import { noticeCard } from './cards/notice.ts';
import type { Portals } from './cards/portal-links.ts';
import type { AdaptiveCard } from './cards/render.ts';
import { securityCard } from './cards/security/card.ts';
import { timesIn } from './cards/times.ts';
import type { FindOperators, Pressers } from './channel-operators.ts';
import { attemptOnce } from './connector-limits.ts';
import { findGroup } from './find-group.ts';
import { inConversation } from './in-conversation.ts';
import { type Reply, showCard } from './turn.ts';
import { activityFor } from './turn-from-context.ts';

/** Looks for a message of ours in a channel's history, which only Graph can read. */
export type FindMessage = (where: {
  /** The GUID of the group behind the team: Graph knows no other name of it. */
  groupId: string;
  channelId: string;
  key: string;
}) => Promise<{ known: true; activityId: string | null } | { known: false }>;

export type NotifierOptions = {
  adapter: TeamsAdapter;
  /** The bot's client id; empty without authentication. */
  appId: string;
  conversations: ConversationStore;
  findMessage: FindMessage;
  /** The members of a channel who may decide about incidents: Teams shows them their own card. */
  operatorsIn: FindOperators;
  pressers: Pick<Pressers, 'of'>;
  /** Microsoft's portals of the tenant's cloud. */
  portals: Portals;
  /** ms UTC. */
  now: () => number;
  /** IANA name of the zone in which a channel's cards write times: a channel has none of its own. */
  timeZone: string;
  log: Logger;
};

/** Tells channels through their stored references. No method throws for what Teams answers. */
export function createNotifier(options: NotifierOptions): Notifier {
  const { conversations, findMessage, operatorsIn, pressers } = options;
  const groupOf = findGroup(options);
  const replyFor = async (message: OutgoingMessage, context: TurnContext, target: AlertTarget) => {
    if (message.kind !== 'incident' || !asksForDecision(message.view)) return replyWith(message, options, []);
    const members = (await operatorsIn(context, target.key)).map(({ id }) => id);
    const refreshFor = [...new Set([...pressers.of(message.view.incidentId), ...members])];
    return replyWith(message, options, refreshFor);
  };
  return {
    post: (target, message) =>
      inTarget(options, target, 'post', async (context) => {
        const sent = await context.sendActivity(activityFor(await replyFor(message, context, target)));
        if (sent?.id) return { ok: true, activityId: sent.id };
        const reason = 'Teams took the card but gave no id for it.';
        return { ok: false, retryable: true, reason, about: 'teams', maybeSent: true };
      }),

    update: (target, activityId, message) =>
      inTarget(options, target, 'edit', async (context) => {
        const activity = activityFor(await replyFor(message, context, target));
        await context.updateActivity({ ...activity, id: activityId });
        return { ok: true, activityId };
      }),

    remove: (target, activityId) =>
      inTarget(options, target, 'edit', async (context) => {
        await context.deleteActivity(activityId);
        return { ok: true, activityId };
      }),

    async findPosted(target, key) {
      const conversation = await conversations.byKey(target.key);
      const groupId = conversation && (conversation.groupId ?? (await groupOf(conversation)));
      if (!groupId) return { known: false };
      return findMessage({ groupId, channelId: conversation.key, key });
    },
  };
}

function replyWith(
  message: OutgoingMessage,
  { timeZone, portals }: NotifierOptions,
  refreshFor: readonly string[],
): Reply {
  const posted = (card: AdaptiveCard): AdaptiveCard => asPosted(card, message);
  if (message.kind === 'request') {
    const { view, key } = message;
    const card = askedPostedCard(view, key, timesIn(null, timeZone));
    return showCard(posted(card), `${view.by.name} wants to ${view.what}`);
  }
  if (message.kind === 'security') {
    const { view, key, mention } = message;
    const card = securityCard({ view, viewer: null, times: timesIn(null, timeZone), key, mention });
    return showCard(posted(card), view.title);
  }
  if (message.kind === 'notice') return showCard(posted(noticeCard(message)), message.title);
  const { view, key, mention } = message;
  const card = incidentCard({
    view,
    viewer: null,
    times: timesIn(null, timeZone),
    key,
    notice: null,
    refreshFor,
    mention,
    portals,
  });
  return showCard(posted(card), view.title);
}

/** Runs a send in the conversation that is stored as a target's. */
async function inTarget(
  { conversations, ...options }: NotifierOptions,
  target: AlertTarget,
  how: 'post' | 'edit',
  send: (context: TurnContext) => Promise<SendOutcome>,
): Promise<SendOutcome> {
  const conversation = await conversations.byKey(target.key);
  const once = (context: TurnContext): Promise<SendOutcome> => {
    // The outbox tries again by itself.
    attemptOnce(context);
    return send(context);
  };
  return inConversation(options, conversation?.reference ?? null, target.key, once, how);
}
