import { describe, expect, it } from 'vitest';
import { planRestore } from '../../../../src/domain/restore/plan.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { aLicensedGroup } from '../../../builders/license/licensed-group.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { someRestoreFacts } from '../../../builders/restore/restore-facts.ts';
import { all, assign, E3, inShort, NORA, OMAR, TEAMS, viaGroup, YAMMER } from './plan-in-short.ts';

describe('who is chosen', () => {
  const changes = [aChange(), aChange({ id: 'change-2', userId: OMAR.id })];
  const groupLoss = changes.map((change) => ({ ...change, before: [viaGroup()] }));
  const stopped = { present: [NORA, OMAR], groups: [aLicensedGroup({ assignedLicenses: [] })] };

  it('gets a plan, and nobody else', () => {
    const plan = planRestore(someRestoreFacts({ changes, present: [NORA, OMAR] }), {
      ...all,
      chosen: new Set([OMAR.id]),
    });
    expect(plan.users.map(({ userId }) => userId)).toEqual([OMAR.id]);
  });

  it('is not given a group’s license that would reach others, too', () => {
    expect(inShort({ changes: groupLoss, ...stopped }, { chosen: new Set([NORA.id]) })).toEqual({
      does: [],
      blocks: ['group-stopped'],
      directHelps: true,
    });
  });

  it('may be everybody who lacks it: who has it again need not be asked', () => {
    const present = [NORA, { ...OMAR, assignments: [anAssignment()] }];
    expect(inShort({ changes: groupLoss, ...stopped, present }, { chosen: new Set([NORA.id]) }).does).toEqual(
      [{ kind: 'license-group', groupId: 'group-1', licenses: [{ skuId: E3, disabledPlans: [] }] }],
    );
  });
});

describe('assigning directly, the second best', () => {
  const groupLoss = aChange({ before: [viaGroup({ disabledPlans: [YAMMER, TEAMS] })] });
  const dynamic = [aLicensedGroup({ dynamic: true })];

  it('gives what the group gave, with the plans that were off', () => {
    expect(
      inShort({ changes: [groupLoss], present: [NORA], groups: dynamic }, { way: 'direct' }).does,
    ).toEqual([assign(NORA.id, { skuId: E3, disabledPlans: [TEAMS, YAMMER] })]);
  });

  it('leaves on what any of the groups left on', () => {
    const change = aChange({
      before: [
        viaGroup({ disabledPlans: [YAMMER, TEAMS] }),
        viaGroup({ path: 'group-2', disabledPlans: [TEAMS] }),
      ],
    });
    const groups = [...dynamic, aLicensedGroup({ id: 'group-2', dynamic: true })];
    expect(inShort({ changes: [change], present: [NORA], groups }, { way: 'direct' }).does).toEqual([
      assign(NORA.id, { skuId: E3, disabledPlans: [TEAMS] }),
    ]);
  });

  it('is only for those whose group is in the way', () => {
    const direct = aChange({ id: 'change-2', userId: OMAR.id });
    const facts = someRestoreFacts({ changes: [groupLoss, direct], present: [NORA, OMAR], groups: dynamic });
    expect(planRestore(facts, { ...all, way: 'direct' }).users.map(({ userId }) => userId)).toEqual([
      NORA.id,
    ]);
  });

  it('is not offered for the seats that the others take', () => {
    const direct = aChange({ id: 'change-2', userId: OMAR.id });
    const facts = { changes: [groupLoss, direct], present: [NORA, OMAR], groups: dynamic };
    expect(inShort({ ...facts, skus: [aSkuState({ consumed: 9 })] }).directHelps).toBe(false);
    expect(inShort({ ...facts, skus: [aSkuState({ consumed: 8 })] }).directHelps).toBe(true);
  });

  it('says what stands in its way', () => {
    const present = [aUserState({ usageLocation: null })];
    expect(inShort({ changes: [groupLoss], present, groups: dynamic }, { way: 'direct' })).toEqual({
      does: [],
      blocks: ['usage-location'],
      directHelps: false,
    });
  });
});
