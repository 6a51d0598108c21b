/** How people are told. Times are ms UTC; ids are lower case. */
import type { IncidentView } from '../incident/view.ts';

/** Where alerts go. `key` identifies it in the store. */
export type AlertTarget = { key: string; name: string };

export type OutgoingMessage =
  | { kind: 'incident'; key: string; view: IncidentView }
  | { kind: 'notice'; key: string; title: string; text: string };

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
