/** What waits to be told, and where it stands. Times are ms UTC; ids are lower case. */
import type { AlertTarget } from './telling.ts';

export type OutboxItem = {
  /** Unique: the same key is never queued twice. */
  key: string;
  message:
    | { kind: 'incident'; incidentId: string; revision: number }
    /** A `call` is a notice that calls whoever is on call. */
    | { kind: 'notice' | 'call'; title: string; text: string };
  notBefore: number;
};

export type QueuedItem = OutboxItem & {
  attempts: number;
  status: 'pending' | 'sending';
  /** The target that a `sending` item was going to. */
  targetKey: string | null;
};

export type PostedCard = {
  incidentId: string;
  target: AlertTarget;
  activityId: string;
  revision: number;
  postedAt: number;
};

export interface OutboxStore {
  enqueue(items: readonly OutboxItem[]): Promise<void>;
  /** Items to send, oldest first; includes `sending` ones that an earlier process left behind. */
  due(now: number): Promise<QueuedItem[]>;
  /** Notes the intent to send, so that a crash leaves a trace. */
  markSending(key: string, targetKey: string): Promise<void>;
  /** The item is done and, for an incident, its card stands at `activityId`; one transaction. */
  markSent(key: string, target: AlertTarget, activityId: string, at: number): Promise<void>;
  /** `nextAt` null: never again. */
  markFailed(key: string, reason: string, nextAt: number | null): Promise<void>;
  /** The item is not needed any more: a later revision was sent. */
  drop(key: string): Promise<void>;
  postedCard(incidentId: string): Promise<PostedCard | null>;
  /**
   * Items that wait or have failed, for `status`.
   * @param now ms UTC; what is held back until later, such as the card of a snoozed incident, does not count then
   */
  backlog(now?: number): Promise<{ waiting: number; oldestAt: number | null; lastError: string | null }>;
}
