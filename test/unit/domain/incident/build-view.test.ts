import { describe, expect, it } from 'vitest';
import { buildIncidentView, type IncidentFacts } from '../../../../src/domain/incident/build-view.ts';
import type { Decision, RestoreStep } from '../../../../src/domain/incident/decision.ts';
import { anIncident } from '../../../builders/incident.ts';
import { aChange } from '../../../builders/license-change.ts';
import { anAssignment, aUserState } from '../../../builders/user-state.ts';

const NORA = aUserState({ onPremisesSyncEnabled: true });
const OMAR = aUserState({ id: 'user-2', displayName: 'Omar Haddad' });
const AT = Date.parse('2026-11-23T09:00:00Z');
const MEGAN = { aadObjectId: 'megan', tenantId: null, name: 'Megan Bowen' };

const decision = (over: Partial<Decision> = {}): Decision => ({
  id: 'decision-1',
  at: AT,
  kind: 'reassign',
  incidentId: 'incident-1',
  by: MEGAN,
  reason: null,
  userIds: null,
  until: null,
  ...over,
});

const step = (over: Partial<RestoreStep> = {}): RestoreStep => ({
  decisionId: 'decision-1',
  stepNo: 1,
  userId: NORA.id,
  addLicenses: [],
  status: 'planned',
  message: null,
  updatedAt: AT,
  ...over,
});

const facts = (over: Partial<IncidentFacts> = {}): IncidentFacts => ({
  incident: anIncident({ userIds: [NORA.id, OMAR.id] }),
  changes: [
    { change: aChange({ userId: NORA.id }), verdict: null, incidentId: 'incident-1' },
    { change: aChange({ id: 'change-2', userId: OMAR.id }), verdict: null, incidentId: 'incident-1' },
  ],
  users: [NORA, OMAR].map((state) => ({ state, firstSeenAt: 0, removedAt: null, formerNames: [] })),
  decisions: [],
  steps: [],
  groups: [],
  coverage: [],
  auditingEnabled: true,
  serviceIssues: [],
  productName: () => 'Microsoft 365 E3',
  planName: (id) => `plan ${id}`,
  ...over,
});

describe('what an incident card shows', () => {
  it('names how many users and which product, and a single user by name', () => {
    expect(buildIncidentView(facts()).title).toBe('2 users lost Microsoft 365 E3');
    const one = facts({ incident: anIncident({ userIds: [NORA.id] }) });
    expect(buildIncidentView(one).title).toBe('Nora Lindqvist lost Microsoft 365 E3');
  });

  it('counts cloud and synced users, as support asks', () => {
    expect(buildIncidentView(facts()).checked).toMatchObject({ cloudUsers: 1, syncedUsers: 1 });
  });

  it('shows what each user had, with the path and the plans that were off', () => {
    const change = aChange({
      before: [anAssignment({ disabledPlans: ['teams'] }), anAssignment({ path: 'group-1' })],
    });
    const view = buildIncidentView(
      facts({
        incident: anIncident(),
        changes: [{ change, verdict: null, incidentId: null }],
        groups: [
          {
            id: 'group-1',
            displayName: 'LIC-E3',
            membershipRule: null,
            dynamic: false,
            onPremisesSyncEnabled: null,
            mailEnabled: false,
            roleAssignable: false,
            assignedLicenses: [],
          },
        ],
      }),
    );
    expect(view.users[0]?.had).toEqual([
      { product: 'Microsoft 365 E3', path: 'assigned directly', disabledPlans: ['plan teams'] },
      { product: 'Microsoft 365 E3', path: 'through LIC-E3', disabledPlans: [] },
    ]);
  });

  it.each([
    { name: 'before anybody acts', steps: [], restored: [], want: ['lost', 'lost'], reassign: true },
    {
      name: 'while a step is planned',
      steps: [step()],
      restored: [],
      want: ['restoring', 'lost'],
      reassign: true,
    },
    {
      name: 'while Microsoft has said yes and no read has shown it',
      steps: [step({ status: 'done' }), step({ status: 'done', stepNo: 2, userId: OMAR.id })],
      restored: [],
      want: ['restoring', 'restoring'],
      reassign: false,
    },
    {
      name: 'when Microsoft refuses',
      steps: [step({ status: 'refused', message: 'No seats are left.' })],
      restored: [OMAR.id],
      want: ['failed', 'restored'],
      reassign: true,
    },
  ])('$name', ({ steps, restored, want, reassign }) => {
    const incident = anIncident({ userIds: [NORA.id, OMAR.id], restoredUserIds: restored });
    const view = buildIncidentView(facts({ incident, steps }));
    expect(view.users.map((user) => user.status)).toEqual(want);
    expect(view.can.reassign).toBe(reassign);
  });

  it('says who did what, oldest first, and that a read has confirmed it', () => {
    const incident = anIncident({ userIds: [NORA.id, OMAR.id], status: 'restored', updatedAt: AT + 5 });
    const decisions = [
      decision({ userIds: [OMAR.id] }),
      decision({ kind: 'snooze', at: AT - 5, reason: 'later' }),
    ];
    const view = buildIncidentView(facts({ incident, decisions }));
    expect(view.log.map((entry) => entry.what)).toEqual([
      'Megan Bowen snoozed this: “later”',
      'Megan Bowen pressed Reassign for Omar Haddad',
      'A new read of the tenant shows that everything is back',
    ]);
    expect(view.can).toEqual({ reassign: false, approve: false, snooze: false });
  });

  it('shows only service issues about licensing or the directory', () => {
    const issue = {
      classification: 'incident',
      status: 'investigating',
      startAt: 0,
      endAt: null,
      isResolved: false,
      impact: '',
    };
    const serviceIssues = [
      {
        ...issue,
        id: 'MO1',
        title: 'Some users may lose licenses',
        service: 'Microsoft 365 suite',
        feature: 'Licensing',
      },
      { ...issue, id: 'TM2', title: 'Messages are slow', service: 'Microsoft Teams', feature: 'Chat' },
    ];
    expect(buildIncidentView(facts({ serviceIssues })).checked.serviceIssues.map(({ id }) => id)).toEqual([
      'MO1',
    ]);
  });

  it.each([
    { level: 'unexplained', auditing: true, want: /No record so far/ },
    { level: 'unrecorded', auditing: true, want: /neither has a record/ },
    { level: 'unrecorded', auditing: false, want: /Auditing is switched off/ },
  ] as const)(
    'tells honestly that it does not know: $level, auditing $auditing',
    ({ level, auditing, want }) => {
      const view = buildIncidentView(facts({ incident: anIncident({ level }), auditingEnabled: auditing }));
      expect(view.causeSentence).toMatch(want);
    },
  );
});

describe('the Reassign button', () => {
  const throughGroup = aChange({ before: [anAssignment({ path: 'group-1' })] });

  it('is not offered for a license that only a group can give back, and the card says so', () => {
    const view = buildIncidentView(
      facts({ incident: anIncident(), changes: [{ change: throughGroup, verdict: null, incidentId: null }] }),
    );
    expect(view.can.reassign).toBe(false);
    expect(view.users[0]?.note).toBe('It came from the group group-1: add the user to that group again.');
  });
});

describe('the actor of the cause', () => {
  it('is named as the directory does, where it knows them', () => {
    const actor = { kind: 'user', id: OMAR.id, name: 'omar@fabrikam.example' } as const;
    const incident = anIncident({ cause: 'admin-action', level: 'proved', actor });
    expect(buildIncidentView(facts({ incident })).causeSentence).toBe('Omar Haddad removed the license.');
  });
});
