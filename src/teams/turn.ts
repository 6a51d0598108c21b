import type { ConversationKind } from '../domain/ports.ts';
import type { AdaptiveCard } from './cards/render.ts';
import type { Asker } from './services.ts';

/**
 * What the bot says: a sentence, a card with the sentence that notifications show for it, the question whether a
 * file may be put into the person's OneDrive, or the file that is there now.
 */
export type Reply =
  | { kind: 'text'; text: string }
  | { kind: 'card'; card: AdaptiveCard; summary: string }
  | { kind: 'file-offer'; name: string; description: string; sizeInBytes: number; fileId: string }
  /** `text` is said beside the file. */
  | {
      kind: 'file-link';
      name: string;
      contentUrl: string;
      uniqueId: string;
      fileType: string;
      text?: string;
    };

/** One of the people that a search found: a line of the list, and the card that is dropped into the chat. */
export type SearchResult = { title: string; text: string; card: AdaptiveCard };

export type TurnConversation = {
  /** The conversation's id without its thread: the key under which it is stored. */
  key: string;
  kind: ConversationKind;
  /** The channel's or group chat's name, where Teams gave it. */
  name: string | null;
  teamId: string | null;
  /** The GUID of the team's group, where Teams named it. */
  groupId: string | null;
  teamName: string | null;
  tenantId: string | null;
  /** The bot's own id in Teams. */
  botId: string;
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
  /** Names of those in this conversation, the person left out, who may decide about everybody; none in a personal chat. */
  operatorsHere(): Promise<readonly string[]>;
};

export type MessageTurn = TurnBase & { kind: 'message'; text: string };
export type ActionTurn = TurnBase & {
  kind: 'action';
  verb: string;
  data: unknown;
  /** Whether nobody but the person sees what is replied: an `Action.Submit` in a channel is answered in the open. */
  answersAlone: boolean;
  /** The message whose card was pressed; null where Teams does not tell it. */
  cardId: string | null;
  /** The person's id in Teams, by which a card names whom it is for. */
  teamsUserId: string;
};
/** The answer to the question whether a file may be put into somebody's OneDrive. */
export type FileTurn = TurnBase & {
  kind: 'file';
  value: unknown;
  /** Takes the question away; it may be gone already. */
  removeOffer(): Promise<void>;
};
/**
 * A search from the compose box, in a conversation in which the bot need not be: nothing can be posted there. A
 * reply is shown to the person alone, in the place of results.
 */
export type SearchTurn = TurnBase & {
  kind: 'search';
  value: unknown;
  show(results: readonly SearchResult[]): Promise<void>;
};
/** Teams tells of one installation by two events: `by` says which of them this is. */
export type EventTurn = TurnBase & { kind: 'event'; event: ConversationEvent; by: string };

/** One thing that happened in Teams. Nothing outside this room, and few files in it, see the SDK behind it. */
export type Turn = MessageTurn | ActionTurn | FileTurn | SearchTurn | EventTurn;

export const say = (text: string): Reply => ({ kind: 'text', text });
export const showCard = (card: AdaptiveCard, summary: string): Reply => ({ kind: 'card', card, summary });
