import { describe, expect, it } from 'vitest';
import type { IncidentFacts } from '../../../../src/domain/incident-view/build-view.ts';
import { buildIncidentView } from '../../../../src/domain/incident-view/build-view.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { incidentFacts } from '../../../builders/incident/incident-facts.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { aLicensedGroup } from '../../../builders/license/licensed-group.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';

const NORA = aUserState({ onPremisesSyncEnabled: true });
const OMAR = aUserState({ id: 'user-2', displayName: 'Omar Haddad' });
const AT = Date.parse('2026-11-23T09:00:00Z');

const facts = (over: Partial<IncidentFacts> = {}): IncidentFacts =>
  incidentFacts([NORA, OMAR], { now: AT, ...over });

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
        tenant: { skus: [], subscriptions: [], groups: [aLicensedGroup()] },
      }),
    );
    expect(view.users[0]?.had).toEqual([
      { product: 'Microsoft 365 E3', path: 'assigned directly', disabledPlans: ['plan teams'] },
      { product: 'Microsoft 365 E3', path: 'through LIC-E3', disabledPlans: [] },
    ]);
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
    { level: 'unexplained', auditing: true, want: /no audit record so far/ },
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

describe('the actor of the cause', () => {
  it('is named as the directory does, where it knows them', () => {
    const actor = { kind: 'user', id: OMAR.id, name: 'omar@fabrikam.example' } as const;
    const incident = anIncident({ cause: 'admin-action', level: 'proved', actor });
    expect(buildIncidentView(facts({ incident })).causeSentence).toBe('Omar Haddad removed the license.');
  });
});
