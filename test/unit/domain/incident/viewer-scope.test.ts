import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../src/domain/durations.ts';
import { buildIncidentView, type IncidentFacts } from '../../../../src/domain/incident-view/build-view.ts';
import { aVerdict } from '../../../builders/audit/verdict.ts';
import { aDecision, aRestoreStep } from '../../../builders/incident/decision.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { incidentFacts } from '../../../builders/incident/incident-facts.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { aUserState } from '../../../builders/license/user-state.ts';

const NORA = aUserState({ id: 'nora' });
const HIDDEN = [
  aUserState({ id: 'omar', displayName: 'Omar Haddad', usageLocation: null }),
  aUserState({ id: 'pia', displayName: 'Pia Berg', onPremisesSyncEnabled: true }),
];
const USERS = [NORA, ...HIDDEN];
const NOW = Date.parse('2026-11-23T09:00:00Z');
const NORA_ONLY = new Set([NORA.id]);

/** All three lost their license, each by a record that names them; Omar’s restore was refused. */
function facts(sees: IncidentFacts['sees'], over: Partial<IncidentFacts> = {}): IncidentFacts {
  const all = incidentFacts(USERS, {
    now: NOW,
    sees,
    acts: sees,
    tenant: { skus: [aSkuState({ enabled: 100 })], subscriptions: [], groups: [] },
    decisions: [aDecision({ userIds: ['omar', 'pia'], at: NOW - MINUTE_MS })],
    steps: [
      aRestoreStep({
        userIds: ['omar'],
        status: 'refused',
        message: 'Omar Haddad has no usage location.',
        updatedAt: NOW,
      }),
    ],
  });
  const changes = all.changes.map((explained) => ({
    ...explained,
    verdict: aVerdict({
      cause: 'admin-action',
      level: 'proved',
      evidence: ['record-1'],
      chain: [
        {
          at: 0,
          what: `Anna took it from ${explained.change.user?.displayName}.`,
          evidence: ['record-1'],
        },
      ],
    }),
  }));
  return { ...all, changes, ...over };
}

describe('an incident as somebody sees it who may see some of its users', () => {
  it('names nobody else, anywhere', () => {
    const request = {
      id: 'request-1',
      kind: 'reassign',
      by: { aadObjectId: 'megan', tenantId: null, name: 'Megan Bowen' },
      at: NOW,
      expiresAt: NOW + 1,
      userIds: null,
      way: 'as-it-was',
      undoes: null,
    } as const;
    const incident = anIncident({ userIds: USERS.map(({ id }) => id), request });
    const text = JSON.stringify(buildIncidentView(facts(NORA_ONLY, { incident })));
    expect(text).toContain('Nora Lindqvist');
    for (const { id, displayName } of HIDDEN) {
      expect(text).not.toContain(displayName);
      expect(text).not.toContain(`"${id}"`);
    }
  });

  it('counts all users, says how many are theirs, and how many others there are', () => {
    const view = buildIncidentView(facts(NORA_ONLY));
    expect(view).toMatchObject({
      title: '3 users lost Microsoft 365 E3 (1 of them yours)',
      userCount: 3,
      others: 2,
      failedCount: 1,
    });
    expect(view.users.map(({ name }) => name)).toEqual(['Nora Lindqvist']);
    expect(view.checked).toMatchObject({ cloudUsers: 2, syncedUsers: 1 });
  });

  it('tells the story of their users only', () => {
    expect(buildIncidentView(facts(NORA_ONLY)).chain.map(({ what }) => what)).toEqual([
      'Anna took it from Nora Lindqvist.',
    ]);
  });

  it('plans for those whom the viewer may act on', () => {
    const view = buildIncidentView(facts(NORA_ONLY));
    expect(view.plan).toMatchObject({ ready: 1, blocked: 0 });
    expect(view.can.reassign).toBe(true);
    const reader = buildIncidentView(facts(null, { acts: NORA_ONLY }));
    expect(reader.users).toHaveLength(3);
    expect(reader.plan?.lines.map(({ userId }) => userId)).toEqual([NORA.id]);
  });

  it('is whole for who sees everybody', () => {
    const view = buildIncidentView(facts(null));
    expect(view).toMatchObject({ title: '3 users lost Microsoft 365 E3', others: 0 });
    expect(view.users).toHaveLength(3);
  });

  it('tells only what and how many to somebody who may see none of them', () => {
    const view = buildIncidentView(facts(new Set()));
    expect(view).toMatchObject({
      title: '3 users lost Microsoft 365 E3',
      users: [],
      others: 3,
      plan: null,
      chain: [],
      deadlines: [],
    });
    expect(view.can.reassign).toBe(false);
  });

  it('does not name the only user of an incident by its title', () => {
    const one = incidentFacts([NORA], { sees: new Set(), acts: new Set() });
    expect(buildIncidentView(one).title).toBe('1 user lost Microsoft 365 E3');
  });

  it('does not name a hidden user who did it themselves', () => {
    const incident = anIncident({
      userIds: USERS.map(({ id }) => id),
      cause: 'self-service',
      level: 'proved',
      actor: { kind: 'user', id: 'omar', name: 'omar.haddad@fabrikam.example' },
    });
    const sentence = (sees: IncidentFacts['sees']) =>
      buildIncidentView(facts(sees, { incident })).causeSentence;
    expect(sentence(NORA_ONLY)).toBe('One of the users changed their own license.');
    expect(sentence(null)).toBe('Omar Haddad changed their own license.');
  });
});
