import { describe, expect, it } from 'vitest';
import { planRestore } from '../../../../src/domain/restore/plan.ts';
import { aChange } from '../../../builders/license-change.ts';
import { anAssignment, aUserState } from '../../../builders/user-state.ts';

const NORA = aUserState();
const TEAMS = '57ff2da0-773e-42df-b2af-ffb7a2317929';
const present = new Map([[NORA.id, NORA]]);
const groupName = (): string => 'LIC-E3';

describe('a restore plan', () => {
  it('gives back the direct assignment with the plans that were off', () => {
    const change = aChange({ before: [anAssignment({ disabledPlans: [TEAMS] })] });
    expect(planRestore([change], present, null, groupName).users).toEqual([
      { userId: NORA.id, addLicenses: [{ skuId: anAssignment().skuId, disabledPlans: [TEAMS] }] },
    ]);
  });

  it('puts two lost SKUs of one user into one call, because they may depend on each other', () => {
    const visio = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
    const plan = planRestore(
      [aChange(), aChange({ id: 'change-2', skuId: visio })],
      present,
      null,
      groupName,
    );
    expect(plan.users).toHaveLength(1);
    expect(plan.users[0]?.addLicenses.map((add) => add.skuId)).toEqual([anAssignment().skuId, visio]);
  });

  it.each([
    {
      name: 'a user who has it again needs nothing',
      states: new Map([[NORA.id, aUserState({ assignments: [anAssignment()] })]]),
      changes: [aChange()],
      want: { users: 0, blocked: [], there: 1 },
    },
    {
      name: 'a gone account is blocked with the way out',
      states: new Map(),
      changes: [aChange()],
      want: { users: 0, blocked: ['The account is gone: restore it in Entra first.'], there: 0 },
    },
    {
      name: 'a license from a group is not made direct',
      states: present,
      changes: [aChange({ before: [anAssignment({ path: 'group-1' })] })],
      want: {
        users: 0,
        blocked: ['It came from the group LIC-E3: add the user to that group again.'],
        there: 0,
      },
    },
    {
      name: 'a path in error gave nothing and is not given back',
      states: present,
      changes: [aChange({ before: [anAssignment({ state: 'Error', error: 'CountViolation' })] })],
      want: { users: 0, blocked: [], there: 0 },
    },
  ])('$name', ({ states, changes, want }) => {
    const plan = planRestore(changes, states, null, groupName);
    expect(plan.users).toHaveLength(want.users);
    expect(plan.blocked.map((user) => user.reason)).toEqual(want.blocked);
    expect(plan.alreadyThere).toHaveLength(want.there);
  });

  it('leaves out users who were not chosen', () => {
    expect(planRestore([aChange()], present, new Set(['somebody else']), groupName).users).toEqual([]);
  });
});
