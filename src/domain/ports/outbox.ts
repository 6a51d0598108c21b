/** What waits to be told, and where it stands. Times are ms UTC; ids are lower case. */

import type { AlertNote } from '../alert/reason.ts';
import type { Shown } from '../delivery/shown.ts';
import type { AlertTarget } from './telling.ts';

export type OutboxItem = {
  /** Unique: the same key is never queued twice. */
  key: string;
  message:
    | { kind: 'incident'; incidentId: string; revision: number }
    /** A `call` is a notice that calls the person on call. `to` is the key of the one conversation that it is for. */
    | { kind: 'notice' | 'call'; title: string; text: string; to?: string | undefined }
    /** A request for a second operator beside any incident: its card in the alert channel. */
    | { kind: 'request'; requestId: string; revision: number };
  notBefore: number;
};

export type QueuedItem = OutboxItem & {
  attempts: number;
  status: 'pending' | 'sending';
  /** The target of a `sending` item, and of one that may stand in its channel already. */
  targetKey: string | null;
  /** How many sends ended without anybody knowing whether Teams took the message. */
  unknownSends: number;
};

/**
 * A card that somebody saw or pressed, and when, ms UTC. One that was `replaced` by a new card is taken out of the
 * channel, where Teams lets it.
 */
export type CardCopy = {
  target: AlertTarget;
  activityId: string;
  seenAt: number;
  replaced?: boolean | undefined;
};

export type PostedCard = {
  /** The incident, or the request for a second operator, that it shows. */
  incidentId: string;
  target: AlertTarget;
  activityId: string;
  revision: number;
  postedAt: number;
  /** Cards that stand beside it, and are edited with it. */
  copies: readonly CardCopy[];
  /** When it was posted although an earlier one may have arrived, oldest first. */
  postedAgain: readonly number[];
  /** What it said last; null for cards of versions that did not keep it. */
  shown: Shown | null;
  /** Whether somebody deleted it, and no copy stands. */
  gone: boolean;
};

/** How long nothing is sent to a target; `asked` is a pause that Teams asked for, which nothing cuts short. */
export type SendPause = { until: number; tries: number; asked: boolean };

/** `replace` posts a card and takes the old one away; `post` knows that there is no old one. */
export type ShowAgain = 'edit' | 'post' | 'replace';

export type SeenCard = 'copy' | 'found' | 'under-way' | 'known' | 'foreign';

export interface OutboxStore {
  enqueue(items: readonly OutboxItem[]): Promise<void>;
  /** Items to send, oldest first; includes `sending` ones that an earlier process left behind. */
  due(now: number): Promise<QueuedItem[]>;
  /**
   * Notes the intent to send, so that a crash leaves a trace.
   * @param unknownSends how many earlier sends may stand in the channel, and could not be looked for
   */
  markSending(key: string, targetKey: string, unknownSends?: number): Promise<void>;
  /** The item is done and, for an incident, its card stands at `activityId`; one transaction. */
  markSent(
    key: string,
    target: AlertTarget,
    activityId: string,
    at: number,
    shown?: Shown,
    note?: AlertNote,
  ): Promise<void>;
  /**
   * @param nextAt null: never again
   * @param maybeSent whether Teams may have taken it: it is looked for before it is sent again
   */
  markFailed(
    key: string,
    reason: string,
    nextAt: number | null,
    maybeSent?: boolean,
    note?: AlertNote,
  ): Promise<void>;
  /** The item is not needed any more: as the note says. */
  drop(key: string, note?: AlertNote): Promise<void>;
  /** Where the card of an incident stands; null where none does. */
  postedCard(incidentId: string): Promise<PostedCard | null>;
  /** As `postedCard`, and also the card that somebody deleted. */
  lastCard(incidentId: string): Promise<PostedCard | null>;
  /**
   * Notes that a card of the incident stands somewhere, which a person's press or look tells.
   * @returns `copy` where it stands beside another one, `found` in the place of one that was deleted, `under-way` where
   * a send of it was not confirmed, `known` where nothing is new, `foreign` where no card was ever sent
   */
  noteSeen(incidentId: string, seen: CardCopy): Promise<SeenCard>;
  /**
   * Has the card of an incident sent again although nothing is new: posted in the place of the one that stands, or
   * edited, so that it is posted where the edit finds it gone. One transaction; nothing where another card stands by now.
   */
  showAgain(
    card: Pick<PostedCard, 'incidentId' | 'activityId'>,
    how: ShowAgain,
    item: OutboxItem,
  ): Promise<void>;
  /** Notes that somebody deleted a card; a copy that stands takes its place. */
  noteGone(incidentId: string, activityId: string): Promise<void>;
  /** Why nothing is sent to a target at the moment; null when nothing stands against it. */
  pause(targetKey: string): Promise<SendPause | null>;
  setPause(targetKey: string, pause: SendPause): Promise<void>;
  /** The target took a message: its pause ends, and so do those of what waits after a failure. */
  endPause(targetKey: string, now: number): Promise<void>;
  /**
   * Teams is there: what waits after a failure is due now, and every pause ends that Teams did not ask for.
   * @returns whether there was any
   */
  endPauses(now: number): Promise<boolean>;
  /**
   * Items that wait or have failed, for `status`. `oldestAt` is since when the oldest of them waits.
   * @param now ms UTC; what is held back until later, such as the card of a snoozed incident, does not count then
   */
  backlog(now?: number): Promise<{ waiting: number; oldestAt: number | null; lastError: string | null }>;
}
