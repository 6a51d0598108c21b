/** What waits to be told, and where it stands. Times are ms UTC; ids are lower case. */

import type { AlertNote } from '../alert/reason.ts';
import type { AlertTarget } from '../delivery/alert-target.ts';
import type { OutboxItem } from '../delivery/outbox-item.ts';
import type { CardCopy, PostedCard } from '../delivery/posted-card.ts';
import type { Shown } from '../delivery/shown.ts';

export type { CardCopy, OutboxItem, PostedCard };

export type QueuedItem = OutboxItem & {
  attempts: number;
  status: 'pending' | 'sending';
  /** The target of a `sending` item, and of one that may stand in its channel already. */
  targetKey: string | null;
  /** How many sends ended without anybody knowing whether Teams took the message. */
  unknownSends: number;
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
  /** The item waits until then: as the note says. */
  hold(key: string, until: number, note?: AlertNote): Promise<void>;
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
