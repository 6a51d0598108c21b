import { describe, expect, it } from 'vitest';
import type { TenantReader } from '../../../src/domain/ports.ts';
import { aGraphUser } from '../../builders/license/graph-user.ts';
import type { Reply } from '../../builders/servers/local-service.ts';
import { signal } from './a-graph.ts';
import { aServedReader } from './a-served-reader.ts';

type Inner = { id: string; method: string; url: string };

const idsOf = async (reader: TenantReader): Promise<string[]> => {
  const ids: string[] = [];
  for await (const page of reader.users(signal)) ids.push(...page.users().map((user) => user.id));
  return ids;
};

describe('reading users', () => {
  it('reads users over short and empty pages until there is no next link', async () => {
    const pages: Record<string, string[]> = { first: ['a'], '1': [], '2': ['b', 'c'] };
    const { reader, received } = await aServedReader((request, origin) => {
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
    const { reader } = await aServedReader((request, origin) => {
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
    const { reader, received } = await aServedReader((_, origin) => ({
      json: { value: [], '@odata.deltaLink': `${origin}/v1.0/users/delta?$deltatoken=x` },
    }));
    expect(await reader.deltaLinkFromNow(signal)).toMatch(/deltatoken=x$/);
    expect(received[0]?.url).toContain('$deltatoken=latest');
  });

  it('collects each changed and deleted user of a delta round once', async () => {
    const { reader, origin } = await aServedReader((request, at) =>
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
    const { reader, origin } = await aServedReader(() => reply);
    const result = await reader.changedSince(`${origin}/v1.0/users/delta?$deltatoken=1`, signal);
    expect(result.kind).toBe('resync');
  });

  it('does not take another unsupported query for an expired token', async () => {
    const { reader, origin } = await aServedReader(() => ({
      status: 400,
      json: { error: { code: 'Request_UnsupportedQuery', message: 'Unsupported property filter clause.' } },
    }));
    const read = reader.changedSince(`${origin}/v1.0/users/delta?$deltatoken=1`, signal);
    await expect(read).rejects.toMatchObject({ code: 'refused' });
  });

  it('reads everything when the stored delta link is of another cloud', async () => {
    const { reader } = await aServedReader(() => ({ json: {} }));
    const result = await reader.changedSince(
      'https://graph.microsoft.us/v1.0/users/delta?$deltatoken=1',
      signal,
    );
    expect(result.kind).toBe('resync');
  });
});

describe('reading users by their ids', () => {
  it('reads users by id twenty at a time, in whatever order they are answered', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `user-${index}`);
    const { reader, received } = await aServedReader((request) => {
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
    const { reader, received, clock } = await aServedReader((request) => {
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
    const { reader } = await aServedReader(() => ({ json: { responses: [] } }));
    await expect(reader.usersById(['a'], signal)).rejects.toMatchObject({ code: 'malformed' });
  });

  it('names the permission that an inner request misses', async () => {
    const { reader } = await aServedReader(() => ({
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
    const { reader } = await aServedReader((request) => {
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
});
