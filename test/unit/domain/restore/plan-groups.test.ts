import { describe, expect, it } from 'vitest';
import type { LicensedGroup, SkuState } from '../../../../src/domain/license/sku.ts';
import type { UserState } from '../../../../src/domain/license/user-state.ts';
import { type LicenseRequest, planOnRequest } from '../../../../src/domain/restore/requests/on-request.ts';
import { requestFacts } from '../../../../src/domain/restore/requests/request-facts.ts';
import { aLicensedGroup } from '../../../builders/license/licensed-group.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';

const E3 = aSkuState().skuId;
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const SWAY = 'a23b959c-7ce8-4e57-9140-b90eb88a9e97';
const SKUS = [
  aSkuState({ enabled: 10, consumed: 8, planIds: [SWAY] }),
  aSkuState({ skuId: VISIO, partNumber: 'VISIOCLIENT', enabled: 5, consumed: 4 }),
];
const byGroup = anAssignment({ path: 'group-1' });

const person = (id: string, over: Partial<UserState> = {}) =>
  aUserState({ id, displayName: `${id[0]?.toUpperCase()}${id.slice(1)}`, assignments: [], ...over });

type Facts = {
  people: UserState[];
  members?: string[];
  group?: Partial<LicensedGroup> | null;
  nested?: number;
  skus?: SkuState[];
  running?: string[];
};

function plan(
  request: Omit<LicenseRequest, 'groupId'>,
  { people, members = [], group = {}, nested = 0, skus = SKUS, running = [] }: Facts,
) {
  const read = group && { group: aLicensedGroup(group), userIds: members, nested };
  const facts = requestFacts({
    users: people.map((state) => ({ state, firstSeenAt: 0, removedAt: null, formerNames: [] })),
    tenant: { skus, subscriptions: [], groups: [aLicensedGroup()] },
    openSteps: [],
    now: Date.parse('2026-11-23T10:00:00Z'),
    group: read,
  });
  return planOnRequest({ ...request, groupId: 'group-1' }, { ...facts, running: new Set(running) });
}

const join = (facts: Facts) =>
  plan({ kind: 'add-to-group', userIds: facts.people.map(({ id }) => id), skuIds: [] }, facts);
const leave = (facts: Facts) =>
  plan({ kind: 'remove-from-group', userIds: facts.people.map(({ id }) => id), skuIds: [] }, facts);
const give = (facts: Facts, skuId = E3, planIds: string[] = []) =>
  plan({ kind: 'license-group', userIds: [], skuIds: [skuId], planIds }, facts);
const stop = (facts: Facts) => plan({ kind: 'unlicense-group', userIds: [], skuIds: [E3] }, facts);

describe('putting somebody into a group that gives licenses', () => {
  it('says what it gives, and is taken back by taking them out', () => {
    const { steps, view } = join({
      people: [person('nora')],
      group: { assignedLicenses: [{ skuId: E3, disabledPlans: [SWAY] }] },
    });
    expect(steps).toEqual([
      {
        action: { kind: 'add-to-group', userId: 'nora', groupId: 'group-1' },
        undo: { kind: 'remove-from-group', userId: 'nora', groupId: 'group-1' },
        userIds: ['nora'],
      },
    ]);
    expect(view).toMatchObject({
      sentence: 'Nora joins LIC-E3, which gives Microsoft 365 E3, without Sway.',
      lines: [{ does: ['Put into LIC-E3: gets Microsoft 365 E3, without Sway'], blocked: [] }],
      ready: 1,
      blocked: 0,
    });
  });

  it('takes no seat for somebody who has the product already, and says by which way', () => {
    const { view } = join({
      people: [person('nora', { assignments: [anAssignment()] })],
      skus: [aSkuState({ enabled: 8, consumed: 8 })],
    });
    expect(view.ready).toBe(1);
    expect(view.lines[0]?.does).toEqual(['Put into LIC-E3', 'Has Microsoft 365 E3 already, directly']);
  });

  it('helps as many as there are seats, and says how many are missing', () => {
    const { steps, view } = join({ people: [person('ann'), person('bob'), person('cid')] });
    expect(steps.map(({ userIds }) => userIds)).toEqual([['ann'], ['bob']]);
    expect(view.sentence).toBe(
      '2 users join LIC-E3, which gives Microsoft 365 E3; Cid cannot: No seat of Microsoft 365 E3 is free. Buy 1 seat of Microsoft 365 E3 or free one.',
    );
  });

  it.each<[string, Facts, string]>([
    [
      'a rule chooses the members',
      { people: [person('nora')], group: { dynamic: true } },
      'I cannot put Nora into LIC-E3: LIC-E3 is dynamic: its rule decides who is in it. Change its rule, or what the rule looks at in the account.',
    ],
    [
      'the group is synced',
      { people: [person('nora')], group: { onPremisesSyncEnabled: true } },
      'I cannot put Nora into LIC-E3: LIC-E3 is synced from on-premises: its members are changed in the directory there. Change it there, and wait for the next sync.',
    ],
    [
      'the group can give roles',
      { people: [person('nora')], group: { roleAssignable: true } },
      'I cannot put Nora into LIC-E3: LIC-E3 is role-assignable: only its owners and Privileged Role Administrators change its members. Ask one of them to add the user.',
    ],
    [
      'Exchange keeps the members',
      { people: [person('nora')], group: { mailEnabled: true } },
      'I cannot put Nora into LIC-E3: LIC-E3 is mail-enabled: only Exchange changes its members. Change them in the Exchange admin center.',
    ],
    [
      'the group gives no license',
      { people: [person('nora')], group: { assignedLicenses: [] } },
      'I cannot put Nora into LIC-E3: LIC-E3 gives no license that Microsoft Graph names, and I change members only of groups that give licenses. Change its members in the Microsoft Entra admin center, under Groups.',
    ],
    [
      'there is no such group',
      { people: [person('nora')], group: null },
      'I cannot put Nora into LIC-E3: The group does not exist any more. Name another one.',
    ],
    [
      'they are in it',
      { people: [person('nora')], members: ['nora'] },
      'Nothing to do: Nora is in LIC-E3 already.',
    ],
    [
      'something is being written for them',
      { people: [person('nora')], running: ['nora'] },
      'Nora cannot: What was decided for them before is still being carried out. Wait until that is done.',
    ],
  ])('does nothing where %s', (_name, facts, sentence) => {
    const { steps, view } = join(facts);
    expect(steps).toEqual([]);
    expect(view.sentence).toBe(sentence);
  });
});

describe('taking somebody out of a group', () => {
  it('says what they lose, until when it can be saved, and is taken back by putting them in', () => {
    const { steps, view, deadlines } = leave({
      people: [person('nora', { assignments: [byGroup] })],
      members: ['nora'],
      skus: [aSkuState({ planIds: [] })],
    });
    expect(steps).toMatchObject([{ undo: { kind: 'add-to-group', userId: 'nora', groupId: 'group-1' } }]);
    expect(view.sentence).toBe('Nora leaves LIC-E3 and loses Microsoft 365 E3.');
    expect(deadlines[0]?.what).toMatch(/^The mailbox of Nora is deleted/);
  });

  it('says what they keep by another way, which has no deadline', () => {
    const { view, deadlines } = leave({
      people: [person('nora', { assignments: [byGroup, anAssignment()] })],
      members: ['nora'],
    });
    expect(view.sentence).toBe('Nora leaves LIC-E3 and loses no license.');
    expect(view.lines[0]?.does).toEqual(['Take out of LIC-E3', 'Keeps Microsoft 365 E3, directly']);
    expect(deadlines).toEqual([]);
  });

  it('does nothing for somebody who is not in it directly', () => {
    const { steps, view } = leave({ people: [person('nora')] });
    expect(steps).toEqual([]);
    expect(view.sentence).toBe('Nothing to do: Nora is not in LIC-E3 directly.');
  });
});

describe('a product for a group', () => {
  const people = [person('ann'), person('bob'), person('cid', { assignments: [anAssignment()] })];
  const members = ['ann', 'bob', 'cid'];
  const empty = { assignedLicenses: [], displayName: 'All Sales' };

  it('counts who gets it and who has it, and says that nested groups get nothing', () => {
    const { steps, view } = give({ people, members, group: empty, nested: 2 }, E3, [SWAY]);
    expect(steps).toEqual([
      {
        action: {
          kind: 'license-group',
          groupId: 'group-1',
          licenses: [{ skuId: E3, disabledPlans: [SWAY] }],
        },
        undo: { kind: 'unlicense-group', groupId: 'group-1', skuIds: [E3] },
        userIds: members,
      },
    ]);
    expect(view.sentence).toBe(
      'All Sales gives the 3 users who are in it directly Microsoft 365 E3, without Sway: 2 get it, 1 has it already. 2 groups in it get nothing: Microsoft does not license nested groups.',
    );
    expect(view.lines.map(({ does }) => does)).toEqual([
      ['Gets Microsoft 365 E3'],
      ['Gets Microsoft 365 E3'],
      ['Has Microsoft 365 E3 already, directly'],
    ]);
  });

  it.each<[string, Partial<LicensedGroup>]>([
    ['dynamic', { dynamic: true }],
    ['synced', { onPremisesSyncEnabled: true }],
    ['a mail-enabled security group', { mailEnabled: true, securityEnabled: true }],
  ])('can be given where the group is %s: only its members are not ours to change', (_name, over) => {
    expect(give({ people, members, group: { ...empty, ...over } }).steps).toHaveLength(1);
  });

  it.each<[string, Facts, string | RegExp]>([
    [
      'the seats do not reach for those who lack it',
      { people: [...people, person('dan')], members: [...members, 'dan'], group: empty },
      'I cannot assign Microsoft 365 E3 to the group All Sales: 3 members of 4 lack it, and only 2 seats are free: Microsoft would choose who goes without. Buy 1 seat of Microsoft 365 E3 or free one.',
    ],
    [
      'it is a distribution list',
      { people, members, group: { ...empty, mailEnabled: true, securityEnabled: false } },
      /is a distribution list, and Microsoft gives licenses through security groups only\. Make a security group/,
    ],
    [
      'it is no security group',
      { people, members, group: { ...empty, securityEnabled: false } },
      /is no security group, and Microsoft gives licenses through security groups only/,
    ],
    [
      'it can give roles',
      { people, members, group: { ...empty, roleAssignable: true } },
      /is role-assignable: .* Use another group for licenses\.$/,
    ],
    [
      'the group gives it already',
      { people, members },
      'Nothing to do: LIC-E3 gives Microsoft 365 E3 already.',
    ],
    [
      'the tenant does not own it',
      { people, members, group: empty, skus: [aSkuState({ skuId: VISIO })] },
      /The tenant does not own Microsoft 365 E3\. Buy it first\.$/,
    ],
  ])('is not planned where %s', (_name, facts, sentence) => {
    const { steps, view } = give(facts);
    expect(steps).toEqual([]);
    expect(view.sentence).toEqual(typeof sentence === 'string' ? sentence : expect.stringMatching(sentence));
  });

  it('takes seats for nobody who has it by another way', () => {
    const held = members.map((id) => person(id, { assignments: [anAssignment()] }));
    const skus = [aSkuState({ enabled: 3, consumed: 3 })];
    expect(give({ people: held, members, group: empty, skus }).view.sentence).toContain('3 have it already');
  });

  it('is planned for an empty group: for those who come', () => {
    const { steps, view } = give({ people: [], members: [], group: empty });
    expect(steps).toHaveLength(1);
    expect(view).toMatchObject({
      ready: 1,
      sentence: expect.stringContaining('nobody’s licenses change now'),
    });
  });

  it('counts somebody who no scan has read yet as one who lacks it', () => {
    const { view } = give({ people: [], members: ['new-1'], group: empty });
    expect(view.sentence).toContain('1 gets it');
    expect(JSON.stringify(view)).not.toContain('"name":"new-1"');
  });

  it('has another digest where other people are in the group: what they get takes seats', () => {
    const one = give({ people, members: ['ann'], group: empty }).view.digest;
    expect(give({ people, members: ['ann', 'bob'], group: empty }).view.digest).not.toBe(one);
    expect(give({ people, members: ['ann'], group: empty }).view.digest).toBe(one);
  });
});

describe('a product that a group gives no more', () => {
  it('says who loses it and who keeps it, and gives it back with the same services', () => {
    const { steps, view } = stop({
      people: [
        person('ann', { assignments: [byGroup] }),
        person('bob', { assignments: [byGroup, anAssignment()] }),
      ],
      members: ['ann', 'bob'],
      group: { assignedLicenses: [{ skuId: E3, disabledPlans: [SWAY] }] },
    });
    expect(steps).toMatchObject([
      {
        undo: { kind: 'license-group', groupId: 'group-1', licenses: [{ skuId: E3, disabledPlans: [SWAY] }] },
      },
    ]);
    expect(view.sentence).toBe(
      'LIC-E3 no longer gives the 2 users who are in it Microsoft 365 E3: 1 loses it, 1 keeps it by another way.',
    );
  });

  it('does nothing where the group does not give it', () => {
    const { steps, view } = stop({ people: [], members: [], group: { assignedLicenses: [] } });
    expect(steps).toEqual([]);
    expect(view.sentence).toBe('Nothing to do: LIC-E3 does not give Microsoft 365 E3.');
  });
});
