import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  aSimulatedTenant,
  errorOf,
  type SimulatedTenant,
} from '../../builders/simulator/simulated-tenant.ts';

let tenant: SimulatedTenant;
beforeEach(async () => {
  tenant = await aSimulatedTenant();
});
afterEach(() => tenant.close());

type Inner = { id: string; status: number; headers: Record<string, string>; body: unknown };
const batch = (requests: object[]) => tenant.ask('/v1.0/$batch', { method: 'POST', body: { requests } });
const get = (id: string, url: string, more: object = {}) => ({ id, method: 'GET', url, ...more });
async function answers(requests: object[]): Promise<Map<string, Inner>> {
  const { json, status } = await batch(requests);
  expect(status).toBe(200);
  return new Map((json as { responses: Inner[] }).responses.map((inner) => [inner.id, inner]));
}

describe('$batch', () => {
  it('answers each request under its id, in another order', async () => {
    const requests = [get('a', '/users/rick@contoso.com?$select=id'), get('b', '/users/nobody@contoso.com')];
    const { json } = await batch(requests);
    const { responses } = json as { responses: Inner[] };
    expect(responses.map((inner) => [inner.id, inner.status])).toEqual([
      ['b', 404],
      ['a', 200],
    ]);
    expect(responses[1]?.body).toMatchObject({ id: tenant.simulator.tenant.user('rick@contoso.com')?.id });
  });

  it('throttles one inner request and not the others', async () => {
    const effect = { kind: 'status', status: 429, retryAfter: '3' } as const;
    tenant.simulator.tenant.fault({ path: '/v1.0/users/rick', times: 1, effect });
    const inner = await answers([get('1', '/users/rick@contoso.com'), get('2', '/users/alexw@contoso.com')]);
    expect(inner.get('1')?.status).toBe(429);
    expect(inner.get('1')?.headers['retry-after']).toBe('3');
    expect(inner.get('2')?.status).toBe(200);
  });

  it('writes, and fails what depends on a failure', async () => {
    const headers = { 'Content-Type': 'application/json' };
    const assign = (id: string, skuId: string, more: object = {}) => ({
      id,
      method: 'POST',
      url: '/users/alexw@contoso.com/assignLicense',
      headers,
      body: { addLicenses: [{ skuId }], removeLicenses: [] },
      ...more,
    });
    const inner = await answers([
      assign('1', 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46'),
      assign('2', 'c5928f49-12ba-48f7-ada3-0d743a3601d5', { dependsOn: ['1'] }),
      assign('3', 'f30db892-07e9-47e9-837c-80727f46fd3d'),
    ]);
    expect([...inner.values()].map((one) => [one.id, one.status]).sort()).toEqual([
      ['1', 400],
      ['2', 424],
      ['3', 200],
    ]);
    expect(tenant.simulator.tenant.user('alexw@contoso.com')?.licenses).toHaveLength(2);
  });

  it.each([
    ['more than twenty', Array.from({ length: 21 }, (_, index) => get(String(index), '/users'))],
    ['ids that repeat', [get('1', '/users'), get('1', '/users')]],
    ['no requests', []],
    ['a body without a content type', [{ id: '1', method: 'POST', url: '/users', body: {} }]],
  ])('refuses %s', async (_what, requests) => {
    const answer = await batch(requests);
    expect(answer.status).toBe(400);
    expect(errorOf(answer).code).toBe('BadRequest');
  });
});
