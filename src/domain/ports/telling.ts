/** How people are told. Times are ms UTC; ids are lower case. */
import type { IncidentView } from '../incident/view.ts';

/** Where alerts go. `key` identifies it in the store. */
export type AlertTarget = { key: string; name: string };

/**
 * Whom a post calls by name: a person (object id or user principal name), or everybody of a team's tag (the id
 * that Graph gives it). `name` is the text that stands in the card.
 */
export type Mention = { kind: 'user' | 'tag'; id: string; name: string };

export type OutgoingMessage =
  /** `mention` is who is called by it; null where nobody is, as on each edit. */
  | { kind: 'incident'; key: string; view: IncidentView; mention: Mention | null }
  | { kind: 'notice'; key: string; title: string; text: string; mention: Mention | null };

export type SendOutcome =
  | { ok: true; activityId: string }
  | { ok: false; retryable: boolean; reason: string };

export interface Notifier {
  post(target: AlertTarget, message: OutgoingMessage): Promise<SendOutcome>;
  update(target: AlertTarget, activityId: string, message: OutgoingMessage): Promise<SendOutcome>;
  /**
   * Looks in the channel for a message that an earlier process may have sent without noting it.
   * `known: false` where the channel's history cannot be read.
   */
  findPosted(
    target: AlertTarget,
    key: string,
  ): Promise<{ known: true; activityId: string | null } | { known: false }>;
}
