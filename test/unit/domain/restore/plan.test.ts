import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import { planRestore, readyUsers, stepsOf } from '../../../../src/domain/restore/plan.ts';
import { isFormerDigest, planDigest } from '../../../../src/domain/restore/plan-digest.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { aLicensedGroup } from '../../../builders/license/licensed-group.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { formerDigest } from '../../../builders/restore/former-digest.ts';
import { type RestoreFactsInput, someRestoreFacts } from '../../../builders/restore/restore-facts.ts';
import { all, assign, E3, inShort, NORA, OMAR, TEAMS, VISIO, viaGroup, YAMMER } from './plan-in-short.ts';

const SEEN = aChange().observedAfter;
const PROJECT = '53818b1b-4a27-454b-8896-0dba576410e6';

describe('what comes back', () => {
  it.each([
    {
      name: 'a direct assignment, with the plans that were off',
      input: {
        changes: [aChange({ before: [anAssignment({ disabledPlans: [YAMMER, TEAMS] })] })],
        present: [NORA],
      },
      does: [assign(NORA.id, { skuId: E3, disabledPlans: [TEAMS, YAMMER] })],
    },
    {
      name: 'all products of a user in one call, because one may depend on the other',
      input: {
        changes: [aChange({ id: 'change-2', skuId: VISIO }), aChange()],
        present: [NORA],
      },
      does: [assign(NORA.id, { skuId: E3, disabledPlans: [] }, { skuId: VISIO, disabledPlans: [] })],
    },
    {
      name: 'a membership, while the group gives the license',
      input: { changes: [aChange({ before: [viaGroup()] })], present: [NORA], groups: [aLicensedGroup()] },
      does: [{ kind: 'add-to-group', userId: NORA.id, groupId: 'group-1' }],
    },
    {
      name: 'both paths where both were lost',
      input: {
        changes: [aChange({ before: [anAssignment(), viaGroup()] })],
        present: [NORA],
        groups: [aLicensedGroup()],
      },
      does: [
        assign(NORA.id, { skuId: E3, disabledPlans: [] }),
        { kind: 'add-to-group', userId: NORA.id, groupId: 'group-1' },
      ],
    },
    {
      name: 'the license of a group that gives it no more, once for everybody',
      input: {
        changes: [
          aChange({ before: [viaGroup({ disabledPlans: [TEAMS] })] }),
          aChange({ id: 'change-2', userId: OMAR.id, before: [viaGroup({ disabledPlans: [TEAMS] })] }),
        ],
        present: [NORA, OMAR],
        groups: [aLicensedGroup({ assignedLicenses: [] })],
      },
      does: [
        { kind: 'license-group', groupId: 'group-1', licenses: [{ skuId: E3, disabledPlans: [TEAMS] }] },
      ],
    },
    {
      name: 'the license of a dynamic or synced group: who is in it stays as it is',
      input: {
        changes: [aChange({ before: [viaGroup()] })],
        present: [NORA],
        groups: [aLicensedGroup({ assignedLicenses: [], dynamic: true, onPremisesSyncEnabled: true })],
      },
      does: [{ kind: 'license-group', groupId: 'group-1', licenses: [{ skuId: E3, disabledPlans: [] }] }],
    },
    {
      name: 'both, where the group stopped giving and the user has nothing else through it',
      input: {
        changes: [aChange({ before: [viaGroup()] })],
        present: [NORA],
        groups: [aLicensedGroup({ assignedLicenses: [{ skuId: VISIO, disabledPlans: [] }] })],
      },
      does: [
        { kind: 'license-group', groupId: 'group-1', licenses: [{ skuId: E3, disabledPlans: [] }] },
        { kind: 'add-to-group', userId: NORA.id, groupId: 'group-1' },
      ],
    },
    {
      name: 'the license of the group only, where the user has something else through it',
      input: {
        changes: [aChange({ before: [viaGroup()] })],
        present: [aUserState({ assignments: [viaGroup({ skuId: VISIO })] })],
        groups: [aLicensedGroup({ assignedLicenses: [{ skuId: VISIO, disabledPlans: [] }] })],
      },
      does: [{ kind: 'license-group', groupId: 'group-1', licenses: [{ skuId: E3, disabledPlans: [] }] }],
    },
    {
      name: 'of a license that was lost twice, what was there the last time',
      input: {
        changes: [
          aChange({ id: 'b', observedAfter: SEEN + 1, before: [anAssignment({ disabledPlans: [TEAMS] })] }),
          aChange({ id: 'a', before: [viaGroup()] }),
        ],
        present: [NORA],
        groups: [aLicensedGroup()],
      },
      does: [assign(NORA.id, { skuId: E3, disabledPlans: [TEAMS] })],
    },
    {
      name: 'nothing where the user holds the product again by any path',
      input: { changes: [aChange()], present: [aUserState({ assignments: [viaGroup()] })] },
      does: [],
    },
    {
      name: 'nothing for a path that was in error and gave nothing',
      input: {
        changes: [aChange({ before: [anAssignment({ state: 'Error', error: 'CountViolation' })] })],
        present: [NORA],
      },
      does: [],
    },
    {
      name: 'nothing for swaps, gains, other paths and seats',
      input: {
        changes: (['swap', 'gained', 'path-changed', 'seats-changed', 'account-restored'] as const).map(
          (kind, index) => aChange({ id: `change-${index}`, kind }),
        ),
        present: [NORA],
      },
      does: [],
    },
    {
      name: 'another try where the member is in error and not out of the group',
      input: {
        changes: [aChange({ before: [viaGroup()] })],
        present: [aUserState({ assignments: [viaGroup({ state: 'Error', error: 'CountViolation' })] })],
        groups: [aLicensedGroup()],
        skus: [aSkuState()],
      },
      does: [{ kind: 'reprocess', userId: NORA.id }],
    },
    {
      name: 'only the disabled plans that the product still has',
      input: {
        changes: [aChange({ before: [anAssignment({ disabledPlans: [TEAMS, YAMMER] })] })],
        present: [NORA],
        skus: [aSkuState({ planIds: [TEAMS] })],
      },
      does: [assign(NORA.id, { skuId: E3, disabledPlans: [TEAMS] })],
    },
    {
      name: 'the service plans of a direct assignment as they were before the first change',
      input: {
        changes: [
          aChange({
            kind: 'plans-changed',
            before: [anAssignment({ disabledPlans: [YAMMER] })],
            after: [anAssignment({ disabledPlans: [TEAMS] })],
          }),
          aChange({
            id: 'change-2',
            kind: 'plans-changed',
            observedAfter: SEEN + 1,
            before: [anAssignment({ disabledPlans: [TEAMS] })],
            after: [anAssignment({ disabledPlans: [TEAMS, YAMMER] })],
          }),
        ],
        present: [aUserState({ assignments: [anAssignment({ disabledPlans: [TEAMS, YAMMER] })] })],
      },
      does: [assign(NORA.id, { skuId: E3, disabledPlans: [YAMMER] })],
    },
    {
      name: 'a deleted account, then what it had directly',
      input: {
        changes: [
          aChange({
            kind: 'account-removed',
            skuId: null,
            before: [anAssignment({ disabledPlans: [TEAMS] }), viaGroup({ skuId: VISIO })],
          }),
        ],
        removedAt: { [NORA.id]: SEEN },
        groups: [aLicensedGroup()],
      },
      does: [
        { kind: 'restore-account', userId: NORA.id },
        assign(NORA.id, { skuId: E3, disabledPlans: [TEAMS] }),
      ],
    },
    {
      name: 'what the groups have not given to an account that is back',
      input: {
        changes: [
          aChange({
            kind: 'account-removed',
            skuId: null,
            before: [
              anAssignment(),
              viaGroup({ skuId: VISIO }),
              viaGroup({ skuId: PROJECT, path: 'group-2' }),
            ],
          }),
        ],
        present: [
          aUserState({
            assignments: [
              anAssignment(),
              viaGroup({ skuId: PROJECT, path: 'group-2', state: 'Error', error: 'CountViolation' }),
            ],
          }),
        ],
        groups: [
          aLicensedGroup({ assignedLicenses: [{ skuId: VISIO, disabledPlans: [] }] }),
          aLicensedGroup({ id: 'group-2', assignedLicenses: [{ skuId: PROJECT, disabledPlans: [] }] }),
        ],
      },
      does: [
        { kind: 'add-to-group', userId: NORA.id, groupId: 'group-1' },
        { kind: 'reprocess', userId: NORA.id },
      ],
    },
    {
      name: 'what was stripped from an account before it was deleted, in one go',
      input: {
        changes: [
          aChange({ skuId: VISIO }),
          aChange({ id: 'change-2', kind: 'account-removed', skuId: null, before: [anAssignment()] }),
        ],
        removedAt: { [NORA.id]: SEEN },
      },
      does: [
        { kind: 'restore-account', userId: NORA.id },
        assign(NORA.id, { skuId: E3, disabledPlans: [] }, { skuId: VISIO, disabledPlans: [] }),
      ],
    },
  ])('$name', ({ input, does }) => {
    expect(inShort(input)).toEqual({ does, blocks: [], directHelps: false });
  });

  it('takes back exactly what it gave', () => {
    const plan = planRestore(
      someRestoreFacts({
        changes: [
          aChange({ before: [anAssignment(), viaGroup()] }),
          aChange({
            id: 'change-2',
            skuId: VISIO,
            kind: 'plans-changed',
            before: [anAssignment({ skuId: VISIO })],
            after: [anAssignment({ skuId: VISIO, disabledPlans: [YAMMER] })],
          }),
          aChange({ id: 'change-3', userId: OMAR.id, before: [viaGroup({ path: 'group-2' })] }),
        ],
        present: [
          aUserState({ assignments: [anAssignment({ skuId: VISIO, disabledPlans: [YAMMER] })] }),
          OMAR,
        ],
        groups: [aLicensedGroup(), aLicensedGroup({ id: 'group-2', assignedLicenses: [] })],
      }),
      all,
    );
    expect(stepsOf(plan).map(({ undo }) => undo)).toEqual([
      { kind: 'unlicense-group', groupId: 'group-2', skuIds: [E3] },
      { kind: 'unassign', userId: NORA.id, skuIds: [E3] },
      assign(NORA.id, { skuId: VISIO, disabledPlans: [YAMMER] }),
      { kind: 'remove-from-group', userId: NORA.id, groupId: 'group-1' },
    ]);
    expect(readyUsers(plan)).toEqual(new Set([OMAR.id, NORA.id]));
  });
});

describe('the digest of a plan', () => {
  const facts = { changes: [aChange()], present: [NORA] };
  const digest = (input: RestoreFactsInput) => planDigest(planRestore(someRestoreFacts(input), all));

  it('is the same while the same would be written', () => {
    expect(digest(facts)).toBe(digest({ ...facts, now: SEEN + DAY_MS }));
  });

  it('is a SHA-256, and no former one', () => {
    expect(digest(facts)).toMatch(/^[0-9a-f]{64}$/);
    expect(isFormerDigest(digest(facts))).toBe(false);
    const steps = stepsOf(planRestore(someRestoreFacts(facts), all));
    expect(isFormerDigest(formerDigest(steps))).toBe(true);
  });

  it('is another when something else would be written', () => {
    expect(digest(facts)).not.toBe(digest({ ...facts, changes: [aChange({ skuId: VISIO })] }));
  });
});
