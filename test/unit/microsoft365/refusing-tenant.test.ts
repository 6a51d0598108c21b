import { afterEach, describe, expect, it } from 'vitest';
import { TenantReadError } from '../../../src/domain/ports.ts';
import { readUsers } from '../../../src/microsoft365/reader/users.ts';
import { aGraphUser } from '../../builders/license/graph-user.ts';
import { aManualClock } from '../../builders/manual-clock.ts';
import {
  type LocalService,
  type ReceivedRequest,
  type Reply,
  startLocalService,
} from '../../builders/servers/local-service.ts';
import { aGraph, signal } from './a-graph.ts';

const graphError = (status: number, code: string, message = ''): Reply => ({
  status,
  json: { error: { code, message } },
});
const page = (nextLink?: string): Reply => ({
  json: { value: [aGraphUser()], ...(nextLink ? { '@odata.nextLink': nextLink } : {}) },
});

describe('a full read of a tenant that refuses', () => {
  let service: LocalService | null = null;
  afterEach(async () => {
    await service?.close();
    service = null;
  });

  const failureOf = async (
    reply: (request: ReceivedRequest, origin: string) => Reply,
    limits: { timeoutMs?: number } = {},
  ): Promise<{ error: TenantReadError; requests: number; pauses: number[] }> => {
    service = await startLocalService(reply);
    const clock = aManualClock();
    const graph = aGraph(service.origin, {
      clock,
      limits: {
        maxAttempts: 3,
        maxRetryAfterMs: 120_000,
        firstPauseMs: 1_000,
        maxPauseMs: 30_000,
        timeoutMs: limits.timeoutMs ?? 5_000,
        maxBodyBytes: 500_000,
      },
    });
    try {
      for await (const page of readUsers(graph, signal)) page.users();
    } catch (error) {
      if (error instanceof TenantReadError) {
        return { error, requests: service.received.length, pauses: clock.pauses };
      }
      throw error;
    }
    throw new Error('The read should have failed.');
  };

  let calls = 0;
  it.each<[string, (request: ReceivedRequest, origin: string) => Reply, string, number]>([
    ['says 401', () => graphError(401, 'InvalidAuthenticationToken'), 'unauthorized', 2],
    ['says 403', () => graphError(403, 'Authorization_RequestDenied'), 'forbidden', 1],
    ['says 400', () => graphError(400, 'Request_BadRequest', 'No.'), 'refused', 1],
    ['redirects', () => ({ status: 302, headers: { location: 'http://127.0.0.1:9/' } }), 'refused', 1],
    ['says 429 for an hour', () => ({ status: 429, headers: { 'retry-after': '3600' } }), 'throttled', 1],
    ['says 429 again and again', () => ({ status: 429 }), 'throttled', 3],
    ['says 500 again and again', () => graphError(500, 'InternalServerError'), 'server-error', 3],
    ['says 503 without a body', () => ({ status: 503 }), 'server-error', 3],
    ['says 501', () => graphError(501, 'NotImplemented'), 'server-error', 1],
    ['cuts the connection', () => 'cut', 'unreachable', 3],
    ['sends what is not JSON', () => ({ text: '{"value":[' }), 'malformed', 1],
    ['sends a page without rows', () => ({ json: { users: [] } }), 'malformed', 1],
    ['sends a row that does not fit', () => ({ json: { value: [{ id: 7 }] } }), 'invalid-row', 1],
    ['sends a page without an end', () => 'endless', 'malformed', 1],
    [
      'names the same page again',
      (request, origin) => page(`${origin}${request.url.replace(/\$top=.*/, '$skiptoken=1')}`),
      'paging-loop',
      2,
    ],
    [
      'names a page on another host',
      () => page('http://127.0.0.1:9/v1.0/users?$skiptoken=1'),
      'cross-origin',
      1,
    ],
    [
      'forgets its page links',
      (request, origin) =>
        request.url.includes('skiptoken')
          ? graphError(400, 'Directory_ExpiredPageToken')
          : page(`${origin}/v1.0/users?$skiptoken=${calls++}`),
      'expired-page',
      4,
    ],
  ])('fails when it %s', async (_, reply, code, requests) => {
    const failed = await failureOf(reply);
    expect(failed.error.code).toBe(code);
    expect(failed.requests).toBe(requests);
    expect(JSON.stringify(failed.error) + failed.error.message + failed.error.stack).not.toContain(
      'secret-token',
    );
  });

  it('fails when an answer stays silent longer than the time-out', async () => {
    expect((await failureOf(() => 'silent', { timeoutMs: 60 })).error.code).toBe('timeout');
  });

  it('names the permission that a 403 misses', async () => {
    const { error } = await failureOf(() => graphError(403, 'Authorization_RequestDenied'));
    expect(error.permission).toBe('User.Read.All');
    expect(error.message).toContain('User.Read.All');
  });

  it('fails when nobody listens', async () => {
    const closed = await startLocalService(() => page());
    await closed.close();
    const read = readUsers(aGraph(closed.origin), signal).next();
    await expect(read).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('waits longer with each attempt', async () => {
    const { pauses } = await failureOf(() => ({ status: 503 }));
    expect(pauses).toEqual([750, 1500]);
  });
});
