import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/config.ts';
import { withEnvFiles } from '../../../src/config/env-files.ts';
import { VARIABLES } from '../../../src/config/variables.ts';
import { namesInEnvFile, projectFile, ROOT } from './project-files.ts';

/** What the platform reads, and what names the env file that the product reads: no settings of the product. */
const PLATFORM = new Set(['WEBSITE_RUN_FROM_PACKAGE', 'SCM_DO_BUILD_DURING_DEPLOYMENT', 'TEAMSFX_ENV']);
const GUID = '11111111-2222-4333-8444-555555555555';

const settings = [
  ...projectFile('infra/azure.bicep').matchAll(/name: '([A-Z][A-Z_]+)'(?:,|\s+)\s*value: (.+?)(?: })?$/gm),
]
  .map((match) => ({ name: match[1] ?? '', value: match[2] ?? '' }))
  .filter((setting) => !PLATFORM.has(setting.name));

/** What the template's expressions come to when it is deployed. */
function deployed(value: string): string {
  if (value.startsWith("'postgres://")) return 'postgres://user:password@host:5432/db?sslmode=verify-full';
  if (value.startsWith("'")) return value.slice(1, -1);
  return GUID;
}

describe('the settings that the Azure template gives the web app', () => {
  it('are all known to the product', () => {
    const known = new Set<string>(VARIABLES.map((variable) => variable.name));
    expect(settings.length).toBeGreaterThan(8);
    expect(settings.map((setting) => setting.name).filter((name) => !known.has(name))).toEqual([]);
  });

  it('are enough to start, without a contradiction', () => {
    const env = Object.fromEntries(settings.map(({ name, value }) => [name, deployed(value)]));
    const loaded = loadConfig(withEnvFiles(path.join(ROOT, 'env'), { ...env, TEAMSFX_ENV: 'dev' }));
    expect(loaded).toMatchObject({ ok: true });
    expect(loaded.ok && loaded.config.bot.type).toBe('UserAssignedMSI');
    expect(loaded.ok && loaded.config.tenant.credential.kind).toBe('managed-identity');
    expect(loaded.ok && loaded.config.http.host).toBe('0.0.0.0');
  });
});

describe('the settings that are deployed with the bot', () => {
  const ignored = projectFile('.webappignore').split('\n');
  const template = projectFile('infra/azure.bicep');

  it('are those of the environment that is deployed, without what the toolkit keeps for its user', () => {
    expect(template).toMatch(/\{ name: 'TEAMSFX_ENV', value: environmentName \}/);
    expect(projectFile('infra/azure.parameters.json')).toMatch(/"environmentName": .*\{\{TEAMSFX_ENV\}\}/);
    expect(ignored).toContain('env/*.user*');
    expect(ignored).not.toContain('env/');
  });

  // An empty variable stays in the parameters as its placeholder, so what may be empty must not be one.
  it('are no parameters of the template', () => {
    const inFile = new Set(namesInEnvFile('env/.env.dev'));
    const choices = VARIABLES.filter(({ section }) => section === 'Roles' || section === 'Watch');
    expect(choices.filter(({ name }) => template.includes(`'${name}'`))).toEqual([]);
    expect(choices.filter(({ name }) => inFile.has(name)).length).toBeGreaterThan(8);
    expect(VARIABLES.filter(({ name, secret }) => secret && inFile.has(name))).toEqual([]);
  });
});
