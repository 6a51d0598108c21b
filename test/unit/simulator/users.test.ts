import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_USER_PROPERTIES } from '../../../src/simulator/graph/user-properties.ts';
import { OPERATOR_UPN } from '../../../src/simulator/scenarios/well-known.ts';
import {
  aSimulatedTenant,
  errorOf,
  type SimulatedTenant,
} from '../../builders/simulator/simulated-tenant.ts';

const OPERATOR_ID = '5f17020c-038d-4fb9-a918-b772552341be';
let tenant: SimulatedTenant;
beforeAll(async () => {
  tenant = await aSimulatedTenant({ users: 1200, operatorId: OPERATOR_ID });
});
afterAll(() => tenant.close());

const EVENTUAL = { ConsistencyLevel: 'eventual' };
const values = (json: unknown) => (json as { value: Record<string, unknown>[] }).value;

describe('listing users', () => {
  it('gives a hundred with eleven properties when nothing is asked for', async () => {
    const { json } = await tenant.ask('/v1.0/users');
    expect(values(json)).toHaveLength(100);
    expect(Object.keys(values(json)[0] ?? {}).sort()).toEqual([...DEFAULT_USER_PROPERTIES].sort());
  });

  it('gives every user once over all pages, and the last page has no link', async () => {
    const users = await tenant.everything('/v1.0/users?$top=999&$select=id,displayName');
    expect(users).toHaveLength(1200);
    expect(new Set(users.map((user) => user.id)).size).toBe(1200);
  });

  it.each(['0', '1000', '-1', 'ten'])('refuses $top=%s in the words of Graph', async (top) => {
    const answer = await tenant.ask(`/v1.0/users?$top=${top}`);
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({
      code: 'Request_BadRequest',
      message: `Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`,
    });
  });

  it('echoes the options in the next link', async () => {
    const { json } = await tenant.ask('/v1.0/users?$top=5&$select=id,mail');
    const link = new URL((json as Record<string, string>)['@odata.nextLink'] ?? '');
    expect(link.searchParams.get('$top')).toBe('5');
    expect(link.searchParams.get('$select')).toBe('id,mail');
    expect(link.searchParams.has('$skiptoken')).toBe(true);
  });

  it.each([
    ['a made-up page token', '/v1.0/users?$skiptoken=abc', 400, 'Directory_ExpiredPageToken'],
    ['$skip', '/v1.0/users?$skip=10', 400, 'Request_UnsupportedQuery'],
    ['an unknown property', '/v1.0/users?$select=nonsense', 400, 'Request_BadRequest'],
    ['a property of another store', '/v1.0/users?$select=skills', 501, 'NotImplemented'],
    ['ne without the index', '/v1.0/users?$filter=userType ne null', 400, 'Request_UnsupportedQuery'],
    ['$count without the header', '/v1.0/users/$count', 400, 'Request_UnsupportedQuery'],
    ['a filter that is none', '/v1.0/users?$filter=displayName', 400, 'Request_UnsupportedQuery'],
  ])('refuses %s', async (_what, path, status, code) => {
    const answer = await tenant.ask(encodeURI(path));
    expect(answer.status).toBe(status);
    expect(errorOf(answer).code).toBe(code);
    expect(answer.headers['request-id']).toBeDefined();
  });

  it('makes page tokens expire when told to', async () => {
    const { json } = await tenant.ask('/v1.0/users?$top=5');
    tenant.simulator.tenant.expire('page-tokens');
    const answer = await tenant.ask((json as Record<string, string>)['@odata.nextLink'] ?? '');
    expect(errorOf(answer).code).toBe('Directory_ExpiredPageToken');
  });

  it('clamps pages with sign-in activity silently', async () => {
    const { json } = await tenant.ask('/v1.0/users?$top=999&$select=id,signInActivity');
    expect(values(json)).toHaveLength(500);
  });

  it.each([
    [
      'a listing with sign-in activity five times in ten seconds',
      '/v1.0/users?$top=1&$select=id,signInActivity',
      5,
      '10',
    ],
    [
      'one user’s sign-in activity ten times a minute',
      '/v1.0/users/rick@contoso.com?$select=id,signInActivity',
      10,
      '60',
    ],
  ])('gives %s, without being asked to', async (_, target, times, wait) => {
    tenant.clock.advance(60_001);
    for (let count = 0; count < times; count++) expect((await tenant.ask(target)).status).not.toBe(429);
    const refused = await tenant.ask(target);
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe(wait);
  });

  it('counts in plain text with the header', async () => {
    const answer = await tenant.ask('/v1.0/users/$count', { headers: EVENTUAL });
    expect(answer.text).toBe('1200');
  });
});

describe('filtering users', () => {
  const filtered = (filter: string, more = '') =>
    tenant.everything(
      encodeURI(
        `/v1.0/users?$select=id,userPrincipalName,accountEnabled,assignedLicenses&$filter=${filter}${more}`,
      ),
      EVENTUAL,
    );

  it('finds one by id', async () => {
    const users = await filtered(`id eq '${OPERATOR_ID}'`);
    expect(users.map((user) => user.userPrincipalName)).toEqual([OPERATOR_UPN]);
  });

  it('finds the licensed ones by count', async () => {
    const licensed = await filtered('assignedLicenses/$count ne 0', '&$count=true');
    const without = await filtered('assignedLicenses/$count eq 0', '&$count=true');
    expect(licensed.length + without.length).toBe(1200);
    expect(licensed.every((user) => (user.assignedLicenses as unknown[]).length > 0)).toBe(true);
  });

  it('finds the holders of one SKU, by both paths', async () => {
    const e3 = await filtered('assignedLicenses/any(x:x/skuId eq 05e9a617-0261-4cee-bb44-138d3ef5d965)');
    expect(e3).toHaveLength(tenant.simulator.tenant.sku('SPE_E3')?.consumed ?? -1);
  });

  it('combines conditions', async () => {
    const users = await filtered("accountEnabled eq false and startswith(userPrincipalName,'jan.')");
    expect(users.map((user) => user.userPrincipalName)).toEqual(['jan.former@contoso.com']);
  });
});

describe('one user', () => {
  it('is found by UPN in any letter case', async () => {
    const { json } = await tenant.ask('/v1.0/users/MeganB@contoso.com?$select=id');
    expect(json).toMatchObject({ id: OPERATOR_ID });
  });

  it('is found again by id and UPN when generated', async () => {
    const users = await tenant.everything('/v1.0/users?$top=999&$select=id,userPrincipalName');
    const last = users.at(-1);
    const byId = await tenant.ask(`/v1.0/users/${last?.id}`);
    const byName = await tenant.ask(`/v1.0/users/${last?.userPrincipalName}`);
    expect(byId.json).toMatchObject({ id: last?.id });
    expect(byName.json).toEqual(byId.json);
  });

  it('is 404 when nobody', async () => {
    const answer = await tenant.ask('/v1.0/users/nobody@contoso.com');
    expect(answer.status).toBe(404);
    expect(errorOf(answer)).toMatchObject({
      code: 'Request_ResourceNotFound',
      message:
        "Resource 'nobody@contoso.com' does not exist or one of its queried reference-property objects are not present.",
    });
  });

  it('goes to the deleted items and comes back with licenses', async () => {
    const path = '/v1.0/users/zoe.mueller@contoso.com';
    const id = (await tenant.ask(path)).json as { id: string };
    const seats = tenant.simulator.tenant.sku('O365_BUSINESS_PREMIUM')?.consumed ?? 0;
    expect((await tenant.ask(path, { method: 'DELETE' })).status).toBe(204);
    expect((await tenant.ask(path)).status).toBe(404);
    expect(tenant.simulator.tenant.sku('O365_BUSINESS_PREMIUM')?.consumed).toBe(seats - 1);
    const deleted = await tenant.everything('/v1.0/directory/deletedItems/microsoft.graph.user');
    expect(deleted[0]?.userPrincipalName).toBe(`${id.id.replaceAll('-', '')}zoe.mueller@contoso.com`);
    const restored = await tenant.ask(`/v1.0/directory/deletedItems/${id.id}/restore`, { method: 'POST' });
    expect(restored.status).toBe(200);
    expect(tenant.simulator.tenant.sku('O365_BUSINESS_PREMIUM')?.consumed).toBe(seats);
  });
});
