import { HOUR_MS } from '../durations.ts';

/** Whether the tenant writes audit records at all. Times are ms UTC. */

/** The two ways to learn it: what the Management Activity API says when asked, and a record of the switch itself. */
export type AuditingSwitch = { state: 'on' | 'off'; at: number };

export type Auditing = {
  /** `unknown` wherever neither tells: never `on` on a guess. */
  state: 'on' | 'off' | 'unknown';
  /** Since when it is known to be so; of an `off` that a record tells, when it was switched. Null before it is known. */
  since: number | null;
  /** What the service said last; null where the last question had no answer. */
  answer: AuditingSwitch | null;
  /** The newest record of the switch. */
  record: AuditingSwitch | null;
  askedAt: number | null;
  /** Why the last question had no answer, a sentence. */
  detail: string | null;
};

export const AUDITING_UNKNOWN: Auditing = {
  state: 'unknown',
  since: null,
  answer: null,
  record: null,
  askedAt: null,
  detail: null,
};

/**
 * "It may take up to 60 minutes for the change to take effect", says Microsoft of the switch: until then what the
 * service answers may be of before.
 * https://learn.microsoft.com/en-us/purview/audit-log-enable-disable
 */
const TAKES_EFFECT_MS = HOUR_MS;

/** What the service's answer makes of it; `state` null where it did not tell, with the reason. */
export function afterAnswer(
  before: Auditing,
  { state, at, detail }: { state: 'on' | 'off' | null; at: number; detail: string | null },
): Auditing {
  const answer = state === null ? null : { state, at };
  return judged(before, { ...before, answer, askedAt: at, detail }, at);
}

/** What a record of the switch makes of it. One that is older than the newest known changes nothing. */
export function afterRecord(before: Auditing, record: AuditingSwitch): Auditing {
  if (before.record && before.record.at >= record.at) return before;
  return judged(before, { ...before, record }, record.at);
}

function judged(before: Auditing, next: Auditing, at: number): Auditing {
  const state = stateOf(before, next);
  if (state === before.state) return { ...next, state, since: before.since };
  return { ...next, state, since: state === 'unknown' ? null : at };
}

/** A switch beats the answers of its hour; otherwise the service knows best. What was off stays so until told. */
function stateOf(before: Auditing, { answer, record, askedAt }: Auditing): Auditing['state'] {
  if (record && (askedAt === null || record.at > askedAt - TAKES_EFFECT_MS)) return record.state;
  if (answer) return answer.state;
  return before.state === 'off' ? 'off' : 'unknown';
}
