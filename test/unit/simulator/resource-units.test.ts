import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resourceUnits, unitLimit } from '../../../src/simulator/graph/resource-units.ts';
import { odataOptions } from '../../../src/simulator/odata/options.ts';
import { aSimulatedTenant, type SimulatedTenant } from '../../builders/simulator/simulated-tenant.ts';

describe('what a request costs', () => {
  it.each([
    ['GET', '/v1.0/users', '', 2],
    ['GET', '/v1.0/users', '$select=id', 1],
    ['GET', '/v1.0/users', '$select=id&$top=5', 1],
    ['GET', '/v1.0/users/:id', '', 1],
    ['GET', '/v1.0/groups/:id/transitiveMembers', '', 5],
    ['GET', '/v1.0/groups/:id/transitiveMembers', '$select=id&$top=5', 3],
    ['GET', '/v1.0/subscribedSkus', '$expand=x', 4],
    ['POST', '/v1.0/users/:id/assignLicense', '', 1],
  ])('%s %s?%s is %i', (method, path, query, cost) => {
    expect(resourceUnits(method, path, odataOptions(new URLSearchParams(query)))).toBe(cost);
  });

  it.each([
    [49, 3500],
    [50, 5000],
    [500, 5000],
    [501, 8000],
  ])('a tenant of %i users may use %i units', (users, limit) => {
    expect(unitLimit(users)).toBe(limit);
  });
});

describe('the limit', () => {
  let tenant: SimulatedTenant;
  beforeEach(async () => {
    tenant = await aSimulatedTenant();
  });
  afterEach(() => tenant.close());

  it('is told when it comes near, refuses with the time to wait, and opens again', async () => {
    tenant.simulator.tenant.behave({ resourceUnits: 5 });
    const answers = [];
    for (let count = 0; count < 3; count += 1) answers.push(await tenant.ask('/v1.0/users'));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 429]);
    expect(answers[0]?.headers['x-ms-resource-unit']).toBe('2');
    expect(answers[0]?.headers).not.toHaveProperty('x-ms-throttle-limit-percentage');
    expect(answers[1]?.headers['x-ms-throttle-limit-percentage']).toBe('0.8');
    expect(answers[2]?.headers['retry-after']).toBe('10');
    expect(answers[2]?.headers['x-ms-throttle-information']).toBe('ResourceUnitLimitExceeded');
    tenant.clock.advance(10_000);
    expect((await tenant.ask('/v1.0/users')).status).toBe(200);
  });
});
