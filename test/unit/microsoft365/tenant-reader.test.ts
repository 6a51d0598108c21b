import { afterEach, describe, expect, it } from 'vitest';
import type { TenantReader } from '../../../src/domain/ports.ts';
import { RETRY_LIMITS } from '../../../src/microsoft365/http/backoff.ts';
import { createTenantReader } from '../../../src/microsoft365/reader/tenant-reader.ts';
import { aGraphUser, E3 } from '../../builders/graph-user.ts';
import {
  type LocalService,
  type ReceivedRequest,
  type Reply,
  startLocalService,
} from '../../builders/local-service.ts';
import { aManualClock, type ManualClock } from '../../builders/manual-clock.ts';
import { aGraph, signal } from './a-graph.ts';

type Inner = { id: string; method: string; url: string };

describe('reading a tenant', () => {
  let service: LocalService | null = null;
  let clock: ManualClock;
  afterEach(async () => {
    await service?.close();
    service = null;
  });

  const readerOf = async (
    reply: (request: ReceivedRequest, origin: string) => Reply,
  ): Promise<{ reader: TenantReader; received: ReceivedRequest[]; origin: string }> => {
    service = await startLocalService(reply);
    clock = aManualClock();
    const patience = { clock, random: () => 0, limits: RETRY_LIMITS };
    const reader = createTenantReader(
      aGraph(service.origin, { clock }),
      aGraph(service.origin, { clock }),
      patience,
    );
    return { reader, received: service.received, origin: service.origin };
  };
  const idsOf = async (reader: TenantReader): Promise<string[]> => {
    const ids: string[] = [];
    for await (const page of reader.users(signal)) ids.push(...page.users().map((user) => user.id));
    return ids;
  };

  it('reads users over short and empty pages until there is no next link', async () => {
    const pages: Record<string, string[]> = { first: ['a'], '1': [], '2': ['b', 'c'] };
    const { reader, received } = await readerOf((request, origin) => {
      const at = /skiptoken=(\d)/.exec(request.url)?.[1] ?? 'first';
      const next = { first: '1', '1': '2' }[at];
      const value = (pages[at] ?? []).map((id) => aGraphUser({ id }));
      return {
        json: { value, ...(next ? { '@odata.nextLink': `${origin}/v1.0/users?$skiptoken=${next}` } : {}) },
      };
    });
    expect(await idsOf(reader)).toEqual(['a', 'b', 'c']);
    expect(received[0]?.url).toMatch(/^\/v1.0\/users\?\$select=id,.*licenseAssignmentStates&\$top=999$/);
  });

  it('starts the listing again when a page link has expired', async () => {
    let expired = 0;
    const { reader } = await readerOf((request, origin) => {
      if (!request.url.includes('skiptoken')) {
        return {
          json: { value: [aGraphUser({ id: 'a' })], '@odata.nextLink': `${origin}/v1.0/users?$skiptoken=1` },
        };
      }
      return expired++ === 0
        ? { status: 400, json: { error: { code: 'Directory_ExpiredPageToken', message: '' } } }
        : { json: { value: [aGraphUser({ id: 'b' })] } };
    });
    expect(await idsOf(reader)).toEqual(['a', 'a', 'b']);
  });

  it('takes a delta link that starts now', async () => {
    const { reader, received } = await readerOf((_, origin) => ({
      json: { value: [], '@odata.deltaLink': `${origin}/v1.0/users/delta?$deltatoken=x` },
    }));
    expect(await reader.deltaLinkFromNow(signal)).toMatch(/deltatoken=x$/);
    expect(received[0]?.url).toContain('$deltatoken=latest');
  });

  it('collects each changed and deleted user of a delta round once', async () => {
    const { reader, origin } = await readerOf((request, at) =>
      request.url.includes('skiptoken')
        ? {
            json: {
              value: [{ id: 'B', '@removed': { reason: 'changed' } }, { id: 'a' }],
              '@odata.deltaLink': `${at}/v1.0/users/delta?$deltatoken=2`,
            },
          }
        : { json: { value: [{ id: 'a' }], '@odata.nextLink': `${at}/v1.0/users/delta?$skiptoken=1` } },
    );
    const result = await reader.changedSince(`${origin}/v1.0/users/delta?$deltatoken=1`, signal);
    expect(result).toEqual({
      kind: 'changes',
      changedIds: ['a', 'b'],
      link: `${origin}/v1.0/users/delta?$deltatoken=2`,
    });
  });

  it.each<[string, Reply]>([
    [
      '410 Gone',
      { status: 410, headers: { location: 'https://graph.microsoft.com/v1.0/users/delta?$deltatoken=' } },
    ],
    ['410 with a code', { status: 410, json: { error: { code: 'SyncStateNotFound', message: 'x' } } }],
    ['400 syncStateNotFound', { status: 400, json: { error: { code: 'syncStateNotFound', message: 'x' } } }],
    ['409 resyncRequired', { status: 409, json: { error: { code: 'resyncRequired', message: 'x' } } }],
    [
      '400 older than 30 days',
      {
        status: 400,
        json: {
          error: {
            code: 'Request_UnsupportedQuery',
            message: 'DeltaLink older than 30 days is not supported.',
          },
        },
      },
    ],
  ])('reads everything again after an expired delta token: %s', async (_, reply) => {
    const { reader, origin } = await readerOf(() => reply);
    const result = await reader.changedSince(`${origin}/v1.0/users/delta?$deltatoken=1`, signal);
    expect(result.kind).toBe('resync');
  });

  it('does not take another unsupported query for an expired token', async () => {
    const { reader, origin } = await readerOf(() => ({
      status: 400,
      json: { error: { code: 'Request_UnsupportedQuery', message: 'Unsupported property filter clause.' } },
    }));
    const read = reader.changedSince(`${origin}/v1.0/users/delta?$deltatoken=1`, signal);
    await expect(read).rejects.toMatchObject({ code: 'refused' });
  });

  it('reads everything when the stored delta link is of another cloud', async () => {
    const { reader } = await readerOf(() => ({ json: {} }));
    const result = await reader.changedSince(
      'https://graph.microsoft.us/v1.0/users/delta?$deltatoken=1',
      signal,
    );
    expect(result.kind).toBe('resync');
  });

  it('reads users by id twenty at a time, in whatever order they are answered', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `user-${index}`);
    const { reader, received } = await readerOf((request) => {
      const { requests } = JSON.parse(request.body) as { requests: Inner[] };
      const responses = requests.map(({ id, url }) => {
        const user = /\/users\/([^?]+)/.exec(url)?.[1] ?? '';
        return user === 'user-3'
          ? { id, status: 404, body: { error: { code: 'Request_ResourceNotFound', message: '' } } }
          : { id, status: 200, body: aGraphUser({ id: user }) };
      });
      return { json: { responses: responses.reverse() } };
    });
    const { found, missing } = await reader.usersById([...ids, 'user-1'], signal);
    expect(found.map((user) => user.id)).toEqual(ids.filter((id) => id !== 'user-3'));
    expect(missing).toEqual(['user-3']);
    expect(received.map((request) => JSON.parse(request.body).requests.length)).toEqual([20, 5]);
  });

  it('asks again only for the inner requests that were throttled, after the pause that they ask for', async () => {
    let round = 0;
    const { reader, received } = await readerOf((request) => {
      const { requests } = JSON.parse(request.body) as { requests: Inner[] };
      round += 1;
      const responses = requests.map(({ id, url }) =>
        round === 1 && id === '1'
          ? {
              id,
              status: 429,
              headers: { 'Retry-After': '4' },
              body: { error: { code: 'TooManyRequests', message: '' } },
            }
          : { id, status: 200, body: aGraphUser({ id: /users\/(\w+)/.exec(url)?.[1] ?? '' }) },
      );
      return { json: { responses } };
    });
    const { found } = await reader.usersById(['a', 'b'], signal);
    expect(found.map((user) => user.id)).toEqual(['a', 'b']);
    expect(JSON.parse(received[1]?.body ?? '').requests).toHaveLength(1);
    expect(clock.pauses).toEqual([4_000]);
  });

  it('does not take a user that a batch forgot for a missing one', async () => {
    const { reader } = await readerOf(() => ({ json: { responses: [] } }));
    await expect(reader.usersById(['a'], signal)).rejects.toMatchObject({ code: 'malformed' });
  });

  it('names the permission that an inner request misses', async () => {
    const { reader } = await readerOf(() => ({
      json: {
        responses: [
          { id: '0', status: 403, body: { error: { code: 'Authorization_RequestDenied', message: '' } } },
        ],
      },
    }));
    const read = reader.usersById(['a'], signal);
    await expect(read).rejects.toMatchObject({ code: 'forbidden', permission: 'User.Read.All' });
  });

  it('finds which users are in the deleted items', async () => {
    const { reader } = await readerOf((request) => {
      const { requests } = JSON.parse(request.body) as { requests: Inner[] };
      return {
        json: {
          responses: requests.map(({ id, url }) =>
            url.includes('/gone') ? { id, status: 404 } : { id, status: 200, body: { id: 'x' } },
          ),
        },
      };
    });
    expect(await reader.deletedAmong(['deleted', 'gone'], signal)).toEqual(['deleted']);
  });

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

  it('reads products, subscriptions and the groups that give licenses', async () => {
    const { reader, received } = await readerOf(tenant(() => ({ json: { value: [licensed] } })));
    const state = await reader.tenantState(signal);
    expect(state.skus).toMatchObject([{ skuId: E3, consumed: 7, enabled: 10 }]);
    expect(state.groups).toMatchObject([{ id: 'g1', dynamic: true }]);
    const asked = received.find((request) => request.url.includes('/groups'));
    expect(asked?.url).toContain('$filter=assignedLicenses/$count ne 0');
    expect(asked?.url).toContain('$count=true');
    expect(asked?.headers.consistencylevel).toBe('eventual');
  });

  it('reads all groups where the advanced query is refused', async () => {
    const { reader } = await readerOf(
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
    const { reader } = await readerOf((request) => {
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
    const { reader } = await readerOf(() => ({
      json: { value: [{ ...issue, id: 'MO2', startDateTime: null }, issue] },
    }));
    const { issues, leftOut } = await reader.serviceIssues(signal);
    expect(issues.map(({ id }) => id)).toEqual(['MO1']);
    expect(leftOut).toMatchObject([{ id: 'MO2' }]);
  });

  it('still refuses a whole read for an odd product, which could look like a loss', async () => {
    const odd = tenant(() => ({ json: { value: [] } }));
    const { reader } = await readerOf((request) =>
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
    const { reader } = await readerOf((request, origin) =>
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
    const { reader, received } = await readerOf(() => ({ json: { value: [{ id: 'A' }, { id: 'b' }] } }));
    expect(await reader.groupMembers('g1', signal)).toEqual(new Set(['a', 'b']));
    expect(received[0]?.url).toContain('/groups/g1/transitiveMembers');
  });
});
