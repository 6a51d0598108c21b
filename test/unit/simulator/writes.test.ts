import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  aSimulatedTenant,
  errorOf,
  type SimulatedTenant,
} from '../../builders/simulator/simulated-tenant.ts';

const VISIO = 'c5928f49-12ba-48f7-ada3-0d743a3601d5';

let tenant: SimulatedTenant;
beforeEach(async () => {
  tenant = await aSimulatedTenant();
});
afterEach(() => tenant.close());

const handle = () => tenant.simulator.tenant;
const userId = (name: string) => handle().user(`${name}@contoso.com`)?.id ?? '';
const groupId = (name: string) => handle().groupId(name) ?? '';
const reference = (name: string) => `https://graph.microsoft.com/v1.0/directoryObjects/${userId(name)}`;
const addMember = (name: string, group = 'Sales Benelux') =>
  tenant.ask(`/v1.0/groups/${groupId(group)}/members/$ref`, {
    method: 'POST',
    body: { '@odata.id': reference(name) },
  });
const bind = (names: string[], group = 'Sales Benelux') =>
  tenant.ask(`/v1.0/groups/${groupId(group)}`, {
    method: 'PATCH',
    body: { 'members@odata.bind': names.map(reference) },
  });
const isMember = (name: string) =>
  handle().user(`${name}@contoso.com`)?.groups.includes(groupId('Sales Benelux'));

describe('the write limit', () => {
  it('lets so many writes through in 2.5 minutes, and reads always', async () => {
    handle().behave({ writeLimit: 1 });
    expect((await addMember('alexw')).status).toBe(204);
    tenant.clock.advance(149_000);
    const throttled = await addMember('jonis');
    expect(throttled.status).toBe(429);
    expect(throttled.headers['retry-after']).toBe('1.000');
    expect(throttled.headers['x-ms-throttle-information']).toBe('WriteLimitExceeded');
    expect((await tenant.ask('/v1.0/users/alexw@contoso.com')).status).toBe(200);
    tenant.clock.advance(1_000);
    expect((await addMember('jonis')).status).toBe(204);
  });

  it("is 3,000 as Microsoft's", async () => {
    handle().behave({ writeLimit: 'microsoft' });
    const requests = Array.from({ length: 20 }, (_, index) => ({
      id: String(index),
      method: 'POST',
      url: `/users/${userId('alexw')}/assignLicense`,
      headers: { 'Content-Type': 'application/json' },
      body: { addLicenses: [], removeLicenses: [] },
    }));
    const batch = async () => {
      const { json } = await tenant.ask('/v1.0/$batch', { method: 'POST', body: { requests } });
      return (json as { responses: { status: number }[] }).responses.map(({ status }) => status);
    };
    for (let sent = 0; sent < 3000; sent += 20) expect(new Set(await batch())).toEqual(new Set([200]));
    expect(new Set(await batch())).toEqual(new Set([429]));
  });
});

describe('the log of writes', () => {
  it('names what was written, and what became of it', async () => {
    await addMember('alexw');
    await addMember('alexw');
    await tenant.ask(`/v1.0/groups/${groupId('Sales Benelux')}/members/${userId('alexw')}/$ref`, {
      method: 'DELETE',
    });
    await tenant.ask('/v1.0/users/alexw@contoso.com');
    const target = `/groups/${groupId('Sales Benelux')}/members/${userId('alexw')}`;
    expect(handle().writes()).toMatchObject([
      { method: 'POST', target, status: 204 },
      { method: 'POST', target, status: 400 },
      { method: 'DELETE', target, status: 204 },
    ]);
  });

  it('leaves out what was not let in', async () => {
    handle().permit('GroupMember.ReadWrite.All', false);
    await addMember('alexw');
    handle().fault({ path: '/members/', times: 1, effect: { kind: 'status', status: 503 } });
    await addMember('alexw');
    expect(handle().writes()).toEqual([]);
  });

  it('is told to another process, and forgotten with the requests', async () => {
    await addMember('alexw');
    const token = tenant.simulator.controlToken;
    const ask = () => tenant.ask('/_simulator/writes', { token });
    expect((await ask()).json).toHaveLength(1);
    handle().clearRequests();
    expect((await ask()).json).toEqual([]);
  });
});

describe('a fault whose request is carried out', () => {
  const effect = { kind: 'status', status: 504, carriedOut: true } as const;

  it('loses the answer of a request', async () => {
    handle().fault({ path: '/members/', times: 1, effect });
    expect((await addMember('alexw')).status).toBe(504);
    expect(isMember('alexw')).toBe(true);
  });

  it('loses the answer of one request in a batch', async () => {
    handle().fault({ path: '/assignLicense', times: 1, effect });
    const headers = { 'Content-Type': 'application/json' };
    const body = { addLicenses: [{ skuId: VISIO }], removeLicenses: [] };
    const url = `/users/${userId('alexw')}/assignLicense`;
    const { json } = await tenant.ask('/v1.0/$batch', {
      method: 'POST',
      body: { requests: [{ id: '1', method: 'POST', url, headers, body }] },
    });
    expect(json).toMatchObject({ responses: [{ id: '1', status: 504 }] });
    expect(handle().user('alexw@contoso.com')?.licenses).toHaveLength(2);
  });
});

describe('adding members with PATCH', () => {
  it('adds up to twenty at once', async () => {
    expect((await bind(['alexw', 'jonis'])).status).toBe(204);
    expect([isMember('alexw'), isMember('jonis')]).toEqual([true, true]);
  });

  it('adds none when one is there already', async () => {
    const answer = await bind(['alexw', 'patrick.moran']);
    expect(answer.status).toBe(400);
    expect(errorOf(answer).message).toContain('already exist');
    expect(isMember('alexw')).toBe(false);
  });

  it.each([
    ['more than twenty', () => bind(Array.from({ length: 21 }, () => 'alexw')), 'more than 20'],
    ['members of a dynamic group', () => bind(['alexw'], 'LIC-F3 Retail (dynamic)'), 'dynamic'],
    [
      'another change',
      () =>
        tenant.ask(`/v1.0/groups/${groupId('Sales Benelux')}`, {
          method: 'PATCH',
          body: { visibility: 'x' },
        }),
      'invalid',
    ],
  ])('refuses %s', async (_what, ask, text) => {
    const answer = await ask();
    expect(answer.status).toBe(400);
    expect(errorOf(answer).message).toContain(text);
  });
});

describe('a role-assignable group', () => {
  const group = 'License Admins (role)';
  const remove = () =>
    tenant.ask(`/v1.0/groups/${groupId(group)}/members/${userId('anna.kowalska')}/$ref`, {
      method: 'DELETE',
    });

  it('is changed only with the permission for roles', async () => {
    expect([(await addMember('alexw', group)).status, (await remove()).status]).toEqual([403, 403]);
    handle().permit('RoleManagement.ReadWrite.Directory', true);
    expect([(await addMember('alexw', group)).status, (await remove()).status]).toEqual([204, 204]);
  });
});
