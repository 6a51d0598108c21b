import { describe, expect, it } from 'vitest';
import { loadConfig, loadDataConfig } from '../../../src/config/config.ts';
import { anEnvironment } from '../../builders/environment.ts';
import { namesInEnvFile } from '../../contract/packaging/project-files.ts';

const problemsOf = (name: string, value = 'x'): string[] => {
  const loaded = loadConfig(anEnvironment({ [name]: value }));
  return loaded.ok ? [] : loaded.problems;
};

describe('a name that is nearly a setting', () => {
  it.each([
    ['SETTLE_MINUTE', 'SETTLE_MINUTES'],
    ['SETTEL_MINUTES', 'SETTLE_MINUTES'],
    ['SETLE_MINUTE', 'SETTLE_MINUTES'],
    ['OPERATOR_ROLE', 'OPERATOR_ROLES'],
    ['OPERATER_ROLES', 'OPERATOR_ROLES'],
    ['READER_GROUP_IDS', 'READER_GROUP_ID'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['SCAN_SCHEDULES', 'SCAN_SCHEDULE'],
    ['FULLSCAN_SCHEDULE', 'FULL_SCAN_SCHEDULE'],
    ['ON_CALLS_', 'ON_CALL'],
    ['SECRET_BOT_PASWORD', 'BOT_PASSWORD'],
  ])('is refused: %s', (name, meant) => {
    expect(problemsOf(name)).toEqual([`There is no setting ${name}: did you mean ${meant}?`]);
  });

  it('is refused also by a command that only reads the database', () => {
    expect(loadDataConfig(anEnvironment({ TIME_ZONES: 'UTC' }))).toMatchObject({ ok: false });
  });

  it('is nothing while it is blank', () => {
    expect(problemsOf('SETTLE_MINUTE', ' ')).toEqual([]);
  });
});

describe('a name that is somebody else’s', () => {
  it.each([
    ...[
      'HOME',
      'HOST',
      'HOSTNAME',
      'PORT',
      'POST',
      'PATH',
      'TIMEZONE',
      'HTTPS_PROXY',
      'NODE_ENV',
      'LC_ALL',
      'TEMP',
    ],
    ...['SETTLE', 'SETTLE_HOURS', 'npm_config_user_agent', 'OLDPWD', 'LOGNAME', 'XDG_DATA_DIRS', 'DB_URL'],
    // Azure App Service, managed identity and Application Insights.
    ...['WEBSITE_HOSTNAME', 'WEBSITE_SITE_NAME', 'WEBSITE_INSTANCE_ID', 'WEBSITE_RUN_FROM_PACKAGE'],
    ...[
      'WEBSITE_AUTH_ENABLED',
      'WEBSITES_PORT',
      'WEBSITE_OWNER_NAME',
      'IDENTITY_ENDPOINT',
      'IDENTITY_HEADER',
    ],
    ...['MSI_ENDPOINT', 'MSI_SECRET', 'APPSETTING_WEBSITE_SITE_NAME', 'SCM_DO_BUILD_DURING_DEPLOYMENT'],
    ...['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_SUBSCRIPTION_ID', 'REGION_NAME'],
    // The Agents Toolkit.
    ...[
      'TEAMSFX_ENV',
      'APP_NAME_SUFFIX',
      'TEAMS_APP_TENANT_ID',
      'AAD_APP_OBJECT_ID',
      'AAD_APP_OAUTH_AUTHORITY',
    ],
    ...[
      'AAD_APP_OAUTH_AUTHORITY_HOST',
      'AAD_APP_ACCESS_AS_USER_PERMISSION_ID',
      'M365_TITLE_ID',
      'M365_APP_ID',
    ],
    ...['env/.env.dev', 'env/.env.local', 'env/.env.playground', 'env/.env.dev.user.example']
      .flatMap(namesInEnvFile)
      .filter((name) => !(name in anEnvironment())),
  ])('is no problem: %s', (name) => {
    expect(problemsOf(name, '').filter((problem) => problem.includes('did you mean'))).toEqual([]);
    expect(problemsOf(name, '1').filter((problem) => problem.includes('did you mean'))).toEqual([]);
  });
});
