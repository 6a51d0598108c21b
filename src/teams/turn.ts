import type { ConversationKind } from '../domain/ports.ts';
import type { AdaptiveCard } from './cards/render.ts';
import type { Asker } from './services.ts';

/** What the bot says: a sentence, or a card with the sentence that notifications show for it. */
export type Reply = { kind: 'text'; text: string } | { kind: 'card'; card: AdaptiveCard; summary: string };

export type TurnConversation = {
  /** The conversation's id without its thread: the key under which it is stored. */
  key: string;
  kind: ConversationKind;
  /** The channel's or group chat's name, where Teams gave it. */
  name: string | null;
  teamId: string | null;
  teamName: string | null;
  tenantId: string | null;
};

/** Why a conversation event arrived, in our words. */
export type ConversationEvent =
  | 'installed'
  | 'uninstalled'
  | 'channel-deleted'
  | 'team-deleted'
  /** Anything else that shows that the conversation is alive. */
  | 'other';

type TurnBase = {
  asker: Asker;
  conversation: TurnConversation;
  /** The SDK's reference to this conversation as JSON text; only the notifier looks inside. */
  reference: string;
  /**
   * Answers the person: to a message with a message in its thread, to a card action with the card that
   * takes the place of the one clicked.
   */
  reply(reply: Reply): Promise<void>;
  /** Says something new in the conversation, also when a card action is being answered. */
  post(reply: Reply): Promise<void>;
  showTyping(): Promise<void>;
};

export type MessageTurn = TurnBase & { kind: 'message'; text: string };
export type ActionTurn = TurnBase & {
  kind: 'action';
  verb: string;
  data: unknown;
  /** The person's id in Teams, by which a card names whom it is for. */
  teamsUserId: string;
};
export type EventTurn = TurnBase & { kind: 'event'; event: ConversationEvent };

/** One thing that happened in Teams. Nothing outside this room, and few files in it, see the SDK behind it. */
export type Turn = MessageTurn | ActionTurn | EventTurn;

export const say = (text: string): Reply => ({ kind: 'text', text });
export const showCard = (card: AdaptiveCard, summary: string): Reply => ({ kind: 'card', card, summary });
