import { createSign, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { botIdentity } from '../../../src/app/bot-identity.ts';
import { systemClock } from '../../../src/app/system-clock.ts';
import { loadConfig } from '../../../src/config/config.ts';
import { connectTenant } from '../../../src/microsoft365/connect/connect-tenant.ts';
import { createLogger } from '../../../src/observability/logger.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/start.ts';
import { appIdOf, createAdapter } from '../../../src/teams/adapter.ts';

const ISSUER = 'https://cluster.example/oidc';
const SUBJECT = 'system:serviceaccount:it:license-watch';
const issuer = generateKeyPairSync('rsa', { modulusLength: 2048 });
const log = createLogger({ level: 'silent', to: 'stdout' });

let folder: string;
let simulator: Simulator;
let connector: Server;
let presented: (string | undefined)[] = [];
let pem = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-secretless-'));
  const pems = await generate([{ name: 'commonName', value: 'license-watch' }], { keySize: 2048 });
  pem = path.join(folder, 'bot.pem');
  await writeFile(pem, `${pems.cert}\n${pems.private}`);
  simulator = await startSimulator({
    scenario: 'quiet',
    clock: { now: () => Date.now() },
    clientCertificate: pems.cert,
    federated: [
      {
        issuer: ISSUER,
        subject: SUBJECT,
        publicKey: issuer.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      },
    ],
  });
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), simulator.caCertificate]);
  connector = createServer((request, response) => {
    presented.push(request.headers.authorization);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ id: '1' }));
  }).listen(0, '127.0.0.1');
  await once(connector, 'listening');
});
afterAll(async () => {
  connector.close();
  await simulator.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  presented = [];
});

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What a cluster puts into the file of a pod: a token of its own, for Entra. */
function platformToken(over: Record<string, unknown> = {}): string {
  const seconds = Math.floor(Date.now() / 1000);
  const claims = {
    iss: ISSUER,
    sub: SUBJECT,
    aud: 'api://AzureADTokenExchange',
    iat: seconds,
    exp: seconds + 3600,
  };
  const text = `${base64({ alg: 'RS256', typ: 'JWT' })}.${base64({ ...claims, ...over })}`;
  return `${text}.${createSign('sha256').update(text).sign(issuer.privateKey).toString('base64url')}`;
}

/** The settings of somebody who runs it outside Azure, with these two credentials. */
function configured(bot: Record<string, string>, reader: Record<string, string>) {
  const loaded = loadConfig({
    BOT_ID: simulator.clientId,
    BOT_TYPE: 'SingleTenant',
    BOT_TENANT_ID: simulator.tenantId,
    AAD_APP_TENANT_ID: simulator.tenantId,
    AAD_APP_CLIENT_ID: simulator.clientId,
    CLOUD: 'custom',
    AUTHORITY_URL: simulator.origin,
    GRAPH_URL: simulator.origin,
    MANAGEMENT_API_URL: simulator.origin,
    ...bot,
    ...reader,
  });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  return loaded.config;
}

/** Has the bot speak by itself, as a card of an alert does, and gives the claims of the token that it shows. */
async function speak(bot: Record<string, string>): Promise<Record<string, unknown>> {
  const config = configured(bot, { AAD_APP_CLIENT_SECRET: simulator.clientSecret });
  const identity = botIdentity(config.bot, config.cloud, () => undefined);
  const adapter = createAdapter({ identity, governmentCloud: false, newReference: () => 'r', log });
  adapter.onTurnError = async (_, error) => {
    throw error;
  };
  const { port } = connector.address() as AddressInfo;
  const where = {
    channelId: 'msteams',
    serviceUrl: `http://127.0.0.1:${port}`,
    conversation: { id: '19:a@thread.tacv2', isGroup: true, conversationType: 'channel', name: '' },
    bot: { id: `28:${simulator.clientId}`, name: 'License Watch' },
  };
  await adapter.continueConversationAsync(appIdOf(identity), where, async (context) => {
    await context.sendActivity('Five users lost a license.');
  });
  const [, body = ''] = presented[0]?.replace(/^Bearer /, '').split('.') ?? [];
  return JSON.parse(Buffer.from(body, 'base64url').toString());
}

describe('a bot without a secret', () => {
  it('speaks with a certificate', async () => {
    expect(await speak({ BOT_CERTIFICATE_PATH: pem })).toMatchObject({
      aud: 'https://api.botframework.com',
      appid: simulator.clientId,
      tid: simulator.tenantId,
    });
  });

  it('speaks with the token of its platform, which is read again each time', async () => {
    const file = path.join(folder, 'token');
    await writeFile(file, `${platformToken()}\n`);
    expect(await speak({ BOT_FEDERATED_TOKEN_FILE: file })).toMatchObject({
      aud: 'https://api.botframework.com',
    });
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['another subject', { sub: 'system:serviceaccount:it:other' }, /700213.*subject/],
    ['another issuer', { iss: 'https://elsewhere.example' }, /700211.*issuer/],
    ['another audience', { aud: 'https://kubernetes.default.svc' }, /700212.*api:\/\/AzureADTokenExchange/],
    ['yesterday', { exp: Math.floor(Date.now() / 1000) - 86_400 }, /700024/],
  ])('says what is wrong with a platform token of %s', async (_, over, sentence) => {
    const file = path.join(folder, 'wrong-token');
    await writeFile(file, platformToken(over));
    await expect(speak({ BOT_FEDERATED_TOKEN_FILE: file })).rejects.toThrow(sentence);
    expect(presented).toEqual([]);
  });

  it('says that a file is no certificate', async () => {
    const file = path.join(folder, 'notes.pem');
    await writeFile(file, 'no certificate');
    await expect(speak({ BOT_CERTIFICATE_PATH: file })).rejects.toThrow(/must hold a certificate/);
  });
});

describe('the reader of the tenant without a secret', () => {
  const reads = async (credential: Record<string, string>) => {
    const config = configured({ BOT_PASSWORD: 'x' }, credential);
    const tenant = connectTenant({
      cloud: config.cloud,
      ...config.tenant,
      clock: systemClock,
      random: () => 0,
      log,
    });
    return tenant.checkAccess(new AbortController().signal);
  };

  it.each<[string, () => Promise<Record<string, string>>]>([
    ['a certificate', async () => ({ AAD_APP_CERTIFICATE_PATH: pem })],
    [
      'the token of a platform',
      async () => {
        const file = path.join(folder, 'reader-token');
        await writeFile(file, platformToken());
        return { AAD_APP_FEDERATED_TOKEN_FILE: file };
      },
    ],
  ])('reads with %s', async (_, credential) => {
    const checks = await reads(await credential());
    expect(checks.length).toBeGreaterThan(5);
    expect(checks.filter((check) => JSON.stringify(check).includes('"unauthorized"'))).toEqual([]);
  });
});
