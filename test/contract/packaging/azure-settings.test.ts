import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/config.ts';
import { withEnvFiles } from '../../../src/config/env-files.ts';
import { VARIABLES } from '../../../src/config/variables.ts';
import { deployedEnvironment, TEMPLATE_SETTINGS } from './azure-template.ts';
import { namesInEnvFile, projectFile, ROOT } from './project-files.ts';
import { uploadRules } from './uploaded.ts';

describe('the settings that the Azure template gives the web app', () => {
  it('are all known to the product', () => {
    const known = new Set<string>(VARIABLES.map((variable) => variable.name));
    expect(TEMPLATE_SETTINGS.length).toBeGreaterThan(8);
    expect(TEMPLATE_SETTINGS.map((setting) => setting.name).filter((name) => !known.has(name))).toEqual([]);
  });

  it('are enough to start, without a contradiction', () => {
    const loaded = loadConfig(withEnvFiles(path.join(ROOT, 'env'), deployedEnvironment()));
    expect(loaded).toMatchObject({ ok: true });
    expect(loaded.ok && loaded.config.bot.type).toBe('UserAssignedMSI');
    expect(loaded.ok && loaded.config.tenant.credential.kind).toBe('managed-identity');
    expect(loaded.ok && loaded.config.http.host).toBe('0.0.0.0');
  });
});

describe('the settings that are deployed with the bot', () => {
  const isUploaded = uploadRules();
  const template = projectFile('infra/azure.bicep');

  it('are those of the environment that is deployed, without what the toolkit keeps for its user', () => {
    expect(template).toMatch(/\{ name: 'TEAMSFX_ENV', value: environmentName \}/);
    expect(projectFile('infra/azure.parameters.json')).toMatch(/"environmentName": .*\{\{TEAMSFX_ENV\}\}/);
    expect(isUploaded('env/.env.dev')).toBe(true);
    expect(['env/.env.dev.user', 'env/.env.dev.user.example', 'env/.env.local'].filter(isUploaded)).toEqual(
      [],
    );
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
