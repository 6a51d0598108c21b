import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_USER_PROPERTIES } from '../../../src/simulator/graph/user-properties.ts';
import {
  ALEX,
  DOMESTIC_CALLING,
  INTERNATIONAL_CALLING,
  WITH_CALLING_PLANS,
} from '../../builders/simulator/calling-plans.ts';
import {
  aSimulatedTenant,
  errorOf,
  type SimulatedTenant,
} from '../../builders/simulator/simulated-tenant.ts';

const STANDARD = 'f245ecc8-75af-4f8e-b61f-27d8114de5f3';
const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965';
const E5 = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';
const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';
const COPILOT = '639dec6b-bb19-468b-871c-c5c441c4b0cb';
const AUDIO = '0c266dff-15dd-4b49-8397-2bb16070ed52';
const SPB = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';
const DOMESTIC = '4ed3ff63-69d7-4fb7-b984-5aec7f605ca8';
const INTERNATIONAL = '5a10155d-f5c1-411a-a8ec-e99aae125390';
const SWAY = 'a23b959c-7ce8-4e57-9140-b90eb88a9e97';
const TEAMS = '57ff2da0-773e-42df-b2af-ffb7a2317929';
const MCO = '0feaeb32-d00e-4d66-bd5a-43b5b83db82c';
const MCOMEETADV = '3e26ee1f-8a5f-4d52-aee2-b81ce45c8f40';

let tenant: SimulatedTenant;
beforeEach(async () => {
  tenant = await aSimulatedTenant();
});
afterEach(() => tenant.close());

const add = (...skuIds: string[]) => ({
  addLicenses: skuIds.map((skuId) => ({ skuId, disabledPlans: [] as string[] })),
  removeLicenses: [] as string[],
});
const remove = (...skuIds: string[]) => ({ addLicenses: [], removeLicenses: skuIds });
const assign = (user: string, body: unknown) =>
  tenant.ask(`/v1.0/users/${user}/assignLicense`, { method: 'POST', body });
const held = (user: string) =>
  (tenant.simulator.tenant.user(user)?.licenses ?? []).map((license) => license.skuId).sort();

describe('assignLicense refuses', () => {
  it.each([
    [
      'without a usage location',
      'admin@contoso.com',
      add(VISIO),
      'License assignment cannot be done for user with invalid usage location.',
    ],
    [
      'where the product may not be used',
      'chrisg@contoso.com',
      add(COPILOT),
      'License assignment cannot be done for user with invalid usage location.',
    ],
    [
      'without a free seat',
      'alexw@contoso.com',
      { addLicenses: [{ skuId: E5, disabledPlans: [] }], removeLicenses: [STANDARD] },
      `Subscription with SKU ${E5} does not have any available licenses.`,
    ],
    [
      'a plan without the one it depends on',
      'will.power@contoso.com',
      add(AUDIO),
      `License assignment failed because service plan ${MCOMEETADV} depends on the service plan(s) ${MCO}, ${TEAMS}`,
    ],
    [
      'to remove what another plan depends on',
      'anna.lindqvist@contoso.com',
      remove(STANDARD),
      `License assignment failed because service plan ${MCOMEETADV} depends on the service plan(s) ${MCO}, ${TEAMS}`,
    ],
    [
      'to remove an inherited license',
      'jonis@contoso.com',
      remove(E3),
      'User license is inherited from a group membership and it cannot be removed directly from the user.',
    ],
    [
      'to remove what is not there',
      'alexw@contoso.com',
      remove(VISIO),
      'User does not have a corresponding license.',
    ],
    [
      'a product that the tenant does not own',
      'alexw@contoso.com',
      add(SPB),
      `License ${SPB} does not correspond to a valid company License.`,
    ],
    [
      'a body without removeLicenses',
      'alexw@contoso.com',
      { addLicenses: [] },
      "One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: removeLicenses.",
    ],
  ])('%s', async (_what, user, body, message) => {
    if (user === 'chrisg@contoso.com') {
      tenant.simulator.tenant.act({ kind: 'update-user', user, set: { usageLocation: 'CU' } });
    }
    const before = tenant.simulator.tenant.user(user);
    const answer = await assign(user, body);
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({ code: 'Request_BadRequest', message });
    expect(tenant.simulator.tenant.user(user)).toEqual(before);
  });

  it('plans that exclude each other', async () => {
    await tenant.close();
    tenant = await aSimulatedTenant({ scenario: WITH_CALLING_PLANS });
    const answer = await assign(ALEX, add(INTERNATIONAL_CALLING));
    expect(errorOf(answer)).toMatchObject({
      code: 'Request_BadRequest',
      message: `License assignment failed because service plans ${DOMESTIC}, ${INTERNATIONAL} are mutually exclusive.`,
    });
    expect(held(ALEX)).toEqual([DOMESTIC_CALLING, STANDARD].sort());
  });

  it('an unknown user with 404', async () => {
    expect((await assign('nobody@contoso.com', add(VISIO))).status).toBe(404);
  });

  it('an app without the permission with 403', async () => {
    tenant.simulator.tenant.permit('LicenseAssignment.ReadWrite.All', false);
    tenant.simulator.tenant.permit('User.ReadWrite.All', false);
    const answer = await assign('alexw@contoso.com', add(VISIO));
    expect(answer.status).toBe(403);
    expect(errorOf(answer).code).toBe('Authorization_RequestDenied');
  });
});

describe('assignLicense', () => {
  it('answers the default properties, without licenses', async () => {
    const answer = await assign('alexw@contoso.com', add(VISIO));
    expect(answer.status).toBe(200);
    const { '@odata.context': _context, ...user } = answer.json as Record<string, unknown>;
    expect(Object.keys(user).sort()).toEqual([...DEFAULT_USER_PROPERTIES].sort());
    expect(held('alexw@contoso.com')).toEqual([VISIO, STANDARD].sort());
  });

  it('accepts two editions of Exchange and SharePoint for one user', async () => {
    expect((await assign('jonis@contoso.com', add(STANDARD))).status).toBe(200);
    expect(held('jonis@contoso.com')).toEqual([E3, STANDARD].sort());
  });

  it('only sets the disabled plans of what is there, and takes no seat', async () => {
    const consumed = tenant.simulator.tenant.sku(STANDARD)?.consumed;
    const body = { addLicenses: [{ skuId: STANDARD, disabledPlans: [SWAY] }], removeLicenses: [] };
    expect((await assign('alexw@contoso.com', body)).status).toBe(200);
    expect(tenant.simulator.tenant.user('alexw@contoso.com')?.licenses).toEqual([
      { skuId: STANDARD, disabledPlans: [SWAY] },
    ]);
    expect(tenant.simulator.tenant.sku(STANDARD)?.consumed).toBe(consumed);
  });

  it('adds a direct path to an inherited license without a seat', async () => {
    const consumed = tenant.simulator.tenant.sku(E3)?.consumed;
    expect((await assign('jonis@contoso.com', add(E3))).status).toBe(200);
    expect(tenant.simulator.tenant.user('jonis@contoso.com')?.sources).toHaveLength(2);
    expect(tenant.simulator.tenant.sku(E3)?.consumed).toBe(consumed);
  });

  it('swaps conflicting products in one call', async () => {
    const swap = { addLicenses: [{ skuId: E3, disabledPlans: [] }], removeLicenses: [STANDARD] };
    expect((await assign('alexw@contoso.com', swap)).status).toBe(200);
    expect(held('alexw@contoso.com')).toEqual([E3]);
  });

  it('gives nothing when one of several fails', async () => {
    expect((await assign('alexw@contoso.com', add(VISIO, SPB))).status).toBe(400);
    expect(held('alexw@contoso.com')).toEqual([STANDARD]);
  });

  it('runs out of seats in the middle of several users', async () => {
    const users = ['alexw@contoso.com', 'diegos@contoso.com', 'chrisg@contoso.com'];
    const statuses = [];
    for (const user of users) statuses.push((await assign(user, add(VISIO))).status);
    expect(statuses).toEqual([200, 400, 400]);
  });

  it('keeps plans of a removed license as deleted', async () => {
    await assign('leeg@contoso.com', remove(VISIO));
    const { json } = await tenant.ask('/v1.0/users/leeg@contoso.com?$select=assignedPlans');
    const plans = (json as { assignedPlans: { capabilityStatus: string }[] }).assignedPlans;
    expect(plans.filter((plan) => plan.capabilityStatus === 'Deleted').length).toBeGreaterThan(0);
  });

  it('is logged as the act of the app', async () => {
    await assign('alexw@contoso.com', add(VISIO));
    tenant.clock.advance(120_000);
    const [record] = await tenant.everything('/v1.0/auditLogs/directoryAudits');
    expect(record).toMatchObject({
      activityDisplayName: 'Change user license',
      initiatedBy: { app: { servicePrincipalId: tenant.simulator.servicePrincipalId } },
    });
  });
});
