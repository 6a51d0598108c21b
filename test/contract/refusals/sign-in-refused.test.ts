import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WatchedTenant } from './watched-tenant.ts';

describe('a tenant that does not let us in', () => {
  const watched = new WatchedTenant();
  beforeAll(() => watched.start());
  afterAll(() => watched.stop());
  afterEach(async () => {
    watched.simulator.tenant.clearFaults();
    for (const permission of ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All']) {
      watched.simulator.tenant.permit(permission, true);
    }
    await watched.restart();
  });

  const bothReadsSay = async (code: string, says: RegExp): Promise<void> => {
    const before = await watched.watched();
    for (const kind of ['full', 'delta'] as const) {
      const record = await watched.scan(kind);
      expect(record).toMatchObject({ kind, outcome: 'incomplete', reasonCode: code });
      expect(record.reason).toMatch(says);
    }
    expect(await watched.watched()).toEqual(before);
  };

  it('says what to do about a wrong secret, without the secret', async () => {
    await watched.restart({ clientSecret: 'a-secret-of-another-app' });
    await bothReadsSay('unauthorized', /The client secret is wrong/);
    expect(JSON.stringify(await watched.store.scans.recent(2))).not.toContain('a-secret-of-another-app');
  });

  it('says that nobody listens', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await watched.restart({ origin: `https://127.0.0.1:${port}` });
    await bothReadsSay('unreachable', /could not be reached.*ECONNREFUSED/);
  });

  it.each([
    ['fails', { kind: 'status', status: 503 }, 'server-error', /sign-in service/],
    ['sends what is not JSON', { kind: 'malformed' }, 'server-error', /no valid JSON/],
    ['cuts the connection', { kind: 'cut' }, 'unreachable', /sign-in service could not be reached/],
    [
      'throttles',
      { kind: 'status', status: 429, retryAfter: '3600' },
      'throttled',
      /sign-in service asks to slow down/,
    ],
  ] as const)('says that the sign-in service %s', async (_name, effect, code, says) => {
    await watched.restart();
    watched.simulator.tenant.fault({ path: '/oauth2/v2.0/token', effect });
    await bothReadsSay(code, says);
  });

  it('names the permission that was taken away', async () => {
    for (const permission of ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All']) {
      watched.simulator.tenant.permit(permission, false);
    }
    await bothReadsSay('forbidden', /Grant it the application permission User\.Read\.All/);
  });

  it('signs in again when its tokens have been revoked, and reads on', async () => {
    watched.simulator.tenant.expire('access-tokens');
    expect(await watched.scan('full')).toMatchObject({ outcome: 'complete' });
  });

  it('reads everyone when its delta link has been forgotten', async () => {
    watched.simulator.tenant.expire('delta-tokens');
    expect(await watched.scan('delta')).toMatchObject({ kind: 'full', outcome: 'complete' });
  });
});
