import { describe, expect, it } from 'vitest';
import type { ApprovalRequest } from '../../../../src/domain/incident/decision.ts';
import type { Incident } from '../../../../src/domain/incident/incident.ts';
import { buildIncidentView, type IncidentFacts } from '../../../../src/domain/incident-view/build-view.ts';
import { planDigest, planRestore } from '../../../../src/domain/restore/plan.ts';
import type { RestoreStep } from '../../../../src/domain/restore/step.ts';
import { aDecision, aRestoreStep } from '../../../builders/decision.ts';
import { anIncident } from '../../../builders/incident.ts';
import { incidentFacts } from '../../../builders/incident-facts.ts';
import { aChange } from '../../../builders/license-change.ts';
import { aLicensedGroup } from '../../../builders/licensed-group.ts';
import { aSkuState } from '../../../builders/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/user-state.ts';

const NORA = aUserState();
const OMAR = aUserState({ id: 'user-2', displayName: 'Omar Haddad' });
const NOW = Date.parse('2026-11-23T09:00:00Z');
const HOUR = 3_600_000;

const viewOf = (over: Partial<IncidentFacts> = {}) =>
  buildIncidentView(
    incidentFacts([NORA, OMAR], {
      now: NOW,
      tenant: { skus: [aSkuState({ enabled: 100 })], subscriptions: [], groups: [aLicensedGroup()] },
      ...over,
    }),
  );

const incidentOf = (over: Partial<Incident> = {}) => anIncident({ userIds: [NORA.id, OMAR.id], ...over });

const aRequest = (over: Partial<ApprovalRequest> = {}): ApprovalRequest => ({
  id: 'request-1',
  kind: 'reassign',
  by: { aadObjectId: 'megan', tenantId: 'tenant', name: 'Megan Bowen' },
  at: NOW - HOUR,
  expiresAt: NOW + 23 * HOUR,
  userIds: null,
  way: 'as-it-was',
  undoes: null,
  ...over,
});

const reassign = aDecision({ at: NOW - HOUR });
const done = (over: Partial<RestoreStep> = {}) =>
  aRestoreStep({ status: 'done', updatedAt: NOW - HOUR, ...over });

describe('the Reassign button', () => {
  it('shows the plan that a press carries out, by its digest', () => {
    const facts = incidentFacts([NORA, OMAR], { now: NOW });
    const plan = planRestore(
      {
        changes: facts.changes.map(({ change }) => change),
        present: new Map([NORA, OMAR].map((user) => [user.id, user])),
        removedAt: new Map(),
        tenant: facts.tenant,
        now: NOW,
        productName: facts.productName,
        planName: facts.planName,
      },
      { chosen: null, way: 'as-it-was', running: new Set() },
    );
    const view = buildIncidentView(facts);
    expect(view.plan).toMatchObject({ digest: planDigest(plan), ready: 2 });
    expect(view.can.reassign).toBe(true);
  });

  const cases: { name: string; over: Partial<IncidentFacts>; want: boolean }[] = [
    { name: 'is there while somebody can be helped', over: {}, want: true },
    {
      name: 'is away while a request waits',
      over: { incident: incidentOf({ request: aRequest() }) },
      want: false,
    },
    {
      name: 'is there after the change was approved, as giving back takes the approval back',
      over: { incident: incidentOf({ status: 'approved' }) },
      want: true,
    },
    {
      name: 'is away when everything is back',
      over: { incident: incidentOf({ status: 'restored' }) },
      want: false,
    },
    {
      name: 'is away while Microsoft carries out what was asked for',
      over: { steps: [done({ updatedAt: NOW - 60_000, userIds: [NORA.id, OMAR.id] })] },
      want: false,
    },
    {
      name: 'is there for the rest when one was refused',
      over: {
        steps: [
          done({ updatedAt: NOW - 60_000 }),
          done({ stepNo: 2, userIds: [OMAR.id], status: 'refused', message: 'No.' }),
        ],
      },
      want: true,
    },
  ];
  it.each(cases)('$name', ({ over, want }) => {
    expect(viewOf(over).can.reassign).toBe(want);
  });

  it('is away for what has no users', () => {
    const change = aChange({ kind: 'seats-changed', userId: null, user: null });
    const view = viewOf({
      incident: anIncident({ kind: 'seats-changed', userIds: [] }),
      changes: [{ change, verdict: null, incidentId: null }],
      users: [],
    });
    expect(view.plan).toBeNull();
    expect(view.can).toMatchObject({ reassign: false, approve: true });
  });
});

describe('assigning directly as a second best', () => {
  const dynamic = aLicensedGroup({ dynamic: true, membershipRule: 'user.department -eq "Sales"' });
  const throughGroup = [NORA, OMAR].map(({ id }, index) => ({
    change: aChange({
      id: `change-${index}`,
      userId: id,
      path: 'group-1',
      before: [anAssignment({ path: index === 0 ? 'group-1' : 'direct' })],
    }),
    verdict: null,
    incidentId: null,
  }));
  const tenant = { skus: [aSkuState({ enabled: 100 })], subscriptions: [], groups: [dynamic] };

  it('is offered where it helps somebody whom the plan cannot', () => {
    const view = viewOf({ tenant, changes: throughGroup });
    expect(view.plan).toMatchObject({ ready: 1, blocked: 1 });
    expect(view.directPlan).toMatchObject({ ready: 1, lines: [{ userId: NORA.id }] });
    expect(view.directPlan?.digest).not.toBe(view.plan?.digest);
  });

  it('gives the reason to the user whom the plan cannot help', () => {
    const nora = viewOf({ tenant, changes: throughGroup }).users.find(({ userId }) => userId === NORA.id);
    expect(nora?.note).toMatch(/LIC-E3/);
  });

  it('is not offered where the plan helps everybody', () => {
    expect(viewOf().directPlan).toBeNull();
  });

  it('is not offered while a request waits', () => {
    const incident = incidentOf({ request: aRequest() });
    expect(viewOf({ tenant, changes: throughGroup, incident }).directPlan).toBeNull();
  });
});

describe('a request that waits for a second operator', () => {
  const cases: { request: Partial<ApprovalRequest>; what: string }[] = [
    { request: {}, what: 'reassign all 2 users' },
    { request: { userIds: [NORA.id] }, what: 'reassign 1 of 2 users' },
    { request: { way: 'direct' }, what: 'assign directly to all 2 users' },
  ];
  it.each(cases)('says what it would do: $what', ({ request, what }) => {
    const view = viewOf({ incident: incidentOf({ request: aRequest(request) }) });
    expect(view.request).toMatchObject({ what, by: { aadObjectId: 'megan', name: 'Megan Bowen' } });
  });

  it('shows the plan for those it was made for', () => {
    const incident = incidentOf({ request: aRequest({ userIds: [NORA.id] }) });
    expect(viewOf({ incident }).request?.plan).toMatchObject({ ready: 1, lines: [{ userId: NORA.id }] });
  });

  it('for an undo says what would be taken back', () => {
    const request = aRequest({ kind: 'undo', undoes: reassign.id, userIds: [NORA.id] });
    const view = viewOf({ incident: incidentOf({ request }), decisions: [reassign], steps: [done()] });
    expect(view.request).toMatchObject({ kind: 'undo', plan: null });
    expect(view.request?.what).toMatch(/^undo the reassign\. Takes /);
  });

  it.each([
    ['who may act on everybody', null, null, true],
    ['who may act on those whom it is about', new Set([NORA.id]), [NORA.id], true],
    ['who may act on some of them only', new Set([NORA.id]), null, false],
  ])('can be answered by somebody %s: %#', (_name, acts, userIds, answerable) => {
    const incident = incidentOf({ request: aRequest({ userIds }) });
    expect(viewOf({ incident, acts }).request?.answerable).toBe(answerable);
  });

  it('is not there when nobody asked', () => {
    expect(viewOf().request).toBeNull();
  });
});

describe('the undo of a reassign', () => {
  const undone = aDecision({ id: 'decision-2', kind: 'undo', at: NOW - 60_000, about: reassign.id });
  const takenBack = (decisionId: string, status: RestoreStep['status'] = 'done') => {
    const step = done();
    return { ...step, decisionId, status, action: step.undo ?? step.action, undo: null };
  };
  const cases: { name: string; over: Partial<IncidentFacts>; want: string | null }[] = [
    { name: 'is offered for what was done', over: {}, want: reassign.id },
    {
      name: 'is offered when everything is back',
      over: { incident: incidentOf({ status: 'restored' }) },
      want: reassign.id,
    },
    {
      name: 'is offered for the newest of several',
      over: {
        decisions: [reassign, aDecision({ id: 'decision-2', at: NOW - 60_000 })],
        steps: [done(), done({ decisionId: 'decision-2' })],
      },
      want: 'decision-2',
    },
    {
      name: 'is offered for the one before when the newest is undone',
      over: {
        decisions: [
          reassign,
          aDecision({ id: 'decision-2', at: NOW - 60_000 }),
          aDecision({ id: 'decision-3', kind: 'undo', about: 'decision-2', at: NOW - 30_000 }),
        ],
        steps: [done(), done({ decisionId: 'decision-2' }), takenBack('decision-3')],
      },
      want: reassign.id,
    },
    {
      name: 'is offered to whoever may act on those who got something back',
      over: { acts: new Set([NORA.id]) },
      want: reassign.id,
    },
    {
      name: 'is not offered to whoever may act on others only',
      over: { acts: new Set([OMAR.id]) },
      want: null,
    },
    {
      name: 'is not offered twice',
      over: { decisions: [reassign, undone], steps: [done(), takenBack(undone.id)] },
      want: null,
    },
    {
      name: 'is offered again for what could not be taken back',
      over: { decisions: [reassign, undone], steps: [done(), takenBack(undone.id, 'refused')] },
      want: reassign.id,
    },
    {
      name: 'is not offered after a day',
      over: { decisions: [aDecision({ at: NOW - 24 * HOUR - 1 })] },
      want: null,
    },
    {
      name: 'is not offered where nothing was changed',
      over: { steps: [done({ status: 'already' })] },
      want: null,
    },
    {
      name: 'is not offered while anything is under way',
      over: { steps: [done(), done({ stepNo: 2, status: 'sending' })] },
      want: null,
    },
    {
      name: 'is not offered while a request waits',
      over: { incident: incidentOf({ request: aRequest() }) },
      want: null,
    },
    {
      name: 'is not offered once the change was approved',
      over: { incident: incidentOf({ status: 'approved' }) },
      want: null,
    },
  ];
  it.each(cases)('$name', ({ over, want }) => {
    const { undo } = viewOf({ decisions: [reassign], steps: [done()], ...over }).can;
    expect(undo?.decisionId ?? null).toBe(want);
  });

  it('says until when, and what it does', () => {
    const { undo } = viewOf({ decisions: [reassign], steps: [done()] }).can;
    expect(undo).toMatchObject({ until: reassign.at + 24 * HOUR });
    expect(undo?.sentence).toMatch(/^Takes /);
  });
});

describe('the other buttons', () => {
  it('end a snooze only where there is one', () => {
    expect(viewOf().can.wake).toBe(false);
    const view = viewOf({ incident: incidentOf({ snoozedUntil: NOW + HOUR }) });
    expect(view).toMatchObject({ snoozedUntil: NOW + HOUR, can: { wake: true, snooze: true } });
  });

  it('show no snooze of an incident that is over', () => {
    const incident = incidentOf({ status: 'restored', snoozedUntil: NOW + HOUR });
    expect(viewOf({ incident })).toMatchObject({ snoozedUntil: null, can: { wake: false, snooze: false } });
  });
});

describe('the rule that an approval can become', () => {
  const runbook = { kind: 'app', id: 'runbook', name: 'Leaver runbook' } as const;
  const cases: { name: string; over: Partial<Incident>; want: string | null }[] = [
    {
      name: 'names the actor and the group',
      over: { actor: runbook, groupId: 'group-1' },
      want: 'Removals by Leaver runbook from the group LIC-E3, up to 10 users at a time',
    },
    {
      name: 'names the product where no group is behind it',
      over: { actor: runbook },
      want: 'Removals by Leaver runbook of Microsoft 365 E3, up to 10 users at a time',
    },
    {
      name: 'names the group alone where nobody is on record',
      over: { groupId: 'group-1' },
      want: 'Removals from the group LIC-E3, up to 10 users at a time',
    },
    { name: 'is not offered without either', over: {}, want: null },
    {
      name: 'is not offered for an incident that is over',
      over: { actor: runbook, status: 'approved' },
      want: null,
    },
  ];
  it.each(cases)('$name', ({ over, want }) => {
    expect(viewOf({ incident: incidentOf(over) }).ruleOffer).toBe(want);
  });
});
