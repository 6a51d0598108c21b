import { describe, expect, it } from 'vitest';
import type { Person } from '../../../../src/domain/access/person.ts';
import type { Decision } from '../../../../src/domain/incident/decision.ts';
import { buildIncidentView, type IncidentFacts } from '../../../../src/domain/incident-view/build-view.ts';
import type { LogEntry } from '../../../../src/domain/incident-view/view.ts';
import { LICENSE_WATCH } from '../../../../src/domain/suppression/license-watch.ts';
import { aDecision } from '../../../builders/incident/decision.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { incidentFacts } from '../../../builders/incident/incident-facts.ts';
import { aLicensedGroup } from '../../../builders/license/licensed-group.ts';
import { aUserState } from '../../../builders/license/user-state.ts';

const AT = Date.parse('2026-11-23T09:00:00Z');
const USERS = Array.from({ length: 8 }, (_, index) =>
  aUserState({ id: `user-${index + 1}`, displayName: `User ${index + 1}` }),
);
const IDS = USERS.map(({ id }) => id);
const ALEX: Person = { aadObjectId: 'alex', tenantId: null, name: 'Alex Wilber' };

/** As the card tells it, which writes times as its reader has them. */
const told = ({ what, until, because }: LogEntry): string =>
  `${what}${until ? ` until ${new Date(until).toISOString().slice(0, 10)}` : ''}${because ? `: “${because}”` : ''}`;

const logOf = (decisions: readonly Decision[], over: Partial<IncidentFacts> = {}): string[] =>
  buildIncidentView(
    incidentFacts(USERS, {
      decisions,
      tenant: { skus: [], subscriptions: [], groups: [aLicensedGroup()] },
      ...over,
    }),
  ).log.map(told);

const aRequest = (over: Partial<Decision> = {}) => aDecision({ id: 'request', kind: 'request', ...over });

describe('the decision log on the card', () => {
  const cases: { want: string; decision: Partial<Decision>; before?: Decision }[] = [
    { want: 'Megan Bowen reassigned everyone', decision: {} },
    { want: 'Megan Bowen reassigned User 2', decision: { userIds: ['user-2'] } },
    { want: 'Megan Bowen directly assigned to everyone', decision: { way: 'direct' } },
    { want: 'Megan Bowen reassigned everyone', decision: { userIds: IDS } },
    {
      want: 'Megan Bowen reassigned User 1, User 2, User 3, User 4, User 5 and 1 other',
      decision: { userIds: IDS.slice(0, 6) },
    },
    {
      want: 'Megan Bowen asked to reassign everyone: a second operator must confirm',
      decision: { kind: 'request' },
    },
    {
      want: 'Megan Bowen asked to undo the reassign for User 1: a second operator must confirm',
      decision: { kind: 'request', way: null, userIds: ['user-1'], about: 'decision-0' },
    },
    {
      want: 'Alex Wilber confirmed Megan Bowen’s request to reassign everyone',
      decision: { kind: 'confirm', by: ALEX, about: 'request' },
      before: aRequest(),
    },
    {
      want: 'Alex Wilber declined Megan Bowen’s request: “not before noon”',
      decision: { kind: 'decline', by: ALEX, about: 'request', reason: 'not before noon' },
      before: aRequest(),
    },
    {
      want: 'Megan Bowen withdrew the request',
      decision: { kind: 'decline', about: 'request' },
      before: aRequest(),
    },
    {
      want: 'Nobody confirmed Megan Bowen’s request in time',
      decision: { kind: 'expire', by: LICENSE_WATCH, about: 'request' },
      before: aRequest(),
    },
    {
      want: 'Megan Bowen undid the reassign for everyone',
      decision: { kind: 'undo', userIds: IDS, about: 'decision-0', way: null },
    },
    {
      want: 'Megan Bowen approved the change: “leaver”',
      decision: { kind: 'approve', reason: 'leaver', way: null },
    },
    {
      want: 'Megan Bowen added a rule: changes like this are expected until 2027-01-31',
      decision: {
        kind: 'make-rule',
        until: Date.parse('2027-01-31T00:00:00Z'),
        about: 'rule-1',
        reason: 'leaver',
      },
    },
    {
      want: 'Megan Bowen let the rule made of it hold until 2027-03-31',
      decision: { kind: 'extend-rule', until: Date.parse('2027-03-31T00:00:00Z'), about: 'rule-1' },
    },
    {
      want: 'Megan Bowen ended the rule that was made of it',
      decision: { kind: 'end-rule', about: 'rule-1' },
    },
    {
      want: 'Megan Bowen snoozed this until 2026-11-24: “later”',
      decision: { kind: 'snooze', until: Date.parse('2026-11-24T08:00:00Z'), reason: 'later' },
    },
    {
      want: 'Megan Bowen snoozed this and what comes next for its group',
      decision: { kind: 'snooze', about: 'group' },
    },
    {
      want: 'Megan Bowen snoozed this and what comes next for the group LIC-E3',
      decision: { kind: 'snooze', subject: { kind: 'group', id: 'group-1' } },
    },
    { want: 'Megan Bowen ended the snooze', decision: { kind: 'wake' } },
    {
      want: 'Megan Bowen keeps an eye on User 3 from here on',
      decision: { kind: 'watch', subject: { kind: 'user', id: 'user-3' } },
    },
    {
      want: 'Megan Bowen no longer keeps an eye on the group LIC-E3',
      decision: { kind: 'unwatch', subject: { kind: 'group', id: 'group-1' } },
    },
    { want: 'Megan Bowen moved the alerts to this channel', decision: { kind: 'set-channel' } },
  ];
  it.each(cases)('$want', ({ want, decision, before }) => {
    const log = logOf([...(before ? [before] : []), aDecision({ at: AT, ...decision })]);
    expect(log.at(-1)).toBe(want);
  });

  it('is told oldest first, with the read that has confirmed it in its place', () => {
    const incident = anIncident({ userIds: IDS, status: 'restored', restoredAt: AT + 5, updatedAt: AT + 99 });
    const decisions = [
      aDecision({ at: AT }),
      aDecision({ kind: 'snooze', at: AT - 5 }),
      aDecision({ kind: 'decline', by: ALEX, at: AT + 50 }),
    ];
    expect(logOf(decisions, { incident })).toEqual([
      'Megan Bowen snoozed this',
      'Megan Bowen reassigned everyone',
      'Verified: everything is back',
      'Alex Wilber declined another operator’s request',
    ]);
  });

  it.each(['reassign', 'undo'] as const)('tells a confirmed %s once, by its confirmation', (kind) => {
    const confirm = aDecision({ kind: 'confirm', by: ALEX, about: 'request', at: AT });
    expect(logOf([aRequest(), confirm, aDecision({ kind, about: 'request', at: AT })])).toEqual([
      'Megan Bowen asked to reassign everyone: a second operator must confirm',
      'Alex Wilber confirmed Megan Bowen’s request to reassign everyone',
    ]);
  });

  it('names only users whom the viewer may see, and counts the others', () => {
    const sees = new Set(['user-2']);
    const log = (userIds: string[]) => logOf([aDecision({ userIds })], { sees, acts: sees });
    expect(log(['user-1', 'user-2', 'user-3', 'user-4'])).toEqual([
      'Megan Bowen reassigned User 2 and 3 others',
    ]);
    expect(log(['user-1'])).toEqual(['Megan Bowen reassigned 1 user']);
  });

  it('says what rules and snoozes of earlier days did, as nobody’s press', () => {
    const approve = aDecision({ kind: 'approve', by: LICENSE_WATCH, reason: 'leavers', about: 'rule-1' });
    expect(logOf([approve])).toEqual(['A standing rule expects this: “leavers”']);
    const until = Date.parse('2026-11-30T00:00:00Z');
    const snooze = aDecision({ kind: 'snooze', by: LICENSE_WATCH, reason: 'migration', until });
    expect(logOf([snooze])).toEqual(['An earlier snooze covers this until 2026-11-30: “migration”']);
  });

  it('says why a rule did not hide an incident of too many', () => {
    const incident = anIncident({ userIds: IDS, exceededRuleId: 'rule-1' });
    expect(logOf([], { incident })).toEqual(['A standing rule expects this, but of fewer users at a time']);
  });
});
