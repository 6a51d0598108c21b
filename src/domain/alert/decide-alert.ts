import type { Verdict } from '../attribution/verdict.ts';
import type { SecurityIncident } from '../detection/alerts/security-incident.ts';
import type { DecisionKind } from '../incident/decision.ts';
import type { Incident } from '../incident/incident.ts';
import type { Settled } from '../incident/settle.ts';
import type { ChangeKind, DetectedChange } from '../license/change.ts';
import { isBelowUse, isForTheWorse } from '../license/diff-tenant.ts';
import { silenceOver } from '../suppression/silence-over.ts';
import { whatIsWorse } from '../suppression/snooze-notice.ts';
import type { Silence, SuppressionRule } from '../suppression/suppression.ts';
import { applicableRule } from './applicable-rule.ts';
import { newsOf } from './news.ts';
import type { AlertDecision, AlertReason, KeptReason } from './reason.ts';

/** Single accounts come and go every day; from this many in one read on it is an alert. */
const ACCOUNTS_AT_ONCE = 3;

/** What is decided about. Times are ms UTC. */
export type AlertCase =
  /** A change whose settle time is over. */
  | {
      about: 'change';
      change: DetectedChange;
      verdict: Verdict;
      became: Settled;
      /** Whether it is a flip of a license that goes and comes, and whether an operator approved that. */
      fight: 'none' | 'alerted' | 'approved';
      /** Accounts that went in the same read. */
      accountsRemoved: number;
      /** Whether somebody on the watch list lost something by it. */
      isWatched: boolean;
    }
  /** An open incident that is about to be written, with what people said beforehand. */
  | {
      about: 'incident';
      before: Incident | null;
      incident: Incident;
      rules: readonly SuppressionRule[];
      silences: readonly Silence[];
      now: number;
    }
  /** An incident that has moved on: read again, decided on, closed. */
  | { about: 'update'; before: Incident; after: Incident }
  /** An alert of detections that is about to be written. */
  | { about: 'detection'; before: SecurityIncident | null; after: SecurityIncident; now: number }
  /** Something that an operator decided about an incident. */
  | { about: 'decision'; kind: DecisionKind }
  /** A message that waits to be sent. */
  | { about: 'message'; message: WaitingMessage; now: number }
  /** What Teams answered to a message. */
  | { about: 'answer'; answer: SendAnswer }
  /** A message whose channel takes nothing at the moment: Teams was not asked. */
  | { about: 'pause' }
  /** A message that routing holds back, until then (ms UTC), or sends nowhere. */
  | { about: 'hold'; hold: 'quiet' | 'digest' | 'nowhere'; until: number | null }
  /** A read of the tenant that was not committed. */
  | { about: 'read'; outcome: 'incomplete' | 'held'; reason: string | null };

/** What a message waits or falls for: an incident's, or that of an alert of detections. */
type Waiting = Pick<Incident, 'status' | 'hiddenByRuleId' | 'snoozedUntil' | 'snoozeReason'> &
  Partial<Pick<Incident, 'exceededRuleId'>>;

/** `incident` null: a notice, which is about none. */
export type WaitingMessage = {
  incident: Waiting | 'unknown' | null;
  /** Whether the channel is there that it goes to: the alert channel, or the one that it is for. */
  hasChannel: boolean;
  /** Whether it is for one channel only, whatever alerts do. */
  isForOne?: boolean;
  isNewest: boolean;
  /** Whether somebody deleted its card, and nothing has happened since that people have to hear of. */
  isOldNews: boolean;
  /** Whether its card stands, or may stand, in a channel. */
  mayStand: boolean;
};

export type SendAnswer =
  | { ok: true; how: 'posted' | 'edited' | 'found'; detail?: string | null }
  | { ok: false; retryable: boolean; reason: string };

/**
 * Decides whether people are alerted, and says why: the one place for all stages, from a change that has settled
 * to what Teams answered. Pure; every reason is of a closed list, and is stored, logged and counted.
 */
export function decideAlert(asked: AlertCase): AlertDecision {
  switch (asked.about) {
    case 'change':
      return ofChange(asked);
    case 'incident':
      return ofIncident(asked);
    case 'update':
      return alert(newsOf(asked.before, asked.after));
    case 'detection':
      return ofDetection(asked);
    case 'decision':
      return alert('decided', { detail: asked.kind });
    case 'message':
      return ofMessage(asked.message, asked.now);
    case 'answer':
      return ofAnswer(asked.answer);
    case 'pause':
      return wait('undelivered', { detail: 'The channel takes nothing at the moment.' });
    case 'hold':
      return ofHold(asked);
    case 'read':
      return none(asked.outcome === 'held' ? 'read-held' : 'read-incomplete', { detail: asked.reason });
  }
}

function ofChange(asked: Extract<AlertCase, { about: 'change' }>): AlertDecision {
  const { change, verdict, became, fight } = asked;
  // A fight is one alert, whatever its flips are; what we did ourselves is no side of it.
  if (fight !== 'none') return fight === 'alerted' ? alert('more') : none('fight-approved');
  if (verdict.cause === 'license-watch') return none('own-work');
  const history = historyOf(asked);
  if (history) return none(history);
  if (became !== 'tell') return none(became, { detail: change.skuId });
  return alert('first');
}

/** Why a kind of change is history and no alert; null where it is an alert. */
function historyOf({
  change,
  accountsRemoved,
  isWatched,
}: Extract<AlertCase, { about: 'change' }>): KeptReason | null {
  switch (change.kind) {
    case 'lost':
    case 'never-granted':
      return null;
    case 'subscription-changed':
      return isForTheWorse(change) ? null : 'not-worse';
    case 'seats-changed':
      return isBelowUse(change) ? null : 'not-worse';
    case 'account-removed':
      return accountsRemoved >= ACCOUNTS_AT_ONCE || isWatched ? null : 'single-account';
    default:
      return change.kind satisfies Exclude<ChangeKind, 'lost' | 'never-granted'> & KeptReason;
  }
}

function ofIncident({
  before,
  incident,
  rules,
  silences,
  now,
}: Extract<AlertCase, { about: 'incident' }>): AlertDecision {
  const found = applicableRule(incident, rules, now);
  if (found?.covers) return none('expected', { ruleId: found.rule.id, detail: found.rule.reason });
  const ruleId = found?.rule.id ?? null;
  const quiet = silenceOver(incident, silences, now);
  if (quiet) return wait('snoozed', { ruleId, until: quiet.until, detail: quiet.reason });
  if (before === null) return alert('first', { ruleId });
  if (incident.watched && !before.watched) return alert('watched', { ruleId });
  const isWorse =
    incident.snoozedUntil !== null && whatIsWorse(before, incident, (skuId) => skuId).length > 0;
  return alert(isWorse ? 'worse' : newsOf(before, incident), { ruleId });
}

function ofDetection({ before, after, now }: Extract<AlertCase, { about: 'detection' }>): AlertDecision {
  const { hiddenByRuleId, ending, snoozedUntil, snoozeReason, status, tellAt } = after;
  if (hiddenByRuleId !== null) {
    return none('expected', { ruleId: hiddenByRuleId, detail: ending?.reason ?? null });
  }
  if (tellAt === null) return none('low-level');
  if (status === 'closed') return alert('closed');
  if (snoozedUntil !== null && now < snoozedUntil) {
    return wait('snoozed', { until: snoozedUntil, detail: snoozeReason });
  }
  if (before === null) return alert('first');
  return alert(before.snoozedUntil !== null && snoozedUntil === null ? 'snooze-over' : 'more');
}

/**
 * A message that may stand in the channel is sent, or edited, whatever has come since: what stands there must not
 * be wrong. One that nobody has seen is dropped where a rule or a snooze came before it.
 */
function ofMessage(message: WaitingMessage, now: number): AlertDecision {
  const { incident, hasChannel, isForOne, isNewest, isOldNews, mayStand } = message;
  if (!isNewest) return none('superseded');
  if (!hasChannel) return isForOne ? none('channel-gone') : wait('no-channel');
  if (incident === 'unknown') return mayStand ? alert('first') : none('unknown-incident');
  if (incident === null || mayStand) return isOldNews ? none('nothing-new') : alert('edited');
  const { status, hiddenByRuleId, exceededRuleId, snoozedUntil: until, snoozeReason: detail } = incident;
  if (status === 'approved' && hiddenByRuleId !== null) return none('expected', { ruleId: hiddenByRuleId });
  if (until !== null && (status !== 'open' || now < until)) {
    return status === 'open' ? wait('snoozed', { until, detail }) : none('snoozed', { until, detail });
  }
  return isOldNews ? none('nothing-new') : alert('first', { ruleId: exceededRuleId ?? null });
}

function ofHold({ hold, until }: Extract<AlertCase, { about: 'hold' }>): AlertDecision {
  switch (hold) {
    case 'quiet':
      return wait('quiet-hours', { until });
    case 'digest':
      return none('digest', { until });
    case 'nowhere':
      return none('routed-nowhere');
  }
}

const ofAnswer = (answer: SendAnswer): AlertDecision =>
  answer.ok
    ? alert(answer.how, { detail: answer.detail ?? null })
    : wait(answer.retryable ? 'undelivered' : 'refused', { detail: answer.reason });

type Beside = Partial<Pick<AlertDecision, 'ruleId' | 'until' | 'detail'>>;

const decision = (act: AlertDecision['act'], reason: AlertReason, beside: Beside): AlertDecision => ({
  act,
  reason,
  ruleId: null,
  until: null,
  detail: null,
  ...beside,
});

const alert = (reason: AlertReason, beside: Beside = {}) => decision('alert', reason, beside);
const wait = (reason: KeptReason, beside: Beside = {}) => decision('wait', reason, beside);
const none = (reason: KeptReason, beside: Beside = {}) => decision('none', reason, beside);
