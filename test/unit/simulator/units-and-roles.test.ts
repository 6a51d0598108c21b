import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SALES_UNIT, SALES_UNIT_ID, UNIT_OPERATOR_ID } from '../../../src/simulator/scenarios/well-known.ts';
import { aSimulatedTenant, type SimulatedTenant } from '../../builders/simulator/simulated-tenant.ts';

let tenant: SimulatedTenant;
beforeEach(async () => {
  tenant = await aSimulatedTenant();
});
afterEach(() => tenant.close());

const userId = (name: string) => tenant.simulator.tenant.user(`${name}@contoso.com`)?.id ?? '';
const names = async (path: string) =>
  (await tenant.everything(encodeURI(`/v1.0${path}`))).map((one) => one.displayName);

describe('administrative units', () => {
  it('are listed, and found by id', async () => {
    expect(tenant.simulator.tenant.unitId(SALES_UNIT)).toBe(SALES_UNIT_ID);
    expect(await names('/directory/administrativeUnits')).toEqual([SALES_UNIT]);
    const one = await tenant.ask(`/v1.0/directory/administrativeUnits/${SALES_UNIT_ID}?$select=displayName`);
    expect(one.json).toMatchObject({ displayName: SALES_UNIT });
    const path = '/v1.0/directory/administrativeUnits/00000000-0000-4000-8000-000000000000';
    expect((await tenant.ask(path)).status).toBe(404);
  });

  it('have members, over several pages, without the members of their groups', async () => {
    const members = await names(`/directory/administrativeUnits/${SALES_UNIT_ID}/members?$top=2`);
    expect(members.toSorted()).toEqual([
      'Henrietta Mueller',
      'Ricardo Gomes',
      'Sales Benelux',
      'Wei Zhang',
      'Zoë Müller',
    ]);
  });

  it('are among what a user is a member of', async () => {
    expect(await names(`/users/${userId('zoe.mueller')}/memberOf`)).toEqual([SALES_UNIT]);
  });

  it('lose a user who is deleted, and have him again after the restore', async () => {
    const count = async () => (await names(`/directory/administrativeUnits/${SALES_UNIT_ID}/members`)).length;
    const id = userId('zoe.mueller');
    tenant.simulator.tenant.act({ kind: 'delete-user', users: [id] });
    expect(await count()).toBe(4);
    tenant.simulator.tenant.act({ kind: 'restore-user', users: [id] });
    expect(await count()).toBe(5);
  });
});

describe('what a user is a member of', () => {
  it('includes the groups of groups only when asked for', async () => {
    const id = userId('patrick.moran');
    expect(await names(`/users/${id}/memberOf`)).toEqual(['Sales Benelux']);
    expect(await names(`/users/${id}/transitiveMemberOf`)).toEqual(['Sales Benelux', 'All Sales']);
  });
});

describe('directory roles', () => {
  const roles = (filter: string) =>
    tenant.everything(encodeURI(`/v1.0/roleManagement/directory/roleAssignments?$filter=${filter}`));

  it('are found by who holds them, with their scope', async () => {
    expect(await roles(`principalId eq '${UNIT_OPERATOR_ID}'`)).toMatchObject([
      {
        roleDefinitionId: '4d6ac14f-3453-41d0-bef9-a3e0c569773a',
        directoryScopeId: `/administrativeUnits/${SALES_UNIT_ID}`,
      },
    ]);
  });

  it('of a group are not those of its members: only the list of beta follows groups', async () => {
    expect(await roles(`principalId eq '${userId('anna.kowalska')}'`)).toEqual([]);
    const group = tenant.simulator.tenant.groupId('License Admins (role)');
    expect(await roles(`principalId eq '${group}'`)).toMatchObject([{ directoryScopeId: '/' }]);
  });

  it.each(['$top=1', '$count=true'])('refuse %s, which is not documented for them', async (option) => {
    const path = `/v1.0/roleManagement/directory/roleAssignments?${option}`;
    expect((await tenant.ask(path)).status).toBe(400);
  });

  it.each([
    ['unit', { kind: 'add-to-unit', unit: 'None', users: [] }],
    ['holder', { kind: 'grant-role', role: 'Global Reader', holder: 'nobody' }],
    ['role', { kind: 'grant-role', role: 'King', holder: 'pattif@contoso.com' }],
  ])('cannot be given with a wrong %s', async (_what, body) => {
    const { controlToken } = tenant.simulator;
    const answer = await tenant.ask('/_simulator/acts', { method: 'POST', token: controlToken, body });
    expect([400, 409]).toContain(answer.status);
  });
});
