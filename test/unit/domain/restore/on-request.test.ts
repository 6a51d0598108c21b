import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import { skuIdOfPartNumber } from '../../../../src/domain/license/catalogue.ts';
import type { LicensedGroup } from '../../../../src/domain/license/sku.ts';
import type { UserState } from '../../../../src/domain/license/user-state.ts';
import { type LicenseRequest, planOnRequest } from '../../../../src/domain/restore/requests/on-request.ts';
import { requestFacts } from '../../../../src/domain/restore/requests/request-facts.ts';
import { aLicensedGroup } from '../../../builders/license/licensed-group.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';

const E3 = aSkuState().skuId;
const SWAY = 'a23b959c-7ce8-4e57-9140-b90eb88a9e97';
const NORA = 'nora';
const NOW = Date.parse('2026-11-24T09:00:00Z');
const GROUP = aLicensedGroup({ id: 'lic-e3', displayName: 'LIC-E3' });

const plan = (
  request: Partial<LicenseRequest>,
  people: UserState[],
  { enabled = 20, groups = [] as LicensedGroup[], running = false } = {},
) =>
  planOnRequest(
    { kind: 'assign', userIds: [NORA], skuIds: [E3], ...request },
    {
      ...requestFacts({
        users: people.map((state) => ({ state, firstSeenAt: 0, removedAt: null, formerNames: [] })),
        tenant: { skus: [aSkuState({ enabled })], subscriptions: [], groups },
        openSteps: [],
        now: NOW,
      }),
      ...(running ? { running: new Set([NORA]) } : {}),
    },
  );
const nora = (over: Partial<UserState> = {}) =>
  aUserState({ id: NORA, displayName: 'Nora Lindqvist', ...over });

describe('assigning on request', () => {
  it('gives the license directly, and knows what takes it back', () => {
    const { steps, view } = plan({}, [nora()]);
    expect(steps).toEqual([
      {
        action: { kind: 'assign', userId: NORA, licenses: [{ skuId: E3, disabledPlans: [] }] },
        undo: { kind: 'unassign', userId: NORA, skuIds: [E3] },
        userIds: [NORA],
      },
    ]);
    expect(view).toMatchObject({
      sentence: 'Nora Lindqvist gets Microsoft 365 E3 directly.',
      ready: 1,
      blocked: 0,
      lines: [{ name: 'Nora Lindqvist', does: ['Assign Microsoft 365 E3 directly'], blocked: [] }],
    });
  });

  it.each([
    ['no seat is free', [nora()], { enabled: 8 }, /^Nora Lindqvist does not get it: No seat.*Buy 1 seat/],
    ['there is no usage location', [nora({ usageLocation: null })], {}, /usage location/],
    ['the account is gone', [], {}, /does not get it: .*account/i],
    ['something is being written for them', [nora()], { running: true }, /still being carried out/],
    ['they have it already', [nora({ assignments: [anAssignment()] })], {}, /Nora Lindqvist has .* already/],
  ] as const)('writes nothing, and says why, when %s', (_why, people, tenant, sentence) => {
    const { steps, view } = plan({}, [...people], tenant);
    expect(steps).toEqual([]);
    expect(view.sentence).toMatch(sentence);
    expect(view.ready).toBe(0);
  });

  it('shares the seats that are left, and counts whom there is none for', () => {
    const people = ['a', 'b', 'c'].map((id) => aUserState({ id, displayName: `Person ${id}` }));
    const { steps, view } = plan({ userIds: ['a', 'b', 'c'] }, people, { enabled: 10 });
    expect(steps.flatMap(({ userIds }) => userIds)).toEqual(['a', 'b']);
    expect(view.sentence).toMatch(
      /^2 users get Microsoft 365 E3 directly; Person c does not get it: No seat/,
    );
  });
});

describe('removing on request', () => {
  const remove = { kind: 'remove' as const };

  it('takes the direct license, and gives it back with the same services switched off', () => {
    const { steps, view } = plan(remove, [nora({ assignments: [anAssignment({ disabledPlans: [SWAY] })] })]);
    expect(steps).toEqual([
      {
        action: { kind: 'unassign', userId: NORA, skuIds: [E3] },
        undo: { kind: 'assign', userId: NORA, licenses: [{ skuId: E3, disabledPlans: [SWAY] }] },
        userIds: [NORA],
      },
    ]);
    expect(view.sentence).toBe('Nora Lindqvist loses Microsoft 365 E3.');
  });

  it('does not take what comes from a group, and says where to change it', () => {
    const through = anAssignment({ path: 'lic-e3' });
    const { steps, view } = plan(remove, [nora({ assignments: [through] })], { groups: [GROUP] });
    expect(steps).toEqual([]);
    expect(view.sentence).toBe(
      'Nora Lindqvist keeps it: Microsoft 365 E3 comes from the group LIC-E3. Take the user out of that group, or change the licenses of the group.',
    );
  });

  it('takes the direct one of two, and says that the other stays', () => {
    const both = [anAssignment(), anAssignment({ path: 'lic-e3' })];
    const { steps, view, deadlines } = plan(remove, [nora({ assignments: both })], { groups: [GROUP] });
    expect(steps).toHaveLength(1);
    expect(view.sentence).toMatch(
      /^Nora Lindqvist loses Microsoft 365 E3; Nora Lindqvist not in whole: Microsoft 365 E3 comes from the group/,
    );
    expect(deadlines).toEqual([]);
  });

  it('says what goes with the license and when, unless another gives it', () => {
    expect(plan(remove, [nora({ assignments: [anAssignment()] })]).deadlines).toEqual([
      { at: NOW + 30 * DAY_MS, what: 'The mailbox of Nora Lindqvist is deleted, unless it is on hold' },
      { at: NOW + 60 * DAY_MS, what: 'The OneDrive of Nora Lindqvist becomes read-only' },
      { at: NOW + 93 * DAY_MS, what: 'The OneDrive of Nora Lindqvist is archived and can’t be opened' },
    ]);
    const second = anAssignment({ skuId: skuIdOfPartNumber('SPE_E5') ?? '' });
    expect(plan(remove, [nora({ assignments: [anAssignment(), second] })]).deadlines).toEqual([]);
  });

  it('has nothing to do for whoever does not have it', () => {
    expect(plan(remove, [nora()]).view.sentence).toBe('Nothing to do: nobody of them has Microsoft 365 E3.');
  });

  it('names what it writes by its digest', () => {
    const held = [nora({ assignments: [anAssignment()] })];
    expect(plan(remove, held).view.digest).toBe(plan(remove, held).view.digest);
    expect(plan(remove, held).view.digest).not.toBe(plan(remove, [nora()]).view.digest);
  });
});
