import { createHash, X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { ConfidentialClientApplication } from '@azure/msal-node';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../src/domain/durations.ts';
import { makeCertificate } from '../../../src/simulator/http/certificate.ts';
import { startSimulator } from '../../../src/simulator/start.ts';
import { aManualClock } from '../../builders/manual-clock.ts';
import {
  aSimulatedTenant,
  errorOf,
  type SimulatedTenant,
  send,
} from '../../builders/simulator/simulated-tenant.ts';

let tenant: SimulatedTenant;
beforeAll(async () => {
  tenant = await aSimulatedTenant();
});
afterAll(() => tenant.close());

const tokenPath = () => `/${tenant.simulator.tenantId}/oauth2/v2.0/token`;
const form = (changes: Record<string, string> = {}) =>
  String(
    new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: tenant.simulator.clientId,
      client_secret: tenant.simulator.clientSecret,
      scope: 'https://graph.microsoft.com/.default',
      ...changes,
    }),
  );

describe('the token endpoint', () => {
  it.each([
    ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client', 7000215],
    [
      'an unknown app',
      { client_id: '11111111-1111-4111-8111-111111111111' },
      400,
      'unauthorized_client',
      700016,
    ],
    ['a scope without /.default', { scope: 'User.Read' }, 400, 'invalid_scope', 1002012],
    ['an unknown resource', { scope: 'https://api.invalid/.default' }, 400, 'invalid_resource', 500011],
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
  ])('refuses %s', async (_what, changes, status, error, number) => {
    const answer = await send(tenant.simulator, tokenPath(), { method: 'POST', body: form(changes) });
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ error, error_codes: [number] });
    expect((answer.json as { error_description: string }).error_description).toContain(`AADSTS${number}:`);
  });

  it('refuses a tenant that is not this one', async () => {
    const answer = await send(tenant.simulator, '/fabrikam.com/oauth2/v2.0/token', {
      method: 'POST',
      body: form(),
    });
    expect(answer.json).toMatchObject({ error: 'invalid_request', error_codes: [90002] });
  });
});

describe('a token', () => {
  it('opens only the API that it was asked for', async () => {
    const forGraph = await tenant.token('https://graph.microsoft.com/.default');
    const forActivity = await tenant.token('https://manage.office.com/.default');
    const list = `/api/v1.0/${tenant.simulator.tenantId}/activity/feed/subscriptions/list`;
    expect((await tenant.ask('/v1.0/users', { token: forGraph })).status).toBe(200);
    expect((await tenant.ask(list, { token: forActivity })).status).toBe(200);
    expect((await tenant.ask(list, { token: forGraph })).status).toBe(401);
    const refused = await tenant.ask('/v1.0/users', { token: forActivity });
    expect(refused.status).toBe(401);
    expect(errorOf(refused).code).toBe('InvalidAuthenticationToken');
    expect(refused.headers['www-authenticate']).toContain('Bearer');
  });

  it('expires', async () => {
    const token = await tenant.token();
    tenant.clock.advance(HOUR_MS);
    const answer = await tenant.ask('/v1.0/users', { token });
    expect(errorOf(answer).message).toContain('expired');
  });

  it.each([null, 'made.up.token'])('is needed: %s is refused', async (token) => {
    expect((await tenant.ask('/v1.0/users', { token })).status).toBe(401);
  });
});

describe('real MSAL', () => {
  const trusted = (pem: string) => tls.setDefaultCACertificates([...tls.getCACertificates('default'), pem]);

  it('signs in with the secret', async () => {
    const { origin, tenantId, clientId, clientSecret, caCertificate } = tenant.simulator;
    trusted(caCertificate);
    const app = new ConfidentialClientApplication({
      auth: {
        clientId,
        clientSecret,
        authority: `${origin}/${tenantId}`,
        knownAuthorities: [new URL(origin).host],
      },
    });
    const result = await app.acquireTokenByClientCredential({ scopes: [`${origin}/.default`] });
    expect((await tenant.ask('/v1.0/users', { token: result?.accessToken ?? null })).status).toBe(200);
  });

  it('signs in with a certificate', async () => {
    const keyPair = await generate([{ name: 'commonName', value: 'License Watch' }], {
      keySize: 2048,
      algorithm: 'sha256',
    });
    const clock = aManualClock(Date.now());
    const simulator = await startSimulator({ scenario: 'quiet', clock, clientCertificate: keyPair.cert });
    trusted(simulator.caCertificate);
    const der = new X509Certificate(keyPair.cert).raw;
    const app = new ConfidentialClientApplication({
      auth: {
        clientId: simulator.clientId,
        authority: `${simulator.origin}/${simulator.tenantId}`,
        knownAuthorities: [new URL(simulator.origin).host],
        clientCertificate: {
          thumbprintSha256: createHash('sha256').update(der).digest('hex'),
          privateKey: keyPair.private,
        },
      },
    });
    const result = await app.acquireTokenByClientCredential({ scopes: [`${simulator.origin}/.default`] });
    const answer = await send(simulator, '/v1.0/users', { token: result?.accessToken ?? null });
    expect(answer.status).toBe(200);
    await simulator.close();
  });
});

describe('the certificate', () => {
  it('is its own authority and names localhost and the loopback addresses', async () => {
    const now = Date.parse('2026-11-23T09:00:00Z');
    const made = new X509Certificate((await makeCertificate(now)).certificate);
    expect(made.ca).toBe(true);
    expect(made.checkHost('localhost')).toBe('localhost');
    expect(made.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(made.verify(made.publicKey)).toBe(true);
  });
});
