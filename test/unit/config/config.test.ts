import { describe, expect, it } from 'vitest';
import { loadConfig, loadDataConfig } from '../../../src/config/config.ts';
import type { Environment } from '../../../src/config/settings.ts';
import { anEnvironment, CLIENT_ID, TENANT_ID } from '../../builders/environment.ts';

const BOT_ID = '33333333-aaaa-4bbb-8ccc-444444444444';
const GROUP_ID = '55555555-aaaa-4bbb-8ccc-666666666666';
const UNIT_ID = '77777777-aaaa-4bbb-8ccc-888888888888';

function configOf(overrides: Environment = {}) {
  const loaded = loadConfig(anEnvironment(overrides));
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  return loaded.config;
}

function problemsOf(overrides: Environment): string[] {
  const loaded = loadConfig(anEnvironment(overrides));
  return loaded.ok ? [] : loaded.problems;
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
      data: { databaseUrl: 'file:./data/license-watch.db', auditRetentionDays: null },
      watch: {
        scanSchedule: '*/5 * * * *',
        fullScanSchedule: '0 */6 * * *',
        collectSchedule: '*/5 * * * *',
        auditCheckSchedule: '*/30 * * * *',
        settleMs: 300_000,
        massLossPercent: 10,
        timeZone: 'UTC',
      },
      onCall: null,
      spend: { priceList: null, productNames: null, excludedAccounts: new Set() },
      roles: {
        readerGroupId: null,
        operatorGroupId: null,
        ownerGroupId: null,
        readerRoleIds: [],
        operatorRoleIds: [],
        ownerRoleIds: [],
        scopedOperators: [],
        secondApproverAbove: null,
      },
      model: null,
      log: { level: 'info' },
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
      password: 'bot-secret',
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
      auditRetentionDays: 365,
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

describe('a wrong environment', () => {
  it.each<[string, Environment, RegExp]>([
    ['no tenant', { AAD_APP_TENANT_ID: undefined }, /^Set AAD_APP_TENANT_ID to the id of the tenant/],
    ['no app', { AAD_APP_CLIENT_ID: '' }, /^Set AAD_APP_CLIENT_ID to the client id/],
    ['no credential', { AAD_APP_CLIENT_SECRET: undefined }, /^Set one credential .*AAD_APP_CERTIFICATE_PATH/],
    [
      'two credentials',
      { AAD_APP_CERTIFICATE_PATH: '/x.pem' },
      /^Remove all but one of AAD_APP_CLIENT_SECRET and AAD_APP_CERTIFICATE_PATH/,
    ],
    ['a tenant that is no id', { AAD_APP_TENANT_ID: 'contoso.example' }, /^Set AAD_APP_TENANT_ID to an id/],
    ['an unknown cloud', { CLOUD: 'gcc' }, /^Set CLOUD to public, gcch, dod, china or custom; .*"gcc"/],
    ['a custom cloud without addresses', { CLOUD: 'custom' }, /^Set GRAPH_URL to its https origin/],
    ['an address of a cloud that has its own', { GRAPH_URL: 'https://x' }, /^Set CLOUD to custom, or remove/],
    ['an http authority', { CLOUD: 'custom', AUTHORITY_URL: 'http://localhost' }, /^Set AUTHORITY_URL to an/],
    [
      'an address with a path',
      { CLOUD: 'custom', GRAPH_URL: 'https://x/v1.0' },
      /^Set GRAPH_URL to an https/,
    ],
    ['an address that is none', { CLOUD: 'custom', GRAPH_URL: 'x y' }, /^Set GRAPH_URL to an https origin/],
    ['an open port without a bot id', { HOST: '0.0.0.0' }, /^Set BOT_ID .* HOST is now "0\.0\.0\.0"/],
    ['a password without a bot id', { BOT_PASSWORD: 'x' }, /^Set BOT_ID too, or remove BOT_PASSWORD/],
    ['a bot type without a tenant', { BOT_TYPE: 'UserAssignedMSI' }, /^Set BOT_TENANT_ID to/],
    ['a bot without a type', { BOT_ID, BOT_TENANT_ID: TENANT_ID }, /^Set BOT_TYPE to UserAssignedMSI or/],
    [
      'a multi-tenant bot',
      { BOT_ID, BOT_TENANT_ID: TENANT_ID, BOT_TYPE: 'MultiTenant' },
      /^Set BOT_TYPE to .*no new MultiTenant bots/,
    ],
    [
      'a single-tenant bot without password',
      { BOT_ID, BOT_TENANT_ID: TENANT_ID, BOT_TYPE: 'SingleTenant' },
      /^Set BOT_PASSWORD to the bot's client secret/,
    ],
    [
      'a managed identity with a password',
      { BOT_ID, BOT_TENANT_ID: TENANT_ID, BOT_TYPE: 'UserAssignedMSI', BOT_PASSWORD: 'x' },
      /^Remove BOT_PASSWORD, or set BOT_TYPE/,
    ],
    ['a port out of range', { PORT: '70000' }, /^Set PORT to a whole number/],
    ['a host with a scheme', { HOST: 'http://localhost' }, /^Set HOST to an address/],
    ['another database', { DATABASE_URL: 'mysql://h/d' }, /^Set DATABASE_URL to file:/],
    ['a database without a file', { DATABASE_URL: 'file:' }, /^Set DATABASE_URL to file:/],
    ['no day of retention', { AUDIT_RETENTION_DAYS: '0' }, /^Set AUDIT_RETENTION_DAYS to/],
    ['a bad cron line', { SCAN_SCHEDULE: 'every minute' }, /^Set SCAN_SCHEDULE to a cron line/],
    ['a cron line out of range', { FULL_SCAN_SCHEDULE: '61 * * * *' }, /^Set FULL_SCAN_SCHEDULE to a cron/],
    ['a negative settle time', { SETTLE_MINUTES: '-1' }, /^Set SETTLE_MINUTES to a number of minutes/],
    ['no percentage', { MASS_LOSS_PERCENT: '0' }, /^Set MASS_LOSS_PERCENT to a percentage/],
    ['more than everything', { MASS_LOSS_PERCENT: '100.1' }, /^Set MASS_LOSS_PERCENT to a percentage/],
    ['a time zone on Mars', { TIME_ZONE: 'Mars/Olympus' }, /^Set TIME_ZONE to an IANA time zone/],
    [
      'only some of the roles',
      { OPERATOR_GROUP_ID: GROUP_ID },
      /^Set READER_GROUP_ID or READER_ROLES, and OWNER_GROUP_ID or OWNER_ROLES too/,
    ],
    [
      'nobody who decides',
      { READER_GROUP_ID: GROUP_ID, OWNER_ROLES: 'Global Administrator' },
      /^Set OPERATOR_GROUP_ID or OPERATOR_ROLES or SCOPED_OPERATORS too/,
    ],
    [
      'a directory role that is none',
      { OPERATOR_ROLES: 'License Administrator, License Admin' },
      /^Set OPERATOR_ROLES to names of directory roles .* of these: .*Global Reader.*License Administrator.*"License Administrator, License Admin"\.$/,
    ],
    ['a list of no roles', { READER_ROLES: ' , ' }, /^Set READER_ROLES to names of directory roles/],
    ['a unit without a group', { SCOPED_OPERATORS: GROUP_ID }, /^Set SCOPED_OPERATORS to pairs of ids/],
    [
      'a unit that is no id',
      { SCOPED_OPERATORS: `${GROUP_ID}=${UNIT_ID},${GROUP_ID}=Berlin` },
      /^Set SCOPED_OPERATORS to pairs of ids/,
    ],
    [
      'a triple',
      { SCOPED_OPERATORS: `${GROUP_ID}=${UNIT_ID}=${UNIT_ID}` },
      /^Set SCOPED_OPERATORS to pairs of ids/,
    ],
    [
      'two answers to when a second operator is needed',
      { REQUIRE_SECOND_APPROVER: 'true', SECOND_APPROVER_ABOVE_USERS: '20' },
      /^Set REQUIRE_SECOND_APPROVER to false, or remove SECOND_APPROVER_ABOVE_USERS/,
    ],
    [
      'a negative number of users',
      { SECOND_APPROVER_ABOVE_USERS: '-1' },
      /^Set SECOND_APPROVER_ABOVE_USERS to a/,
    ],
    [
      'a switch that is neither',
      { REQUIRE_SECOND_APPROVER: 'maybe' },
      /^Set REQUIRE_SECOND_APPROVER to true/,
    ],
    ['two models', { OPENAI_API_KEY: 'x', AZURE_OPENAI_API_KEY: 'y' }, /only one language model is asked/],
    ['a model without its key', { OPENAI_MODEL: 'x' }, /^Set OPENAI_API_KEY to the key/],
    ['half an Azure model', { AZURE_OPENAI_API_KEY: 'x' }, /^Set AZURE_OPENAI_ENDPOINT to/],
    ['an unknown log level', { LOG_LEVEL: 'loud' }, /^Set LOG_LEVEL to trace, /],
    [
      'a secret that the toolkit encrypted',
      { AAD_APP_CLIENT_SECRET: undefined, SECRET_AAD_APP_CLIENT_SECRET: 'crypto_0a1b2c' },
      /^Set AAD_APP_CLIENT_SECRET to the secret itself/,
    ],
  ])('with %s says what to set', (_name, environment, sentence) => {
    const problems = problemsOf(environment);
    expect(problems.filter((problem) => sentence.test(problem))).toHaveLength(1);
    for (const problem of problems) expect(problem).toMatch(/^[A-Z].*\.$/);
  });

  it('tells all problems at once', () => {
    const problems = problemsOf({ PORT: 'x', TIME_ZONE: 'x', SCAN_SCHEDULE: 'x', AAD_APP_CLIENT_ID: '' });
    expect(problems).toHaveLength(4);
  });

  it('shows no secret, wherever it was put', () => {
    const secret = 'Zq8~hidden';
    const problems = problemsOf({
      AAD_APP_CLIENT_ID: secret,
      AAD_APP_CLIENT_SECRET: secret,
      AAD_APP_FEDERATED_TOKEN_FILE: '/x',
      BOT_PASSWORD: secret,
      DATABASE_URL: `mysql://sa:${secret}@host/db`,
      CLOUD: 'custom',
      GRAPH_URL: `https://user:${secret}@host`,
      OPENAI_BASE_URL: `ftp://user:${secret}@host`,
      OPENAI_API_KEY: secret,
      AZURE_OPENAI_API_KEY: secret,
    });
    expect(problems.length).toBeGreaterThan(6);
    expect(problems.join('\n')).not.toContain(secret);
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
