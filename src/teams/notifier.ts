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
import { incidentCard } from './cards/incident.ts';
import { asksForDecision } from './cards/incident-viewer.ts';
import { noticeCard } from './cards/notice.ts';
import { timesIn } from './cards/times.ts';
import { findChannelOperators } from './channel-operators.ts';
import { attemptOnce } from './connector-limits.ts';
import { inConversation } from './in-conversation.ts';
import { type Reply, showCard } from './turn.ts';
import { activityFor } from './turn-from-context.ts';

/** Looks for a message of ours in a channel's history, which only Graph can read. */
export type FindMessage = (where: {
  teamId: string;
  channelId: string;
  key: string;
}) => Promise<{ known: true; activityId: string | null } | { known: false }>;

export type NotifierOptions = {
  adapter: TeamsAdapter;
  /** The bot's client id; empty without authentication. */
  appId: string;
  conversations: ConversationStore;
  findMessage: FindMessage;
  /** Whether a person, by object id in lower case, may decide about incidents: Teams shows them their own card. */
  mayAct: (aadObjectId: string) => Promise<boolean>;
  /** ms UTC. */
  now: () => number;
  /** IANA name of the zone in which a channel's cards write times: a channel has none of its own. */
  timeZone: string;
  log: Logger;
};

/** Tells channels through their stored references. No method throws for what Teams answers. */
export function createNotifier(options: NotifierOptions): Notifier {
  const { conversations, findMessage, timeZone } = options;
  const operatorsIn = findChannelOperators(options);
  const replyFor = async (message: OutgoingMessage, context: TurnContext, target: AlertTarget) => {
    const asks = message.kind === 'incident' && asksForDecision(message.view);
    return replyWith(message, timeZone, asks ? await operatorsIn(context, target.key) : []);
  };
  return {
    post: (target, message) =>
      inTarget(options, target, async (context) => {
        const sent = await context.sendActivity(activityFor(await replyFor(message, context, target)));
        return sent?.id
          ? { ok: true, activityId: sent.id }
          : { ok: false, retryable: true, reason: 'Teams took the card but gave no id for it.' };
      }),

    update: (target, activityId, message) =>
      inTarget(options, target, async (context) => {
        const activity = activityFor(await replyFor(message, context, target));
        await context.updateActivity({ ...activity, id: activityId });
        return { ok: true, activityId };
      }),

    async findPosted(target, key) {
      const conversation = await conversations.byKey(target.key);
      if (!conversation?.teamId) return { known: false };
      return findMessage({ teamId: conversation.teamId, channelId: conversation.key, key });
    },
  };
}

function replyWith(message: OutgoingMessage, timeZone: string, refreshFor: readonly string[]): Reply {
  if (message.kind === 'notice') return showCard(noticeCard(message), message.title);
  const { view, key, mention } = message;
  const card = incidentCard({
    view,
    viewer: null,
    times: timesIn(null, timeZone),
    key,
    notice: null,
    refreshFor,
    mention,
  });
  return showCard(card, view.title);
}

/** Runs a send in the conversation that is stored as a target's. */
async function inTarget(
  { conversations, ...options }: NotifierOptions,
  target: AlertTarget,
  send: (context: TurnContext) => Promise<SendOutcome>,
): Promise<SendOutcome> {
  const conversation = await conversations.byKey(target.key);
  return inConversation(options, conversation?.reference ?? null, target.key, async (context) => {
    // The outbox tries again by itself.
    attemptOnce(context);
    return send(context);
  });
}
