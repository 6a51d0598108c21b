import { describe, expect, it } from 'vitest';
import { restoredUsers } from '../../../../src/domain/incident/restored.ts';
import { aChange } from '../../../builders/license-change.ts';
import { aSkuState } from '../../../builders/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/user-state.ts';

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
});
