import { describe, expect, it } from 'vitest';
import { loadConfig, loadDataConfig } from '../../../src/config/config.ts';
import type { Environment } from '../../../src/config/settings.ts';
import {
  anEnvironment,
  BOT_ID,
  CLIENT_ID,
  GROUP_ID,
  TENANT_ID,
  UNIT_ID,
} from '../../builders/environment.ts';

function configOf(overrides: Environment = {}) {
  const loaded = loadConfig(anEnvironment(overrides));
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  return loaded.config;
}

describe('a complete environment', () => {
  it('needs no more than a tenant, an app and one credential', () => {
    expect(configOf()).toEqual({
      bot: { type: 'anonymous' },
      http: {
        host: '127.0.0.1',
        port: 3978,
        operations: null,
        operationsToken: null,
        turnsPerMinute: 20,
      },
      tenant: {
        tenantId: TENANT_ID,
        clientId: CLIENT_ID,
        credential: { kind: 'secret', secret: 'tenant-secret' },
      },
      cloud: { name: 'public' },
      data: {
        databaseUrl: 'file:./data/license-watch.db',
        auditRetentionDays: null,
        archiveKeys: [],
        retentionPath: null,
        siem: null,
        databaseCopies: 3,
        keepSentences: true,
      },
      watch: {
        scanSchedule: '*/5 * * * *',
        fullScanSchedule: '0 */6 * * *',
        collectSchedule: '*/5 * * * *',
        auditCheckSchedule: '*/30 * * * *',
        settleMs: 300_000,
        massLossPercent: 10,
        notificationUrl: null,
        timeZone: 'UTC',
        detections: { path: null, values: null },
      },
      onCall: null,
      spend: { priceList: null, productNames: null, excludedAccounts: new Set() },
      routing: { path: null, quiet: [], digestAt: 480, escalateAfterMs: null },
      roles: {
        readerGroupId: null,
        operatorGroupId: null,
        ownerGroupId: null,
        readerRoleIds: [],
        operatorRoleIds: [],
        ownerRoleIds: [],
        auditorGroupId: null,
        auditorRoleIds: [],
        scopedOperators: [],
        secondApproverAbove: null,
      },
      model: null,
      log: { level: 'info' },
      telemetry: null,
    });
  });

  it('becomes typed values', () => {
    const config = configOf({
      BOT_ID: BOT_ID.toUpperCase(),
      BOT_TYPE: 'SingleTenant',
      BOT_TENANT_ID: TENANT_ID,
      SECRET_BOT_PASSWORD: 'bot-secret',
      HOST: '0.0.0.0',
      PORT: '8080',
      CLOUD: 'custom',
      AUTHORITY_URL: 'https://localhost:8443',
      GRAPH_URL: 'https://localhost:8443/',
      MANAGEMENT_API_URL: 'https://127.0.0.1:8444',
      DATABASE_URL: 'postgres://watch:pw@db.example/watch',
      AUDIT_RETENTION_DAYS: '365',
      KEEP_SENTENCES: 'false',
      SCAN_SCHEDULE: '*/20 * * * * *',
      SETTLE_MINUTES: '0.25',
      MASS_LOSS_PERCENT: '2.5',
      TIME_ZONE: 'Europe/Amsterdam',
      READER_GROUP_ID: GROUP_ID,
      OPERATOR_GROUP_ID: GROUP_ID,
      OWNER_GROUP_ID: GROUP_ID,
      REQUIRE_SECOND_APPROVER: 'FALSE',
      OPENAI_API_KEY: 'key',
      OPENAI_BASE_URL: 'http://127.0.0.1:1234/v1',
      LOG_LEVEL: 'debug',
    });
    expect(config.bot).toEqual({
      type: 'SingleTenant',
      id: BOT_ID,
      tenantId: TENANT_ID,
      credential: { kind: 'secret', secret: 'bot-secret' },
    });
    expect(config.http).toEqual({
      host: '0.0.0.0',
      port: 8080,
      operations: null,
      operationsToken: null,
      turnsPerMinute: 20,
    });
    expect(config.cloud).toEqual({
      name: 'custom',
      endpoints: {
        authority: 'https://localhost:8443',
        graph: 'https://localhost:8443',
        managementApi: 'https://127.0.0.1:8444',
      },
    });
    expect(config.data).toEqual({
      databaseUrl: 'postgres://watch:pw@db.example/watch',
      retentionPath: null,
      archiveKeys: [],
      siem: null,
      auditRetentionDays: 365,
      databaseCopies: 3,
      keepSentences: false,
    });
    expect(config.watch).toMatchObject({
      scanSchedule: '*/20 * * * * *',
      settleMs: 15_000,
      massLossPercent: 2.5,
      timeZone: 'Europe/Amsterdam',
    });
    expect(config.roles.operatorGroupId).toBe(GROUP_ID);
    expect(config.model).toEqual({
      kind: 'openai',
      apiKey: 'key',
      baseUrl: 'http://127.0.0.1:1234/v1',
      model: 'gpt-4o-mini',
    });
    expect(config.log.level).toBe('debug');
  });

  it.each<[string, Environment, object]>([
    [
      'a certificate',
      { AAD_APP_CERTIFICATE_PATH: '/run/app.pem' },
      { kind: 'certificate', path: '/run/app.pem' },
    ],
    ['a managed identity', { AAD_APP_MANAGED_IDENTITY: 'true' }, { kind: 'managed-identity' }],
    [
      'a federated token',
      { AAD_APP_FEDERATED_TOKEN_FILE: '/run/token' },
      { kind: 'federated-token', path: '/run/token' },
    ],
    ['a secret of the toolkit', { SECRET_AAD_APP_CLIENT_SECRET: 'x' }, { kind: 'secret', secret: 'x' }],
  ])('signs in with %s', (_name, environment, credential) => {
    const config = configOf({ AAD_APP_CLIENT_SECRET: undefined, ...environment });
    expect(config.tenant.credential).toEqual(credential);
  });

  it('prefers a setting over its twin with the toolkit prefix', () => {
    const config = configOf({ AAD_APP_CLIENT_SECRET: 'plain', SECRET_AAD_APP_CLIENT_SECRET: 'toolkit' });
    expect(config.tenant.credential).toEqual({ kind: 'secret', secret: 'plain' });
  });

  it('knows directory roles by their names in any case, and groups by their units', () => {
    const { roles } = configOf({
      READER_ROLES: 'Global Reader, security reader',
      OPERATOR_ROLES: 'License Administrator',
      OWNER_ROLES: 'GLOBAL ADMINISTRATOR',
      SCOPED_OPERATORS: `${GROUP_ID.toUpperCase()} = ${UNIT_ID}, ${UNIT_ID}=${GROUP_ID}`,
    });
    expect(roles).toMatchObject({
      readerRoleIds: ['f2ef992c-3afb-46b9-b7cf-a126ee74c451', '5d6b6bb7-de71-4623-b4af-96380a352509'],
      operatorRoleIds: ['4d6ac14f-3453-41d0-bef9-a3e0c569773a'],
      ownerRoleIds: ['62e90394-69f5-4237-9190-012177145e10'],
      scopedOperators: [
        { groupId: GROUP_ID, unitId: UNIT_ID },
        { groupId: UNIT_ID, unitId: GROUP_ID },
      ],
    });
  });

  it.each<[Environment, number | null]>([
    [{ REQUIRE_SECOND_APPROVER: 'false' }, null],
    [{ REQUIRE_SECOND_APPROVER: 'true' }, 0],
    [{ SECOND_APPROVER_ABOVE_USERS: '0' }, 0],
    [{ SECOND_APPROVER_ABOVE_USERS: '20' }, 20],
    [{ REQUIRE_SECOND_APPROVER: 'true', SECOND_APPROVER_ABOVE_USERS: '0' }, 0],
    [{ REQUIRE_SECOND_APPROVER: 'false', SECOND_APPROVER_ABOVE_USERS: '20' }, 20],
  ])('asks for a second operator as %o says: above %s users', (environment, above) => {
    expect(configOf(environment).roles.secondApproverAbove).toBe(above);
  });

  it('takes a blank value as not set', () => {
    expect(configOf({ BOT_ID: '  ', PORT: '', CLOUD: ' ' }).http.port).toBe(3978);
  });
});

describe('the settings of commands that only look into the database', () => {
  it('need no tenant and no bot', () => {
    const loaded = loadDataConfig({ DATABASE_URL: 'file:x.db', TIME_ZONE: 'Asia/Tokyo', HOST: '0.0.0.0' });
    expect(loaded.ok && loaded.config.data.databaseUrl).toBe('file:x.db');
    expect(loaded.ok && loaded.config.watch.timeZone).toBe('Asia/Tokyo');
  });

  it('are still checked', () => {
    expect(loadDataConfig({ DATABASE_URL: 'nowhere', LOG_LEVEL: 'x' })).toMatchObject({
      ok: false,
      problems: [expect.stringMatching(/^Set DATABASE_URL/), expect.stringMatching(/^Set LOG_LEVEL/)],
    });
  });
});
