import type { SecurityIncident } from '../../src/domain/detection/alerts/security-incident.ts';
import { type SecurityView, securityView } from '../../src/domain/detection/alerts/view.ts';
import { DAY_MS, HOUR_MS } from '../../src/domain/durations.ts';
import { asPosted } from '../../src/teams/cards/as-posted.ts';
import type { AdaptiveCard } from '../../src/teams/cards/render.ts';
import { type SecurityPart, securityCard } from '../../src/teams/cards/security/card.ts';
import { aSecurityIncident } from '../builders/security/security-incident.ts';
import { GUID, group, person, T, times, wordiest } from './long-incident-cards.ts';

const words = {
  title: `${person.name} forwards mail to ${person.address} and keeps no copy`,
  facts: [
    { name: 'Sends mail to', before: null, after: person.address },
    { name: 'DeliverToMailboxAndForward', before: 'True', after: 'False' },
  ],
  who: person.name,
  object: person.address,
  address: '2001:db8:1111:2222:3333:4444:5555:6666',
  client: 'Client=OWA;Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36',
};
const alert = (over: Partial<SecurityIncident> = {}): SecurityIncident =>
  aSecurityIncident({
    words,
    labels: { actor: person.address, target: group },
    firstAt: T - HOUR_MS,
    lastAt: T,
    ...over,
  });
const view = (over: Partial<SecurityIncident> = {}): SecurityView => securityView(alert(over), [], true, T);

const posted = (shown: SecurityView) => (): AdaptiveCard =>
  asPosted(securityCard({ view: shown, viewer: null, times, key: 'security:a' }), { key: 'security:a' });
const own = (shown: SecurityView, open: SecurityPart) => (): AdaptiveCard =>
  securityCard({
    view: shown,
    viewer: { role: 'operator' },
    times,
    key: 'security:a',
    open,
    notice: 'Please give a reason.',
  });

const record = {
  id: GUID,
  at: T,
  operation: 'Update application – Certificates and secrets management',
  who: person.address,
  object: group,
  address: '203.0.113.9:50123',
  facts: words.facts,
  raw: JSON.stringify({ Id: GUID, UserId: person.address, Operation: 'Set-Mailbox', ObjectId: wordiest }),
};

/** Alerts of detections, in each state and with each part open. */
export const SECURITY: Readonly<Record<string, () => AdaptiveCard>> = {
  open: posted(view()),
  'with more since': posted(
    view({
      count: 12,
      recordCount: 12,
      told: { count: 9, at: T - HOUR_MS },
      others: [words.title],
      otherCount: 7,
    }),
  ),
  'a flood': posted(
    view({
      flood: true,
      count: 100,
      labels: { actor: person.address },
      others: [words.title],
      otherCount: 99,
    }),
  ),
  'of a short watch': posted(view({ level: 'medium', watchedDays: 3 })),
  snoozed: posted(view({ snoozedUntil: T + DAY_MS, snoozeReason: 'Looked into by somebody' })),
  expected: posted(
    view({
      status: 'approved',
      ending: {
        by: { aadObjectId: GUID, tenantId: null, name: person.name },
        at: T,
        reason: 'A ticket says so',
        ruleUntil: T + DAY_MS,
      },
    }),
  ),
  closed: posted(view({ status: 'closed', ending: { by: null, at: T, reason: null, ruleUntil: null } })),
  'without names': posted(securityView(alert(), [], false, T)),
  'with the form to expect': own(view(), 'expected'),
  'with the form to snooze': own(view(), 'snooze'),
  'with details': own({ ...view(), details: [record] }, 'details'),
  'with what happened around': own(
    {
      ...view(),
      around: {
        about: `What ${person.name} did around it`,
        from: T - DAY_MS,
        to: T,
        events: [{ at: T, operation: record.operation, object: group, result: 'failure' }],
        more: 12,
      },
    },
    'around',
  ),
};
