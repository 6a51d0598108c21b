import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../src/domain/durations.ts';
import { buildIncidentView, type IncidentFacts } from '../../../../src/domain/incident-view/build-view.ts';
import { planRestore } from '../../../../src/domain/restore/plan.ts';
import { planDigest } from '../../../../src/domain/restore/plan-digest.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { incidentFacts } from '../../../builders/incident/incident-facts.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { aLicensedGroup } from '../../../builders/license/licensed-group.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment } from '../../../builders/license/user-state.ts';
import { aRequest, done, incidentOf, NORA, NOW, OMAR, viewOf } from './view-of-two-users.ts';

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
        servicePlanName: facts.servicePlanName,
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
      over: { steps: [done({ updatedAt: NOW - MINUTE_MS, userIds: [NORA.id, OMAR.id] })] },
      want: false,
    },
    {
      name: 'is there for the rest when one was refused',
      over: {
        steps: [
          done({ updatedAt: NOW - MINUTE_MS }),
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
