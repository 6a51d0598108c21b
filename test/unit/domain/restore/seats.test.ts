import { describe, expect, it } from 'vitest';
import { planRestore, readyUsers } from '../../../../src/domain/restore/plan.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { aLicensedGroup } from '../../../builders/license/licensed-group.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { type RestoreFactsInput, someRestoreFacts } from '../../../builders/restore/restore-facts.ts';

const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const users = ['a', 'b', 'c', 'd', 'e'].map((id) => aUserState({ id }));
/** The five lost Microsoft 365 E3 one after the other, the last first. */
const losses = users.map(({ id }, index) =>
  aChange({ id, userId: id, observedAfter: aChange().observedAfter - index }),
);
const throughGroup = losses.map((change) => ({ ...change, before: [anAssignment({ path: 'group-1' })] }));
const all = { chosen: null, way: 'as-it-was', running: new Set<string>() } as const;
const seats = (free: number) => [aSkuState({ enabled: 10, consumed: 10 - free })];

function outcome(input: RestoreFactsInput, options: Partial<Parameters<typeof planRestore>[1]> = {}) {
  const plan = planRestore(someRestoreFacts({ present: users, ...input }), { ...all, ...options });
  const blocks = plan.users.flatMap((user) =>
    user.blocks.map((block) => ({ ...block, userId: user.userId })),
  );
  return {
    ready: [...readyUsers(plan)],
    blocked: blocks.map(({ userId }) => userId),
    says: [...new Set(blocks.map(({ reason, wayOut }) => `${reason} ${wayOut}`))],
  };
}

describe('free seats', () => {
  it('go to whoever lost theirs first, and exactly the others are blocked', () => {
    expect(outcome({ changes: losses, skus: seats(2) })).toEqual({
      ready: ['e', 'd'],
      blocked: ['c', 'b', 'a'],
      says: ['No seat of Microsoft 365 E3 is free. Buy 3 seats of Microsoft 365 E3 or free some.'],
    });
  });

  it('are counted in the grace period of a subscription', () => {
    const skus = [aSkuState({ capabilityStatus: 'Warning', enabled: 0, warning: 10, consumed: 9 })];
    expect(outcome({ changes: losses.slice(0, 1), skus }).ready).toEqual(['a']);
  });

  it('are none where more is assigned than bought', () => {
    expect(outcome({ changes: losses.slice(0, 1), skus: seats(-4) })).toEqual({
      ready: [],
      blocked: ['a'],
      says: ['No seat of Microsoft 365 E3 is free. Buy 1 seat of Microsoft 365 E3 or free one.'],
    });
  });

  it('are needed once for a user who gets a product by two paths', () => {
    const both = losses.slice(0, 1).map((change) => ({
      ...change,
      before: [anAssignment(), anAssignment({ path: 'group-1' })],
    }));
    expect(outcome({ changes: both, groups: [aLicensedGroup()], skus: seats(1) }).blocked).toEqual([]);
  });

  it('are not needed to set the service plans of a license that is there', () => {
    const present = [aUserState({ id: 'a', assignments: [anAssignment({ disabledPlans: ['plan'] })] })];
    const changed = aChange({
      userId: 'a',
      kind: 'plans-changed',
      before: [anAssignment()],
      after: [anAssignment({ disabledPlans: ['plan'] })],
    });
    expect(outcome({ changes: [changed], present, skus: seats(0) }).ready).toEqual(['a']);
  });

  it('are not taken by somebody whom something else stops', () => {
    const present = users.map((user) => (user.id === 'e' ? { ...user, usageLocation: null } : user));
    expect(outcome({ changes: losses, present, skus: seats(2) }).ready).toEqual(['d', 'c']);
  });

  it('are left to a restore that is under way, although no read has counted them yet', () => {
    const result = outcome({ changes: losses, skus: seats(2) }, { running: new Set(['a']) });
    expect(result.ready).toEqual(['e']);
  });

  it('are needed for all products of a group, because it gives all or none', () => {
    const groups = [
      aLicensedGroup({
        assignedLicenses: [
          { skuId: anAssignment().skuId, disabledPlans: [] },
          { skuId: VISIO, disabledPlans: [] },
        ],
      }),
    ];
    const skus = [...seats(5), aSkuState({ skuId: VISIO, enabled: 1, consumed: 0 })];
    expect(outcome({ changes: throughGroup, groups, skus }).ready).toEqual(['e']);
  });

  it('must be there for everybody in a group, because it chooses by itself who gets the last', () => {
    const groups = [aLicensedGroup({ assignedLicenses: [] })];
    expect(outcome({ changes: throughGroup, groups, skus: seats(3) })).toEqual({
      ready: [],
      blocked: ['e', 'd', 'c', 'b', 'a'],
      says: [
        'For all its members the group LIC-E3 needs 5 seats of Microsoft 365 E3, and 3 are free. ' +
          'Buy 2 seats of Microsoft 365 E3 or free some.',
      ],
    });
    expect(outcome({ changes: throughGroup, groups, skus: seats(3) }, { way: 'direct' }).ready).toEqual([
      'e',
      'd',
      'c',
    ]);
  });
});
