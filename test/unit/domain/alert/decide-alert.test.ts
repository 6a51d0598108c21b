import { describe, expect, it } from 'vitest';
import { type AlertCase, decideAlert } from '../../../../src/domain/alert/decide-alert.ts';
import { ALERT_REASONS } from '../../../../src/domain/alert/reason.ts';
import { HOUR_MS } from '../../../../src/domain/durations.ts';
import type { Incident } from '../../../../src/domain/incident/incident.ts';
import { aVerdict } from '../../../builders/audit/verdict.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { aLeaversRule, aSilence } from '../../../builders/incident/suppression.ts';
import { aChange } from '../../../builders/license/license-change.ts';

const NOW = Date.parse('2026-11-23T09:00:00Z');
const [RICK = ''] = anIncident().userIds;

type Case = { name: string; asked: AlertCase; is: string };
const said = (asked: AlertCase): string => {
  const { act, reason, ruleId } = decideAlert(asked);
  return `${act}: ${reason}${ruleId === null ? '' : ` (${ruleId})`}`;
};

const change = (over: Partial<Extract<AlertCase, { about: 'change' }>> = {}): AlertCase => ({
  about: 'change',
  change: aChange(),
  verdict: aVerdict({ cause: 'admin-action' }),
  became: 'tell',
  fight: 'none',
  accountsRemoved: 0,
  isWatched: false,
  ...over,
});
const kind = (of: ReturnType<typeof aChange>['kind']) => ({ change: aChange({ kind: of }) });

const leavers = (over: Partial<Incident> = {}): Incident =>
  anIncident({
    cause: 'group-membership',
    level: 'proved',
    actor: { kind: 'app', id: 'runbook', name: 'Leaver runbook' },
    groupId: 'leavers',
    ...over,
  });
const many = Array.from({ length: 11 }, (_, index) => `u${index}`);
const incident = (
  one: Incident,
  over: Partial<Extract<AlertCase, { about: 'incident' }>> = {},
): AlertCase => ({
  about: 'incident',
  before: null,
  incident: one,
  rules: [aLeaversRule()],
  silences: [],
  now: NOW,
  ...over,
});
const silences = [aSilence({ subject: { kind: 'user', id: RICK }, until: NOW + HOUR_MS })];
const update = (before: Partial<Incident>, after: Partial<Incident>): AlertCase => ({
  about: 'update',
  before: anIncident(before),
  after: anIncident({ ...before, ...after, revision: 2 }),
});
type Message = Extract<AlertCase, { about: 'message' }>['message'];
const message = (over: Partial<Message> = {}): AlertCase => ({
  about: 'message',
  message: {
    incident: anIncident(),
    hasChannel: true,
    isNewest: true,
    isOldNews: false,
    mayStand: false,
    ...over,
  },
  now: NOW,
});
const waiting = (over: Partial<Incident>, beside: Partial<Message> = {}) =>
  message({ incident: anIncident(over), ...beside });

describe('of a change that has settled, an alert', () => {
  it.each<Case>([
    { name: 'comes for a loss', asked: change(), is: 'alert: first' },
    { name: 'comes for a license never granted', asked: change(kind('never-granted')), is: 'alert: first' },
    { name: 'is kept where it healed', asked: change({ became: 'healed' }), is: 'none: healed' },
    { name: 'is kept where it was swapped', asked: change({ became: 'swapped' }), is: 'none: swapped' },
    {
      name: 'is kept for our own work',
      asked: change({ verdict: aVerdict({ cause: 'license-watch' }) }),
      is: 'none: own-work',
    },
    { name: 'is kept for a gain', asked: change(kind('gained')), is: 'none: gained' },
    { name: 'is kept for a swap', asked: change(kind('swap')), is: 'none: swap' },
    { name: 'is kept for another path', asked: change(kind('path-changed')), is: 'none: path-changed' },
    { name: 'is kept for service plans', asked: change(kind('plans-changed')), is: 'none: plans-changed' },
    {
      name: 'is kept for an account that came back',
      asked: change(kind('account-restored')),
      is: 'none: account-restored',
    },
    {
      name: 'is kept for a single account',
      asked: change({ ...kind('account-removed'), accountsRemoved: 2 }),
      is: 'none: single-account',
    },
    {
      name: 'comes for three accounts at once',
      asked: change({ ...kind('account-removed'), accountsRemoved: 3 }),
      is: 'alert: first',
    },
    {
      name: 'comes for a watched account',
      asked: change({ ...kind('account-removed'), accountsRemoved: 1, isWatched: true }),
      is: 'alert: first',
    },
    { name: 'comes once for a fight', asked: change({ fight: 'alerted' }), is: 'alert: more' },
    {
      name: 'is kept for a fight that was approved',
      asked: change({ fight: 'approved' }),
      is: 'none: fight-approved',
    },
  ])('$name', ({ asked, is }) => expect(said(asked)).toBe(is));
});

describe('of an incident, an alert', () => {
  it.each<Case>([
    { name: 'comes for a new one', asked: incident(anIncident()), is: 'alert: first' },
    {
      name: 'is kept by the rule that expects it',
      asked: incident(leavers()),
      is: 'none: expected (rule-1)',
    },
    {
      name: 'comes where it exceeds its rule',
      asked: incident(leavers({ userIds: many })),
      is: 'alert: first (rule-1)',
    },
    {
      name: 'comes where what a rule hid exceeds it now',
      asked: incident(leavers({ userIds: many }), {
        before: leavers({ status: 'approved', hiddenByRuleId: 'rule-1' }),
      }),
      is: 'alert: first (rule-1)',
    },
    { name: 'comes for somebody watched', asked: incident(leavers({ watched: true })), is: 'alert: first' },
    {
      name: 'comes where somebody watched joins',
      asked: incident(leavers({ watched: true }), { before: leavers() }),
      is: 'alert: watched',
    },
    {
      name: 'waits for the end of a snooze',
      asked: incident(anIncident(), { silences }),
      is: 'wait: snoozed',
    },
    {
      name: 'comes where it got worse during its own snooze',
      asked: incident(anIncident({ userIds: [RICK, 'lee'], snoozedUntil: NOW + HOUR_MS }), {
        before: anIncident({ snoozedUntil: NOW + HOUR_MS }),
      }),
      is: 'alert: worse',
    },
    {
      name: 'comes where another cause is found',
      asked: incident(anIncident({ cause: 'automation', level: 'likely' }), { before: anIncident() }),
      is: 'alert: cause-found',
    },
  ])('$name', ({ asked, is }) => expect(said(asked)).toBe(is));
});

describe('of an incident that moved on, the news', () => {
  it.each<Case>([
    { name: 'more users', asked: update({}, { userIds: [RICK, 'lee'] }), is: 'alert: more' },
    {
      name: 'one of two is back',
      asked: update({}, { restoredUserIds: [RICK] }),
      is: 'alert: partly-restored',
    },
    { name: 'all are back', asked: update({}, { status: 'restored' }), is: 'alert: restored' },
    {
      name: 'it opens again',
      asked: update({ status: 'restored' }, { status: 'open' }),
      is: 'alert: reopened',
    },
    { name: 'it is over', asked: update({}, { status: 'closed' }), is: 'alert: closed' },
    {
      name: 'its snooze is over',
      asked: update({ snoozedUntil: 1 }, { snoozedUntil: null }),
      is: 'alert: snooze-over',
    },
    { name: 'a step is done', asked: update({}, {}), is: 'alert: progress' },
    { name: 'it takes no more changes', asked: update({}, { fingerprint: 'own' }), is: 'alert: sealed' },
    { name: 'somebody decided', asked: { about: 'decision', kind: 'approve' }, is: 'alert: decided' },
  ])('$name', ({ asked, is }) => expect(said(asked)).toBe(is));
});

describe('a message', () => {
  it.each<Case>([
    { name: 'is sent', asked: message(), is: 'alert: first' },
    { name: 'is left to a newer one', asked: message({ isNewest: false }), is: 'none: superseded' },
    { name: 'waits for a channel', asked: message({ hasChannel: false }), is: 'wait: no-channel' },
    {
      name: 'for one channel that is gone is dropped',
      asked: message({ incident: null, hasChannel: false, isForOne: true }),
      is: 'none: channel-gone',
    },
    {
      name: 'of nothing that is stored is dropped',
      asked: message({ incident: 'unknown' }),
      is: 'none: unknown-incident',
    },
    { name: 'about no incident is sent', asked: message({ incident: null }), is: 'alert: edited' },
    {
      name: 'that a rule came before is dropped',
      asked: waiting({ status: 'approved', hiddenByRuleId: 'rule-1' }),
      is: 'none: expected (rule-1)',
    },
    {
      name: 'of an incident that exceeded its rule and healed before it is sent',
      asked: waiting({ status: 'restored', exceededRuleId: 'rule-1' }),
      is: 'alert: first (rule-1)',
    },
    {
      name: 'that a snooze came before waits',
      asked: waiting({ snoozedUntil: NOW + 1 }),
      is: 'wait: snoozed',
    },
    { name: 'after a snooze is sent', asked: waiting({ snoozedUntil: NOW }), is: 'alert: first' },
    {
      name: 'of what healed during its snooze is dropped',
      asked: waiting({ status: 'restored', snoozedUntil: NOW + 1 }),
      is: 'none: snoozed',
    },
    {
      name: 'whose card may stand is sent, whatever came since',
      asked: waiting({ status: 'approved', hiddenByRuleId: 'rule-1' }, { mayStand: true }),
      is: 'alert: edited',
    },
    {
      name: 'whose card was deleted is dropped without news',
      asked: message({ isOldNews: true }),
      is: 'none: nothing-new',
    },
  ])('$name', ({ asked, is }) => expect(said(asked)).toBe(is));

  it.each<Case>([
    {
      name: 'was taken',
      asked: { about: 'answer', answer: { ok: true, how: 'posted' } },
      is: 'alert: posted',
    },
    {
      name: 'was refused',
      asked: { about: 'answer', answer: { ok: false, retryable: false, reason: 'no' } },
      is: 'wait: refused',
    },
    {
      name: 'was not taken',
      asked: { about: 'answer', answer: { ok: false, retryable: true, reason: 'away' } },
      is: 'wait: undelivered',
    },
    {
      name: 'had no whole read',
      asked: { about: 'read', outcome: 'incomplete', reason: 'no' },
      is: 'none: read-incomplete',
    },
    {
      name: 'had a held read',
      asked: { about: 'read', outcome: 'held', reason: 'no' },
      is: 'none: read-held',
    },
  ])('$name', ({ asked, is }) => expect(said(asked)).toBe(is));
});

it('names each reason once', () => {
  expect(new Set(ALERT_REASONS).size).toBe(ALERT_REASONS.length);
});
