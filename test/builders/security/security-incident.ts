import type {
  SecurityIncident,
  SecurityRule,
} from '../../../src/domain/detection/alerts/security-incident.ts';
import type { RuleMatch } from '../../../src/domain/detection/evaluate.ts';
import { DAY_MS, MINUTE_MS } from '../../../src/domain/durations.ts';

const AT = Date.parse('2026-11-23T09:10:00Z');

/** Lee's mail goes to another address, told by one record, with a card that stands, unless told otherwise. */
export const aSecurityIncident = (over: Partial<SecurityIncident> = {}): SecurityIncident => ({
  id: 'security-1',
  identity: 'mailbox-forwarding|actor=lee.gu@contoso.example',
  rule: 'mailbox-forwarding',
  class: 'forwarding',
  level: 'high',
  ruleTitle: 'Mailbox forwards to outside',
  labels: { actor: 'lee.gu@contoso.example' },
  status: 'open',
  openedAt: AT + 2 * MINUTE_MS,
  updatedAt: AT + 2 * MINUTE_MS,
  revision: 1,
  firstAt: AT,
  lastAt: AT,
  count: 1,
  recordCount: 1,
  recordIds: ['record-1'],
  words: {
    title: 'Lee Gu forwards mail to lee@fabrikam.example and keeps no copy',
    facts: [{ name: 'Forwards to', before: null, after: 'lee@fabrikam.example' }],
    who: 'Lee Gu',
    object: 'lee.gu@contoso.example',
    address: '203.0.113.9',
    client: 'OWA',
  },
  others: [],
  otherCount: 0,
  userIds: ['11111111-0000-4000-8000-000000000001'],
  strangers: 0,
  flood: false,
  watchedDays: null,
  tellAt: AT + 3 * MINUTE_MS,
  told: null,
  snoozedUntil: null,
  snoozeReason: null,
  hiddenByRuleId: null,
  ending: null,
  ...over,
});

/** "Expected until in 30 days" for what Lee's card is about. */
export const aSecurityRule = (over: Partial<SecurityRule> = {}): SecurityRule => ({
  id: 'expected-1',
  incidentId: 'security-1',
  by: { aadObjectId: 'megan', tenantId: null, name: 'Megan Bowen' },
  at: AT,
  reason: 'A ticket says so',
  until: AT + 30 * DAY_MS,
  endedAt: null,
  endedBy: null,
  match: { rule: 'mailbox-forwarding', labels: { actor: 'lee.gu@contoso.example' } },
  ...over,
});

/** That a record of Lee's forwarding matches its rule. */
export const aRuleMatch = (over: Partial<RuleMatch> = {}): RuleMatch => ({
  ruleId: 'mailbox-forwarding',
  recordId: 'record-1',
  at: AT,
  together: null,
  kind: 'activity set-mailbox',
  labels: { actor: 'lee.gu@contoso.example' },
  values: {},
  ...over,
});
