import { ActivityTypes, CardFactory, MessageFactory, TurnContext } from 'botbuilder';
import type { ConversationKind } from '../domain/ports.ts';
import { plainText } from './cards/escape-text.ts';
import type { AdaptiveCard } from './cards/render.ts';
import { fileAttachment } from './files/file-attachment.ts';
import { conversationKey, IncomingActivity, tenantOf } from './incoming-activity.ts';
import type { Asker } from './services.ts';
import type { Reply, TurnConversation } from './turn.ts';

/** What every kind of turn is made from: the parsed activity and the means to answer it. */
export type TurnParts = {
  activity: IncomingActivity;
  asker: Asker;
  conversation: TurnConversation;
  reference: string;
  post(reply: Reply): Promise<void>;
  /** Puts a card in the place of a message of ours. */
  replace(activityId: string, card: AdaptiveCard, summary: string): Promise<void>;
  /** Takes a message of ours away; that it is gone already is no failure. */
  remove(activityId: string): Promise<void>;
  showTyping(): Promise<void>;
};

/** Reads the SDK's context. The activity was parsed at the door, so that a misfit here is a surprise and throws. */
export function readContext(context: TurnContext): TurnParts {
  const activity = IncomingActivity.parse(context.activity);
  const conversation = conversationOf(activity);
  return {
    activity,
    conversation,
    asker: { ...askerOf(activity, conversation.key), personal: conversation.kind === 'personal' },
    reference: referenceTo(context, conversation),
    post: async (reply) => {
      await context.sendActivity(activityFor(reply));
    },
    replace: async (id, card, summary) => {
      await context.updateActivity({ ...activityFor({ kind: 'card', card, summary }), id });
    },
    remove: (id) => context.deleteActivity(id).catch(() => undefined),
    showTyping: async () => {
      await context.sendActivity({ type: ActivityTypes.Typing });
    },
  };
}

/** The message that carries a reply. A summary is what phones show in the notification of a card. */
export function activityFor(reply: Reply): ReturnType<typeof MessageFactory.text> {
  switch (reply.kind) {
    case 'text':
      return { ...MessageFactory.text(reply.text), textFormat: 'plain' };
    case 'card':
      return {
        ...MessageFactory.attachment(CardFactory.adaptiveCard(reply.card)),
        summary: plainText(reply.summary, 200),
      };
    case 'file-offer':
    case 'file-link':
      return {
        ...MessageFactory.attachment(fileAttachment(reply)),
        summary: reply.name,
        ...('text' in reply ? { text: reply.text } : {}),
      };
  }
}

function conversationOf(activity: IncomingActivity): TurnConversation {
  const { team, channel, eventType } = activity.channelData ?? {};
  const kind = kindOf(activity.conversation.conversationType, team?.id ?? null);
  // Events about a channel arrive in the team's General channel and name the other one beside it.
  const isAboutChannel = kind === 'channel' && eventType?.startsWith('channel') === true;
  const key = isAboutChannel && channel?.id ? channel.id : activity.conversation.id;
  return {
    key: conversationKey(key),
    kind,
    name: nameIn(activity, kind, isAboutChannel),
    teamId: team?.id ?? null,
    groupId: team?.aadGroupId ?? null,
    teamName: team?.name ?? null,
    tenantId: tenantOf(activity),
    botId: activity.recipient.id,
  };
}

function nameIn(activity: IncomingActivity, kind: ConversationKind, isAboutChannel: boolean): string | null {
  if (kind === 'personal') return activity.from.name ?? null;
  return (
    activity.channelData?.channel?.name ?? (isAboutChannel ? null : (activity.conversation.name ?? null))
  );
}

function kindOf(conversationType: string | null | undefined, teamId: string | null): ConversationKind {
  if (conversationType === 'channel' || teamId !== null) return 'channel';
  return conversationType === 'groupChat' ? 'groupChat' : 'personal';
}

function askerOf(activity: IncomingActivity, key: string): Asker {
  const { from } = activity;
  return {
    person: {
      aadObjectId: from.aadObjectId?.toLowerCase() ?? '',
      tenantId: from.tenantId?.toLowerCase() ?? tenantOf(activity),
      name: from.name ?? 'Somebody',
    },
    timeZone: activity.localTimezone ?? null,
    locale: activity.locale ?? null,
    conversationKey: key,
  };
}

/** Without activity, thread and person, so that what is sent to it later starts a thread of its own. */
function referenceTo(context: TurnContext, conversation: TurnConversation): string {
  const { activityId: _, user: __, ...reference } = TurnContext.getConversationReference(context.activity);
  return JSON.stringify({
    ...reference,
    conversation: { ...reference.conversation, id: conversation.key },
  });
}
