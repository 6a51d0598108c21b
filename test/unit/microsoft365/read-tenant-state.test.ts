import { describe, expect, it } from 'vitest';
import { E3 } from '../../builders/license/graph-user.ts';
import type { ReceivedRequest, Reply } from '../../builders/servers/local-service.ts';
import { signal } from './a-graph.ts';
import { aServedReader } from './a-served-reader.ts';

const sku = {
  skuId: E3.toUpperCase(),
  skuPartNumber: 'SPE_E3',
  appliesTo: 'User',
  capabilityStatus: 'Enabled',
  consumedUnits: 7,
  prepaidUnits: { enabled: 10, warning: 0, suspended: 0, lockedOut: 0 },
  servicePlans: [],
  subscriptionIds: [],
};
const licensed = {
  id: 'G1',
  displayName: 'LIC-E3',
  groupTypes: ['DynamicMembership'],
  assignedLicenses: [{ skuId: E3, disabledPlans: [] }],
};
const tenant =
  (groups: (request: ReceivedRequest) => Reply) =>
  (request: ReceivedRequest): Reply => {
    if (request.url.includes('/subscribedSkus')) return { json: { value: [sku] } };
    if (request.url.includes('/directory/subscriptions')) return { json: { value: [] } };
    return groups(request);
  };

describe('reading a tenant', () => {
  it('reads products, subscriptions and the groups that give licenses', async () => {
    const { reader, received } = await aServedReader(tenant(() => ({ json: { value: [licensed] } })));
    const state = await reader.tenantState(signal);
    expect(state.skus).toMatchObject([{ skuId: E3, consumed: 7, enabled: 10 }]);
    expect(state.groups).toMatchObject([{ id: 'g1', dynamic: true }]);
    const asked = received.find((request) => request.url.includes('/groups'));
    expect(asked?.url).toContain('$filter=assignedLicenses/$count ne 0');
    expect(asked?.url).toContain('$count=true');
    expect(asked?.headers.consistencylevel).toBe('eventual');
  });

  it('reads all groups where the advanced query is refused', async () => {
    const { reader } = await aServedReader(
      tenant((request) =>
        request.url.includes('$filter')
          ? { status: 400, json: { error: { code: 'Request_UnsupportedQuery', message: '' } } }
          : { json: { value: [licensed, { id: 'g2', assignedLicenses: [] }] } },
      ),
    );
    expect((await reader.tenantState(signal)).groups.map((group) => group.id)).toEqual(['g1']);
  });

  it.each([
    ['a null product', { skuId: null }],
    ['a null status', { status: null }],
    ['a count in words', { totalLicenses: 'many' }],
  ])('leaves out a subscription with %s, and reads the rest', async (_, odd) => {
    const subscription = { id: 'S1', skuId: E3, status: 'Enabled' };
    const { reader } = await aServedReader((request) => {
      if (request.url.includes('/subscribedSkus')) return { json: { value: [sku] } };
      if (request.url.includes('/groups')) return { json: { value: [licensed] } };
      return { json: { value: [{ ...subscription, id: 'ODD', ...odd }, 'no object', subscription] } };
    });
    const state = await reader.tenantState(signal);
    expect(state.subscriptions.map(({ id }) => id)).toEqual(['s1']);
    expect(state.leftOut).toEqual([
      {
        id: 'ODD',
        why: expect.stringMatching(/^The subscription ODD has another form than Microsoft documents/),
      },
      { id: null, why: expect.stringMatching(/^The subscription without an id has another form/) },
    ]);
  });

  it('leaves out a service issue of another form, and reads the rest', async () => {
    const issue = {
      id: 'MO1',
      title: 'Licenses',
      service: 'Microsoft 365 suite',
      classification: 'incident',
      status: 'serviceDegradation',
      startDateTime: '2026-11-23T06:30:00Z',
      isResolved: false,
    };
    const { reader } = await aServedReader(() => ({
      json: { value: [{ ...issue, id: 'MO2', startDateTime: null }, issue] },
    }));
    const { issues, leftOut } = await reader.serviceIssues(signal);
    expect(issues.map(({ id }) => id)).toEqual(['MO1']);
    expect(leftOut).toMatchObject([{ id: 'MO2' }]);
  });

  it('still refuses a whole read for an odd product, which could look like a loss', async () => {
    const odd = tenant(() => ({ json: { value: [] } }));
    const { reader } = await aServedReader((request) =>
      request.url.includes('/subscribedSkus') ? { json: { value: [{ ...sku, skuId: null }] } } : odd(request),
    );
    await expect(reader.tenantState(signal)).rejects.toMatchObject({ code: 'invalid-row' });
  });

  it('reads service issues over their $skip pages, whatever the case of their enums', async () => {
    const issue = (id: string) => ({
      id,
      title: 'Licenses',
      service: 'Microsoft 365 suite',
      classification: 'Incident',
      status: 'ServiceRestored',
      startDateTime: '2026-11-23T06:30:00Z',
      endDateTime: null,
      isResolved: false,
      impactDescription: '',
    });
    const { reader } = await aServedReader((request, origin) =>
      request.url.includes('$skip=100')
        ? { json: { value: [issue('MO2')] } }
        : {
            json: {
              value: [issue('MO1')],
              '@odata.nextLink': `${origin}/v1.0/admin/serviceAnnouncement/issues?$skip=100`,
            },
          },
    );
    expect((await reader.serviceIssues(signal)).issues).toMatchObject([
      {
        id: 'MO1',
        classification: 'incident',
        status: 'serviceRestored',
        startAt: Date.parse('2026-11-23T06:30:00Z'),
      },
      { id: 'MO2' },
    ]);
  });

  it('reads nested members of a group', async () => {
    const { reader, received } = await aServedReader(() => ({ json: { value: [{ id: 'A' }, { id: 'b' }] } }));
    expect(await reader.groupMembers('g1', signal)).toEqual(new Set(['a', 'b']));
    expect(received[0]?.url).toContain('/groups/g1/transitiveMembers');
  });
});
