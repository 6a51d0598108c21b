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

describe('a fault', () => {
  it('is a status for so many requests, with the Retry-After as written', async () => {
    const effect = { kind: 'status', status: 429, retryAfter: '2.128' } as const;
    tenant.simulator.tenant.fault({ path: '/v1.0/users', times: 1, effect });
    const first = await tenant.ask('/v1.0/users');
    expect(first.status).toBe(429);
    expect(errorOf(first).code).toBe('TooManyRequests');
    expect(first.headers['retry-after']).toBe('2.128');
    expect((await tenant.ask('/v1.0/users')).status).toBe(200);
  });

  it('meets only its path and method, and can let some pass first', async () => {
    const effect = { kind: 'status', status: 503 } as const;
    tenant.simulator.tenant.fault({ method: 'GET', path: 'subscribedSkus', after: 1, times: 1, effect });
    const statuses = [];
    for (const path of [
      '/v1.0/users',
      '/v1.0/subscribedSkus',
      '/v1.0/subscribedSkus',
      '/v1.0/subscribedSkus',
    ]) {
      statuses.push((await tenant.ask(path)).status);
    }
    expect(statuses).toEqual([200, 200, 503, 200]);
  });

  it('meets a later page by its query', async () => {
    tenant.simulator.tenant.fault({ path: '$skiptoken', effect: { kind: 'status', status: 500 } });
    const first = await tenant.ask('/v1.0/users?$top=5');
    expect(first.status).toBe(200);
    const link = (first.json as Record<string, string>)['@odata.nextLink'] ?? '';
    expect((await tenant.ask(link)).status).toBe(500);
  });

  it('speaks the language of the API that it is in', async () => {
    const effect = { kind: 'status', status: 403, code: 'AF429', message: 'Too many requests.' } as const;
    tenant.simulator.tenant.fault({ path: '/activity/feed', effect });
    const path = `/api/v1.0/${tenant.simulator.tenantId}/activity/feed/subscriptions/list`;
    expect((await tenant.ask(path)).json).toEqual({
      error: { code: 'AF429', message: 'Too many requests.' },
    });
  });

  it('cuts the connection', async () => {
    tenant.simulator.tenant.fault({ path: '/v1.0/users', effect: { kind: 'cut' } });
    await expect(tenant.ask('/v1.0/users')).rejects.toThrow();
  });

  it('spoils the JSON', async () => {
    tenant.simulator.tenant.fault({ path: '/v1.0/users', effect: { kind: 'malformed' } });
    const answer = await tenant.ask('/v1.0/users');
    expect(answer.status).toBe(200);
    expect(() => JSON.parse(answer.text)).toThrow();
  });

  it('answers any text', async () => {
    tenant.simulator.tenant.fault({ path: '/v1.0/users', effect: { kind: 'body', body: '{"value":[{}]}' } });
    expect((await tenant.ask('/v1.0/users')).json).toEqual({ value: [{}] });
  });

  it.each([
    ['paging-loop', 1],
    ['endless-pages', 4],
  ] as const)('makes pages without end: %s', async (kind, distinct) => {
    tenant.simulator.tenant.fault({ path: '/v1.0/users', effect: { kind } });
    const links = new Set<string>();
    let link = '/v1.0/users?$top=3';
    for (let pages = 0; pages < 4; pages += 1) {
      const { json } = await tenant.ask(link);
      expect((json as { value: unknown[] }).value).toHaveLength(3);
      link = (json as Record<string, string>)['@odata.nextLink'] ?? '';
      links.add(link);
    }
    expect(links.size).toBe(distinct);
  });

  it('points to another host', async () => {
    tenant.simulator.tenant.fault({ path: '/v1.0/users', effect: { kind: 'foreign-link' } });
    const { json } = await tenant.ask('/v1.0/users');
    expect((json as Record<string, string>)['@odata.nextLink']).toContain('https://evil.invalid/');
  });

  it('is gone when cleared', async () => {
    tenant.simulator.tenant.fault({ path: '/', effect: { kind: 'status', status: 500 } });
    tenant.simulator.tenant.clearFaults();
    expect((await tenant.ask('/v1.0/users')).status).toBe(200);
  });
});

describe('links', () => {
  it('lead back to the name that the client used', async () => {
    const byName = `https://localhost:${tenant.simulator.port}/v1.0/users?$top=1`;
    const { json } = await tenant.ask(byName);
    expect((json as Record<string, string>)['@odata.nextLink']).toContain('https://localhost:');
  });
});
