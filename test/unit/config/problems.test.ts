import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/config.ts';
import type { Environment } from '../../../src/config/settings.ts';
import { anEnvironment, BOT_ID, GROUP_ID, TENANT_ID, UNIT_ID } from '../../builders/environment.ts';

function problemsOf(overrides: Environment): string[] {
  const loaded = loadConfig(anEnvironment(overrides));
  return loaded.ok ? [] : loaded.problems;
}

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
    [
      'a managed identity with a certificate',
      { BOT_ID, BOT_TENANT_ID: TENANT_ID, BOT_TYPE: 'UserAssignedMSI', BOT_CERTIFICATE_PATH: 'bot.pem' },
      /^Remove BOT_CERTIFICATE_PATH, or set BOT_TYPE/,
    ],
    [
      'a bot with two credentials',
      {
        BOT_ID,
        BOT_TENANT_ID: TENANT_ID,
        BOT_TYPE: 'SingleTenant',
        BOT_PASSWORD: 'x',
        BOT_FEDERATED_TOKEN_FILE: 'token',
      },
      /^Remove all but one of BOT_PASSWORD and BOT_FEDERATED_TOKEN_FILE/,
    ],
    [
      'a federated bot without an id',
      { BOT_FEDERATED_TOKEN_FILE: 'token' },
      /^Set BOT_ID too, or remove BOT_FEDERATED_TOKEN_FILE/,
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
