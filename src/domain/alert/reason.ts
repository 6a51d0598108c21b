/** Why people are alerted: the word for what is new on a card. */
export const SHOWN = [
  /** A new incident. */
  'first',
  /** More changes, users or products with the same cause. */
  'more',
  /** Late evidence has found another cause. */
  'cause-found',
  'partly-restored',
  'restored',
  /** It was over, and is open again. */
  'reopened',
  /** Somebody on the watch list is affected now. */
  'watched',
  /** It got worse during a snooze, which ends it. */
  'worse',
  'snooze-over',
  /** An operator decided something about it. */
  'decided',
  /** Steps of a restore or of a request have moved on. */
  'progress',
  /** It takes no more changes, of which its card shows nothing. Rows of before say `nothing-new`. */
  'sealed',
  /** Its changes belong to other incidents now, or need nobody. */
  'closed',
  /** The card stands in the channel, or says what is new. */
  'posted',
  'edited',
  /** It was found in the channel: an earlier process had sent it. */
  'found',
] as const;

/** Why nobody is alerted, now or ever. */
export const KEPT = [
  /** A standing rule expects it. */
  'expected',
  /** A snooze covers it. */
  'snoozed',
  /** It had healed before its settle time was over. */
  'healed',
  /** A product with the same service plans had taken its place by then. */
  'swapped',
  /** License Watch did it, as somebody had decided. */
  'own-work',
  /** Nobody lost anything by it: it is history. */
  'gained',
  'swap',
  'path-changed',
  'plans-changed',
  'account-restored',
  /** Single accounts come and go every day. */
  'single-account',
  /** A subscription or its seats changed, and nothing is short. */
  'not-worse',
  /** It belongs to a fight of automations that an operator approved. */
  'fight-approved',
  /** A newer revision says it. */
  'superseded',
  /** What it was about is not stored any more. */
  'unknown-incident',
  /** The one channel that it was for is gone, or takes nothing from us any more. */
  'channel-gone',
  /** No channel is set for alerts. */
  'no-channel',
  /** Quiet hours hold its card back. */
  'quiet-hours',
  /** It is low: a line of the digest says it. */
  'digest',
  /** A route sends it nowhere. */
  'routed-nowhere',
  /** Teams refused it, and people have to change something. */
  'refused',
  /** Teams did not take it; it is tried again. */
  'undelivered',
  /** The tenant could not be read completely: nothing was compared. */
  'read-incomplete',
  /** A second complete read has to say the same before it counts. */
  'read-held',
  /** Its card was deleted, and nothing has happened since that people have to hear of. */
  'nothing-new',
  /** A detection of a low level: it is for the morning and the board. */
  'low-level',
] as const;

export type ShownReason = (typeof SHOWN)[number];
export type KeptReason = (typeof KEPT)[number];
export type AlertReason = ShownReason | KeptReason;

export const ALERT_REASONS: readonly AlertReason[] = [...SHOWN, ...KEPT];

/** `alert`: a card is posted or edited; `wait`: later, of itself; `none`: never, it is history. */
export type AlertDecision = {
  act: 'alert' | 'wait' | 'none';
  reason: AlertReason;
  /** The standing rule that expected it, or that it exceeded. */
  ruleId: string | null;
  /** When a snooze ends, ms UTC. */
  until: number | null;
  /** What Teams, Microsoft or a person said about it. */
  detail: string | null;
};

/** A decision as it is stored: once for each subject and reason, with its first time, ms UTC. */
export type AlertNote = Pick<AlertDecision, 'reason' | 'ruleId' | 'until' | 'detail'> & {
  /** The change, the incident's revision, the message or the read that it is about. */
  subject: string;
  at: number;
  changeId: string | null;
  incidentId: string | null;
  scanId: string | null;
};
