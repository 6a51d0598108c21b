import { describe, expect, it } from 'vitest';
import { restoredUsers } from '../../../../src/domain/incident/restored.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';

const user = aUserState({ assignments: [anAssignment()] });
const present = (state = user) => new Map([[state.id, state]]);

describe('who has everything back', () => {
  it.each([
    { name: 'a user who holds the SKU again', states: present(), skus: [aSkuState()], want: 1 },
    { name: 'nobody while the SKU is missing', states: present(aUserState()), skus: [aSkuState()], want: 0 },
    { name: 'nobody whose account is gone', states: new Map(), skus: [aSkuState()], want: 0 },
    {
      name: 'nobody while the subscription is dead, although the user lists it',
      states: present(),
      skus: [aSkuState({ capabilityStatus: 'Suspended' })],
      want: 0,
    },
    {
      name: 'nobody whose new assignment is in error',
      states: present(
        aUserState({ assignments: [anAssignment({ state: 'Error', error: 'CountViolation' })] }),
      ),
      skus: [aSkuState()],
      want: 0,
    },
  ])('$name', ({ states, skus, want }) => {
    expect(restoredUsers([aChange()], states, skus).size).toBe(want);
  });

  it('needs every lost SKU of a user back', () => {
    const both = [aChange(), aChange({ id: 'change-2', skuId: 'c5928f49-12ba-48f7-ada3-0d743a3601d5' })];
    expect(restoredUsers(both, present(), [aSkuState()]).size).toBe(0);
  });

  it('takes a license that came back by another path for what it is: back', () => {
    const through = aUserState({ assignments: [anAssignment({ path: 'group-1' })] });
    expect(restoredUsers([aChange()], present(through), [aSkuState()]).size).toBe(1);
  });

  const whole = aChange({ kind: 'account-removed', skuId: null, path: null });
  it.each([
    { name: 'an account that is back with its license', state: user, want: 1 },
    { name: 'an account that is back without it', state: aUserState(), want: 0 },
  ])('counts $name as $want', ({ state, want }) => {
    expect(restoredUsers([whole], present(state), [aSkuState()]).size).toBe(want);
  });

  it('does not wait for what had not worked before the account was removed', () => {
    const failing = anAssignment({ skuId: 'never-worked', state: 'Error', error: 'CountViolation' });
    const change = { ...whole, before: [anAssignment(), failing] };
    expect(restoredUsers([change], present(), [aSkuState()]).size).toBe(1);
  });

  it('counts a license that was never granted as soon as any path gives it', () => {
    const change = aChange({ kind: 'never-granted', path: 'group-1', before: [] });
    expect(restoredUsers([change], present(), [aSkuState()]).size).toBe(1);
    expect(restoredUsers([change], present(aUserState()), [aSkuState()]).size).toBe(0);
  });

  const teamsOff = anAssignment({ disabledPlans: ['teams'] });
  const plans = aChange({ kind: 'plans-changed', before: [teamsOff], after: [anAssignment()] });
  it.each([
    { name: 'plans as they were on their path', now: [teamsOff], want: 1 },
    { name: 'plans that are still different', now: [anAssignment()], want: 0 },
    {
      name: 'plans as they were, on another path only',
      now: [anAssignment(), { ...teamsOff, path: 'group-1' }],
      want: 0,
    },
    { name: 'a license that is gone altogether', now: [], want: 0 },
  ])('counts $name as $want', ({ now, want }) => {
    const state = aUserState({ assignments: now });
    expect(restoredUsers([plans], present(state), [aSkuState()]).size).toBe(want);
  });

  it('looks only at the path whose plans changed', () => {
    const change = { ...plans, before: [teamsOff, anAssignment({ path: 'group-1' })] };
    const state = aUserState({ assignments: [teamsOff] });
    expect(restoredUsers([change], present(state), [aSkuState()]).size).toBe(1);
  });
});
