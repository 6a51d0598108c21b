import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../../src/domain/durations.ts';
import { buildIncidentView, type IncidentFacts } from '../../../../src/domain/incident-view/build-view.ts';
import type { AffectedUser } from '../../../../src/domain/incident-view/view.ts';
import type { RestoreStep } from '../../../../src/domain/restore/step.ts';
import { aDecision, aRestoreStep } from '../../../builders/incident/decision.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { incidentFacts } from '../../../builders/incident/incident-facts.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { aLicensedGroup } from '../../../builders/license/licensed-group.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';

const NORA = aUserState();
const SKU = anAssignment().skuId;
const NOW = Date.parse('2026-11-23T09:00:00Z');

const viewOf = (over: Partial<IncidentFacts> = {}) =>
  buildIncidentView(
    incidentFacts([NORA], {
      now: NOW,
      tenant: { skus: [aSkuState()], subscriptions: [], groups: [aLicensedGroup()] },
      decisions: [aDecision({ at: NOW - 10 * MINUTE_MS })],
      ...over,
    }),
  );

const aStep = (over: Partial<RestoreStep> = {}) => aRestoreStep({ updatedAt: NOW - 5 * MINUTE_MS, ...over });

const intoGroup: Partial<RestoreStep> = {
  action: { kind: 'add-to-group', userId: NORA.id, groupId: 'group-1' },
  undo: { kind: 'remove-from-group', userId: NORA.id, groupId: 'group-1' },
};

describe('where a user of a restore stands', () => {
  const cases: {
    name: string;
    steps: RestoreStep[];
    status: AffectedUser['status'];
    note: string | null;
  }[] = [
    { name: 'lost it while nobody acts', steps: [], status: 'lost', note: null },
    { name: 'is being restored while a step is planned', steps: [aStep()], status: 'restoring', note: null },
    {
      name: 'is being restored while a step is on its way, and says what it waits for',
      steps: [aStep({ status: 'sending', message: 'Microsoft asks us to wait.' })],
      status: 'restoring',
      note: 'Microsoft asks us to wait.',
    },
    {
      name: 'is being restored while no read has shown a license that Microsoft has accepted',
      steps: [aStep({ status: 'done' })],
      status: 'restoring',
      note: null,
    },
    {
      name: 'waits for Microsoft when the group was changed, which it applies later',
      steps: [aStep({ ...intoGroup, status: 'done' })],
      status: 'restoring',
      note: 'Microsoft is applying the group’s licenses.',
    },
    {
      name: 'has failed when half an hour later still no read shows it',
      steps: [aStep({ ...intoGroup, status: 'done', updatedAt: NOW - 31 * MINUTE_MS })],
      status: 'failed',
      note: 'Microsoft accepted it more than 30 minutes ago, and the last read still does not show it.',
    },
    {
      name: 'has failed when Microsoft refuses, with its reason',
      steps: [aStep({ status: 'refused', message: 'The usage location is not set.' })],
      status: 'failed',
      note: 'The usage location is not set.',
    },
    {
      name: 'has failed by the first step that did not succeed, not by those skipped after it',
      steps: [
        aStep({ status: 'failed', message: 'Microsoft did not answer.' }),
        aStep({ stepNo: 2, status: 'skipped', message: 'A step before it failed.' }),
      ],
      status: 'failed',
      note: 'Microsoft did not answer.',
    },
    {
      name: 'goes by the latest decision that concerned them',
      steps: [
        aStep({ status: 'refused', message: 'No.' }),
        aStep({ decisionId: 'decision-2', status: 'planned' }),
      ],
      status: 'restoring',
      note: null,
    },
    {
      name: 'lost it again after an earlier restore, which says nothing of this loss',
      steps: [aStep({ status: 'done', updatedAt: aChange().observedAfter - MINUTE_MS })],
      status: 'lost',
      note: null,
    },
  ];
  it.each(cases)('$name', ({ steps, status, note }) => {
    expect(viewOf({ steps }).users[0]).toMatchObject({ status, note });
  });

  it('counts users by where they stand', () => {
    const omar = aUserState({ id: 'user-2', displayName: 'Omar Haddad' });
    const pia = aUserState({ id: 'user-3', displayName: 'Pia Berg' });
    const incident = anIncident({ userIds: [NORA.id, omar.id, pia.id], restoredUserIds: [pia.id] });
    const steps = [aStep({ status: 'refused' }), aStep({ stepNo: 2, userIds: [omar.id] })];
    const view = buildIncidentView(
      incidentFacts([NORA, omar, pia], { incident, steps, decisions: [aDecision()], now: NOW }),
    );
    expect(view).toMatchObject({ failedCount: 1, restoringCount: 1, restoredCount: 1 });
  });
});

describe('what the last read says of an assignment in error', () => {
  const inError = (error: string | null) =>
    aUserState({ assignments: [anAssignment({ path: 'group-1', state: 'Error', error })] });
  const cases: { error: string | null; note: string }[] = [
    { error: 'CountViolation', note: 'No seat of Microsoft 365 E3 is free.' },
    {
      error: 'MutuallyExclusiveViolation',
      note: 'Microsoft 365 E3 conflicts with another license that the user has.',
    },
    { error: 'Other', note: 'Microsoft could not apply Microsoft 365 E3: Other.' },
    { error: 'constructor', note: 'Microsoft could not apply Microsoft 365 E3: constructor.' },
    { error: null, note: 'Microsoft could not apply Microsoft 365 E3 and gives no reason.' },
  ];
  it.each(cases)('wins over what the steps say: $error', ({ error, note }) => {
    const users = [{ state: inError(error), firstSeenAt: 0, removedAt: null, formerNames: [] }];
    const steps = [aStep({ ...intoGroup, status: 'done' })];
    expect(viewOf({ users, steps }).users[0]?.note).toBe(note);
  });

  it('ends the wait for a group that has been applied', () => {
    const users = [{ state: inError('CountViolation'), firstSeenAt: 0, removedAt: null, formerNames: [] }];
    const steps = [aStep({ ...intoGroup, status: 'done' })];
    expect(viewOf({ users, steps }).users[0]?.status).toBe('failed');
  });

  it('is not told when another path gives the license', () => {
    const state = aUserState({
      assignments: [anAssignment(), anAssignment({ path: 'group-1', state: 'Error', error: 'Other' })],
    });
    const users = [{ state, firstSeenAt: 0, removedAt: null, formerNames: [] }];
    expect(viewOf({ users }).users[0]?.note).toBeNull();
  });
});

describe('a user who has a part again', () => {
  const visio = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
  const changes = [
    aChange(),
    aChange({ id: 'change-2', skuId: visio, before: [anAssignment({ skuId: visio, path: 'group-1' })] }),
  ].map((change) => ({ change, verdict: null, incidentId: null }));
  const withE3 = {
    state: aUserState({ assignments: [anAssignment()] }),
    firstSeenAt: 0,
    removedAt: null,
    formerNames: [],
  };

  it('is not waited for once a read shows what the steps did, and the rest has its reason', () => {
    const dynamic = aLicensedGroup({
      dynamic: true,
      assignedLicenses: [{ skuId: visio, disabledPlans: [] }],
    });
    const tenant = {
      skus: [aSkuState(), aSkuState({ skuId: visio, partNumber: 'VISIOCLIENT' })],
      subscriptions: [],
      groups: [dynamic],
    };
    const view = viewOf({ changes, users: [withE3], tenant, steps: [aStep({ status: 'done' })] });
    expect(view.users[0]).toMatchObject({ status: 'failed', note: expect.stringContaining('LIC-E3') });
    expect(view.failedCount).toBe(1);
  });

  it('is waited for while a step for the rest is not shown by a read', () => {
    const steps = [aStep({ status: 'done' }), aStep({ ...intoGroup, stepNo: 2, status: 'done' })];
    expect(viewOf({ changes, users: [withE3], steps }).users[0]?.status).toBe('restoring');
  });
});

describe('a user who has everything again', () => {
  const restored = anIncident({ userIds: [NORA.id], restoredUserIds: [NORA.id] });
  const cases: { name: string; had: string; now: Parameters<typeof anAssignment>[0]; note: string | null }[] =
    [
      { name: 'needs no note when it is as it was', had: 'direct', now: {}, note: null },
      {
        name: 'has it directly now instead of through the group',
        had: 'group-1',
        now: {},
        note: 'Has it again, but directly: it does not follow the group any more.',
      },
      {
        name: 'has it through a group now instead of directly',
        had: 'direct',
        now: { path: 'group-1' },
        note: 'Has it again, but through LIC-E3.',
      },
      {
        name: 'has other service plans switched off than before',
        had: 'direct',
        now: { disabledPlans: ['teams'] },
        note: 'Has it again, but with other service plans switched off.',
      },
    ];
  it.each(cases)('$name', ({ had, now, note }) => {
    const change = aChange({ before: [anAssignment({ path: had })] });
    const state = aUserState({ assignments: [anAssignment(now)] });
    const view = viewOf({
      incident: restored,
      changes: [{ change, verdict: null, incidentId: null }],
      users: [{ state, firstSeenAt: 0, removedAt: null, formerNames: [] }],
    });
    expect(view.users[0]).toMatchObject({ status: 'restored', note });
  });

  it.each([
    { now: 'direct', note: 'Has it again, but not through LIC-E3 as before.' },
    { now: 'group-1', note: 'Has it again, but not directly as before.' },
  ])('had it by two ways and has it $now only', ({ now, note }) => {
    const change = aChange({ path: null, before: [anAssignment(), anAssignment({ path: 'group-1' })] });
    const state = aUserState({ assignments: [anAssignment({ path: now })] });
    const view = viewOf({
      incident: restored,
      changes: [{ change, verdict: null, incidentId: null }],
      users: [{ state, firstSeenAt: 0, removedAt: null, formerNames: [] }],
    });
    expect(view.users[0]).toMatchObject({ status: 'restored', note });
  });
});

describe('a reassign that is taken back', () => {
  const reassign = aDecision({ at: NOW - 20 * MINUTE_MS });
  const undo = aDecision({ id: 'decision-2', kind: 'undo', at: NOW - 5 * MINUTE_MS, about: reassign.id });
  const done = aStep({ status: 'done', updatedAt: NOW - 15 * MINUTE_MS });
  const takes = (over: Partial<RestoreStep>) =>
    aStep({
      decisionId: undo.id,
      action: { kind: 'unassign', userId: NORA.id, skuIds: [SKU] },
      ...over,
    });
  const cases: { name: string; step: RestoreStep; status: string; note: string | null }[] = [
    {
      name: 'is said while it is carried out',
      step: takes({}),
      status: 'lost',
      note: 'It’s being taken back.',
    },
    {
      name: 'leaves the user as after the loss',
      step: takes({ status: 'done' }),
      status: 'lost',
      note: null,
    },
    {
      name: 'that Microsoft refuses is said as what it is',
      step: takes({ status: 'refused', message: 'The license comes from a group by now.' }),
      status: 'failed',
      note: 'It could not be taken back. The license comes from a group by now.',
    },
  ];
  it.each(cases)('$name', ({ step, status, note }) => {
    const view = viewOf({ decisions: [reassign, undo], steps: [done, step] });
    expect(view.users[0]).toMatchObject({ status, note });
  });
});
