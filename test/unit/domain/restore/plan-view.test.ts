import { describe, expect, it } from 'vitest';
import { servicePlanIdOf } from '../../../../src/domain/license/catalogue.ts';
import type { Assignment } from '../../../../src/domain/license/user-state.ts';
import { planRestore } from '../../../../src/domain/restore/plan.ts';
import { planDigest } from '../../../../src/domain/restore/plan-digest.ts';
import type { RestoreOptions } from '../../../../src/domain/restore/plan-types.ts';
import { planViewOf } from '../../../../src/domain/restore/plan-view.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { aLicensedGroup } from '../../../builders/license/licensed-group.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';
import { type RestoreFactsInput, someRestoreFacts } from '../../../builders/restore/restore-facts.ts';

const SWAY = servicePlanIdOf('SWAY') ?? '';
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const NAMES = ['Nora Lindqvist', 'Omar Haddad', 'Lidia Holloway', 'Rick Sanders', 'Yara Okafor'];
const people = NAMES.map((displayName, index) => aUserState({ id: `user-${index}`, displayName }));

/** The first users lost what is given. */
const lost = (count: number, before: Assignment[] = [anAssignment()]) => ({
  changes: people.slice(0, count).map(({ id }) => aChange({ id: `change-${id}`, userId: id, before })),
  present: people,
});

function viewOf(input: RestoreFactsInput, options: Partial<RestoreOptions> = {}) {
  const facts = someRestoreFacts(input);
  const plan = planRestore(facts, { chosen: null, way: 'as-it-was', running: new Set(), ...options });
  const nameOf = (userId: string) => people.find(({ id }) => id === userId)?.displayName ?? userId;
  return { plan, view: planViewOf(plan, facts, nameOf, () => 'LIC-E3') };
}

const viaGroup = [anAssignment({ path: 'group-1' })];

describe('the sentence of a plan', () => {
  const cases: { name: string; input: RestoreFactsInput; options?: Partial<RestoreOptions>; says: string }[] =
    [
      {
        name: 'names a single user',
        input: lost(1),
        says: 'Nora Lindqvist gets Microsoft 365 E3 back directly.',
      },
      {
        name: 'tells what stays switched off, whom it does not help, why and the way out',
        input: {
          ...lost(5, [anAssignment({ disabledPlans: [SWAY] })]),
          skus: [aSkuState({ enabled: 10, consumed: 6 })],
        },
        says:
          '4 users get Microsoft 365 E3 back directly, without Sway; 1 cannot: no seat of Microsoft 365 E3 is free. ' +
          'Buy 1 seat of Microsoft 365 E3 or free one.',
      },
      {
        name: 'tells of the group',
        input: { ...lost(3, viaGroup), groups: [aLicensedGroup()] },
        says: '3 users get Microsoft 365 E3 back through the group LIC-E3.',
      },
      {
        name: 'tells of a group that gives it again',
        input: { ...lost(3, viaGroup), groups: [aLicensedGroup({ assignedLicenses: [] })] },
        says: 'The group LIC-E3 gives Microsoft 365 E3 again to 3 users.',
      },
      {
        name: 'says of the second best that it will not follow the group',
        input: { ...lost(2, viaGroup), groups: [aLicensedGroup({ dynamic: true })] },
        options: { way: 'direct' },
        says: '2 users get Microsoft 365 E3 directly, which will not follow the group.',
      },
      {
        name: 'says when nobody can be helped',
        input: { ...lost(2, viaGroup), groups: [aLicensedGroup({ onPremisesSyncEnabled: true })] },
        says: '2 users cannot get it back: the group LIC-E3 is managed on premises. Change it there.',
      },
      {
        name: 'counts reasons where there are several',
        input: {
          changes: lost(3).changes,
          present: people.map((user, index) => (index === 0 ? { ...user, usageLocation: null } : user)),
          skus: [aSkuState({ consumed: 9 })],
        },
        says: 'Omar Haddad gets Microsoft 365 E3 back directly; 2 cannot: usage location (1), no free seat (1).',
      },
      {
        name: 'says when somebody gets part of it',
        input: {
          changes: [
            aChange({ userId: 'user-0' }),
            aChange({ id: 'change-2', userId: 'user-0', skuId: VISIO }),
          ],
          present: people,
          skus: [aSkuState(), aSkuState({ skuId: VISIO, capabilityStatus: 'Deleted' })],
        },
        says:
          'Nora Lindqvist gets Microsoft 365 E3 back directly; 1 not completely: the subscription of Visio Plan 2 ' +
          'has ended. Renew it, then try again.',
      },
      {
        name: 'tells of deleted accounts',
        input: {
          changes: lost(2).changes.map((change) => ({
            ...change,
            kind: 'account-removed' as const,
            skuId: null,
          })),
          present: [],
        },
        says: 'The accounts of 2 users are restored; 2 users get Microsoft 365 E3 back directly.',
      },
      {
        name: 'tells of service plans',
        input: {
          changes: [
            aChange({
              userId: 'user-0',
              kind: 'plans-changed',
              before: [anAssignment({ disabledPlans: [SWAY] })],
              after: [anAssignment()],
            }),
          ],
          present: [{ ...aUserState(), id: 'user-0', assignments: [anAssignment()] }],
        },
        says: 'Nora Lindqvist gets service plans back as they were: Microsoft 365 E3, without Sway.',
      },
      {
        name: 'says when nothing is missing',
        input: { changes: [], present: [] },
        says: 'Nothing is missing any more.',
      },
    ];
  it.each(cases)('$name', ({ input, options, says }) => {
    expect(viewOf(input, options).view.sentence).toBe(says);
  });
});

describe('the lines of a plan', () => {
  it('tell each user’s steps and what stands in the way', () => {
    const before = [anAssignment({ disabledPlans: [SWAY] }), anAssignment({ path: 'group-1' })];
    const { plan, view } = viewOf({
      ...lost(2, before),
      groups: [aLicensedGroup()],
      skus: [aSkuState({ consumed: 9 })],
    });
    expect(view).toMatchObject({
      digest: planDigest(plan),
      ready: 1,
      blocked: 1,
      lines: [
        {
          userId: 'user-0',
          name: 'Nora Lindqvist',
          does: [
            'Assign Microsoft 365 E3 directly, without Sway',
            'Add to the group LIC-E3, which gives Microsoft 365 E3',
          ],
          blocked: [],
        },
        {
          userId: 'user-1',
          name: 'Omar Haddad',
          does: [],
          blocked: [
            {
              reason: 'No seat of Microsoft 365 E3 is free.',
              wayOut: 'Buy 1 seat of Microsoft 365 E3 or free one.',
            },
          ],
        },
      ],
    });
  });

  it('tell what a step for the group does for each of its users, who count as ready', () => {
    const { view } = viewOf({ ...lost(2, viaGroup), groups: [aLicensedGroup({ assignedLicenses: [] })] });
    expect(view.ready).toBe(2);
    expect(view.lines.map(({ does }) => does)).toEqual([
      ['Let the group LIC-E3 give Microsoft 365 E3 again'],
      ['Let the group LIC-E3 give Microsoft 365 E3 again'],
    ]);
  });

  it('leave out who has everything already', () => {
    const present = [{ ...aUserState(), id: 'user-0', assignments: [anAssignment()] }];
    expect(viewOf({ ...lost(1), present }).view).toMatchObject({ lines: [], ready: 0, blocked: 0 });
  });
});
