/** How people are told. Times are ms UTC; ids are lower case. */

import type { AlertTarget } from '../delivery/alert-target.ts';
import type { Mention } from '../delivery/mention.ts';
import type { SecurityView } from '../detection/alerts/view.ts';
import type { IncidentView } from '../incident-view/view.ts';
import type { AskedView } from '../restore/requests/asked-view.ts';

export type { AlertTarget, Mention };

export type OutgoingMessage = (
  | { kind: 'incident'; view: IncidentView }
  | { kind: 'request'; view: AskedView }
  | { kind: 'security'; view: SecurityView }
  | { kind: 'notice'; title: string; text: string }
) & {
  /** By which the message is found again in its channel. */
  key: string;
  /** Who is called by it; null where nobody is, as on each edit. */
  mention: Mention | null;
  /** Whether the channel may show it already: `maybe` where nobody knows, `yes` where another card was found. */
  copy?: 'maybe' | 'yes';
};

/**
 * What is in the way of a send: Teams as a whole, for the moment; the channel, until people mend it; the card that
 * was to be edited, which somebody deleted; or the message itself, which is refused as it is.
 */
export type SendObstacle = 'teams' | 'channel' | 'card' | 'message';

export type SendFailure = {
  ok: false;
  retryable: boolean;
  reason: string;
  /** `teams` where it is not said and a later try may help, else `channel`. */
  about?: SendObstacle;
  /** Whether the channel may show the message all the same: no answer came, or none that can be read. */
  maybeSent?: boolean;
  /** How long Teams asks to wait, ms. */
  retryAfterMs?: number | null;
};

export type SendOutcome = { ok: true; activityId: string } | SendFailure;

export interface Notifier {
  post(target: AlertTarget, message: OutgoingMessage): Promise<SendOutcome>;
  update(target: AlertTarget, activityId: string, message: OutgoingMessage): Promise<SendOutcome>;
  /** Takes a message of ours out of its channel. */
  remove(target: AlertTarget, activityId: string): Promise<SendOutcome>;
  /**
   * Looks in the channel for a message of which nobody knows whether it was sent. Asked each time.
   * `known: false` where the channel's history cannot be read.
   */
  findPosted(
    target: AlertTarget,
    key: string,
  ): Promise<{ known: true; activityId: string | null } | { known: false }>;
}
