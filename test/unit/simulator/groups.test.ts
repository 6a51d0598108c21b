import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import {
  OPERATOR_ID,
  OPERATORS_GROUP,
  OPERATORS_GROUP_ID,
  SECOND_OPERATOR_ID,
} from '../../../src/simulator/scenarios/well-known.ts';
import {
  ALEX,
  CALLING_GROUP,
  DOMESTIC_CALLING,
  INTERNATIONAL_CALLING,
  WITH_CALLING_PLANS,
} from '../../builders/simulator/calling-plans.ts';
import {
  aSimulatedTenant,
  errorOf,
  type SimulatedTenant,
} from '../../builders/simulator/simulated-tenant.ts';

const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const STANDARD = 'f245ecc8-75af-4f8e-b61f-27d8114de5f3';
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';

let tenant: SimulatedTenant;
beforeEach(async () => {
  tenant = await aSimulatedTenant();
});
afterEach(() => tenant.close());

const groupId = (name: string) => tenant.simulator.tenant.groupId(name) ?? '';
const userId = (upn: string) => tenant.simulator.tenant.user(upn)?.id ?? '';
const sources = (upn: string) => tenant.simulator.tenant.user(upn)?.sources ?? [];

const addMember = (group: string, upn: string) =>
  tenant.ask(`/v1.0/groups/${groupId(group)}/members/$ref`, {
    method: 'POST',
    body: { '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${userId(upn)}` },
  });
const removeMember = (group: string, upn: string) =>
  tenant.ask(`/v1.0/groups/${groupId(group)}/members/${userId(upn)}/$ref`, { method: 'DELETE' });

describe('groups', () => {
  it('are found by having licenses, with the index', async () => {
    const path = encodeURI(
      '/v1.0/groups?$select=id,displayName&$count=true&$filter=assignedLicenses/$count ne 0',
    );
    const groups = await tenant.everything(path, { ConsistencyLevel: 'eventual' });
    expect(groups.map((group) => group.displayName).sort()).toEqual([
      'LIC-E3',
      'LIC-F3 Retail (dynamic)',
      'LIC-PowerBI Finance',
    ]);
    expect((await tenant.ask(path)).status).toBe(400);
  });

  it('have the operators, Megan and Lee', async () => {
    const members = await tenant.everything(`/v1.0/groups/${OPERATORS_GROUP_ID}/members?$select=id`);
    expect(groupId(OPERATORS_GROUP)).toBe(OPERATORS_GROUP_ID);
    expect(members.map(({ id }) => id).sort()).toEqual([OPERATOR_ID, SECOND_OPERATOR_ID].sort());
  });

  it('tell nested members only among the transitive ones', async () => {
    const names = async (which: string) =>
      (await tenant.everything(`/v1.0/groups/${groupId('All Sales')}/${which}`)).map(
        (one) => one.displayName,
      );
    expect(await names('members')).not.toContain('Patrick Moran');
    expect(await names('transitiveMembers')).toContain('Patrick Moran');
  });

  it('count generated people among their members', async () => {
    const large = await aSimulatedTenant({ users: 500 });
    const id = large.simulator.tenant.groupId('LIC-E3');
    const members = await large.everything(`/v1.0/groups/${id}/members?$top=50&$select=id`);
    expect(members).toHaveLength(large.simulator.tenant.sku('SPE_E3')?.consumed ?? -1);
    await large.close();
  });
});

describe('deleting a group', () => {
  it.each([
    ['removed', []],
    ['made-direct', [{ skuId: E3, groupId: null, state: 'Active' }]],
    ['kept-in-error', [{ skuId: E3, state: 'ActiveWithError', error: 'DependencyViolation' }]],
  ] as const)('leaves its licenses %s', async (mode, expected) => {
    tenant.simulator.tenant.behave({ deletedGroupLicenses: mode });
    tenant.simulator.tenant.act({ kind: 'delete-group', group: 'LIC-E3' });
    expect(sources('jonis@contoso.com')).toMatchObject(expected);
    expect(sources('jonis@contoso.com')).toHaveLength(expected.length);
    expect(tenant.simulator.tenant.groupId('LIC-E3')).toBeNull();
  });

  it('is refused by Graph while it gives licenses', async () => {
    tenant.simulator.tenant.permit('Group.ReadWrite.All', true);
    const licensed = await tenant.ask(`/v1.0/groups/${groupId('LIC-E3')}`, { method: 'DELETE' });
    const plain = await tenant.ask(`/v1.0/groups/${groupId('Sales Benelux')}`, { method: 'DELETE' });
    expect([licensed.status, plain.status]).toEqual([400, 204]);
  });
});

describe('changing members', () => {
  it('gives the license later, not at once', async () => {
    tenant.simulator.tenant.act({ kind: 'remove-license', users: ['alexw@contoso.com'], sku: STANDARD });
    expect((await addMember('LIC-E3', 'alexw@contoso.com')).status).toBe(204);
    const path = `/v1.0/groups/${groupId('LIC-E3')}?$select=licenseProcessingState`;
    expect((await tenant.ask(path)).json).toMatchObject({
      licenseProcessingState: { state: 'QueuedForProcessing' },
    });
    expect(sources('alexw@contoso.com')).toEqual([]);
    tenant.clock.advance(MINUTE_MS);
    expect(sources('alexw@contoso.com')).toMatchObject([
      { skuId: E3, groupId: groupId('LIC-E3'), state: 'Active', error: 'None' },
    ]);
    expect((await tenant.ask(path)).json).toMatchObject({
      licenseProcessingState: { state: 'ProcessingComplete' },
    });
  });

  it('takes the license later when somebody leaves', async () => {
    expect((await removeMember('LIC-E3', 'jonis@contoso.com')).status).toBe(204);
    expect(sources('jonis@contoso.com')).toHaveLength(1);
    tenant.clock.advance(MINUTE_MS);
    expect(sources('jonis@contoso.com')).toEqual([]);
  });

  it('puts a conflict on the member, who is not licensed by this path', async () => {
    await tenant.close();
    tenant = await aSimulatedTenant({ scenario: WITH_CALLING_PLANS });
    await addMember(CALLING_GROUP, ALEX);
    tenant.clock.advance(MINUTE_MS);
    const { json } = await tenant.ask(`/v1.0/users/${ALEX}?$select=assignedLicenses,licenseAssignmentStates`);
    expect(json).toMatchObject({
      assignedLicenses: [{ skuId: STANDARD }, { skuId: DOMESTIC_CALLING }],
      licenseAssignmentStates: [
        { skuId: STANDARD, state: 'Active', error: 'None', assignedByGroup: null },
        { skuId: DOMESTIC_CALLING, state: 'Active', error: 'None', assignedByGroup: null },
        { skuId: INTERNATIONAL_CALLING, state: 'Error', error: 'MutuallyExclusiveViolation' },
      ],
    });
    const broken = await tenant.everything(
      encodeURI('/v1.0/groups?$filter=hasMembersWithLicenseErrors eq true'),
    );
    expect(broken.map((group) => group.displayName)).toEqual([CALLING_GROUP]);
    expect(broken[0]).not.toHaveProperty('hasMembersWithLicenseErrors');
    const reprocess = await tenant.ask(`/v1.0/users/${ALEX}/reprocessLicenseAssignment`, {
      method: 'POST',
    });
    expect(errorOf(reprocess).message).toContain('mutually exclusive');
  });

  it("gives none of a group's licenses when one of them fails", async () => {
    const { tenant: handle } = tenant.simulator;
    handle.act({ kind: 'set-seats', sku: 'VISIOCLIENT', seats: 3 });
    handle.act({ kind: 'set-group-licenses', group: 'Sales Benelux', skus: ['FLOW_FREE', 'VISIOCLIENT'] });
    tenant.clock.advance(MINUTE_MS);
    const fromGroup = sources('patrick.moran@contoso.com').filter((one) => one.groupId !== null);
    expect(fromGroup.map((one) => [one.skuId === VISIO, one.state, one.error])).toEqual([
      [false, 'Error', 'Other'],
      [true, 'Error', 'CountViolation'],
    ]);
  });

  it('leaves a license that something depends on, with an error', async () => {
    const { tenant: handle } = tenant.simulator;
    handle.act({ kind: 'assign-license', users: ['jonis@contoso.com'], sku: 'MCOMEETADV' });
    await removeMember('LIC-E3', 'jonis@contoso.com');
    tenant.clock.advance(MINUTE_MS);
    expect(sources('jonis@contoso.com').find((one) => one.skuId === E3)).toMatchObject({
      state: 'ActiveWithError',
      error: 'DependencyViolation',
    });
  });

  it.each([
    [
      'a member again',
      'LIC-E3',
      'jonis@contoso.com',
      "object references already exist for the following modified properties: 'members'",
    ],
    ['a member of a synced group', 'SG-OnPrem-Engineering', 'alexw@contoso.com', 'on-premises mastered'],
    ['a member of a mail-enabled group', 'Company News', 'alexw@contoso.com', 'mail-enabled'],
    ['a member of a dynamic group', 'LIC-F3 Retail (dynamic)', 'alexw@contoso.com', 'dynamic'],
  ])('refuses %s', async (_what, group, upn, text) => {
    const answer = await addMember(group, upn);
    expect(answer.status).toBe(400);
    expect(errorOf(answer).code).toBe('Request_BadRequest');
    expect(errorOf(answer).message).toContain(text);
  });

  it('answers 404 for somebody who is no member', async () => {
    expect((await removeMember('LIC-E3', 'alexw@contoso.com')).status).toBe(404);
  });
});

describe("a group's licenses", () => {
  it('are accepted at once and reach the members later', async () => {
    const answer = await tenant.ask(`/v1.0/groups/${groupId('Sales Benelux')}/assignLicense`, {
      method: 'POST',
      body: { addLicenses: [{ skuId: VISIO, disabledPlans: [] }], removeLicenses: [] },
    });
    expect(answer.status).toBe(202);
    expect(sources('patrick.moran@contoso.com')).toHaveLength(1);
    tenant.clock.advance(MINUTE_MS);
    expect(sources('patrick.moran@contoso.com')).toHaveLength(2);
    tenant.clock.advance(2 * MINUTE_MS);
    const records = await tenant.everything('/v1.0/auditLogs/directoryAudits');
    expect(records.map((record) => record.activityDisplayName)).toEqual(
      expect.arrayContaining([
        'Set group license',
        'Start applying group based license to users',
        'Finish applying group based license to users',
        'Change user license',
      ]),
    );
  });
});
