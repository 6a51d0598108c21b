import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { VARIABLES } from '../../../src/config/variables.ts';
import { namesInEnvFile, projectFile, projectFiles } from './project-files.ts';

const Step = z.object({
  uses: z.string(),
  with: z.record(z.string(), z.unknown()).default({}),
  writeToEnvironmentFile: z.record(z.string(), z.string()).default({}),
});
const Project = z.object({
  version: z.string(),
  environmentFolderPath: z.literal('./env'),
  provision: z.array(Step),
  deploy: z.array(Step),
  publish: z.array(Step).default([]),
});

const BICEP = projectFile('infra/azure.bicep');
const PARAMETERS = projectFile('infra/azure.parameters.json');
const MANIFEST = projectFile('appPackage/manifest.json');

/** A project file of the toolkit with the environment that it is run with. */
const PROJECTS = [
  {
    file: 'teamsapp.yml',
    envFiles: ['env/.env.dev', 'env/.env.dev.user.example'],
    outputs: bicepNames('output'),
    inputs: [PARAMETERS],
  },
  {
    file: 'teamsapp.local.yml',
    envFiles: ['env/.env.local', 'env/.env.local.user.example'],
    outputs: [],
    inputs: [],
  },
];

function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\$\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] ?? ''))];
}

function bicepNames(keyword: 'output' | 'param'): string[] {
  return [...BICEP.matchAll(new RegExp(`^${keyword} (\\w+) `, 'gm'))].map((match) => match[1] ?? '');
}

describe.each(PROJECTS)('$file', ({ file, envFiles, outputs, inputs }) => {
  const text = projectFile(file);
  const project = Project.parse(parse(text));
  const steps = [...project.provision, ...project.deploy, ...project.publish];
  const written = steps.flatMap((step) => Object.values(step.writeToEnvironmentFile));
  const known = new Set([...envFiles.flatMap(namesInEnvFile), ...written, ...outputs]);

  it('uses no placeholder that neither a step nor an env file gives', () => {
    const used = [text, MANIFEST, ...inputs].flatMap(placeholders);
    expect(used.length).toBeGreaterThan(8);
    expect(used.filter((name) => !known.has(name))).toEqual([]);
  });

  it('writes nothing into the env file that the file does not announce', () => {
    const announced = new Set(envFiles.flatMap(namesInEnvFile));
    const secret = (name: string) => name.startsWith('SECRET_');
    expect([...written, ...outputs].filter((name) => !announced.has(name) && !secret(name))).toEqual([]);
  });

  it('validates and zips the manifest before the app is updated', () => {
    const order = project.provision.map((step) => step.uses).filter((uses) => uses.startsWith('teamsApp/'));
    expect(order).toEqual([
      'teamsApp/create',
      'teamsApp/validateManifest',
      'teamsApp/zipAppPackage',
      'teamsApp/validateAppPackage',
      'teamsApp/update',
    ]);
  });
});

it('the local project writes only settings that the product knows', () => {
  const project = Project.parse(parse(projectFile('teamsapp.local.yml')));
  const step = project.deploy.find((one) => one.uses === 'file/createOrUpdateEnvironmentFile');
  const envs = z.record(z.string(), z.string()).parse(step?.with.envs);
  const known = new Set<string>(VARIABLES.map((variable) => variable.name));
  expect(Object.keys(envs).length).toBeGreaterThan(4);
  expect(Object.keys(envs).filter((name) => !known.has(name))).toEqual([]);
});

it.each(PROJECTS)('$file is written in the schema that knows service principals', ({ file }) => {
  const text = projectFile(file);
  expect(Project.parse(parse(text)).version).toBe('v1.11');
  expect(text).toContain('m365-agents-toolkits/v1.11/yaml.schema.json');
});

it('an app registration that the toolkit makes has a service principal and a secret, so that the bot can answer', () => {
  const registrations = PROJECTS.flatMap(
    ({ file }) => Project.parse(parse(projectFile(file))).provision,
  ).filter((step) => step.uses === 'aadApp/create');
  expect(registrations.map((step) => step.with)).toEqual([
    expect.objectContaining({
      signInAudience: 'AzureADMyOrg',
      generateClientSecret: true,
      generateServicePrincipal: true,
    }),
  ]);
});

it('no text starts the toolkit by the bare name, which is somebody else’s package on npm', () => {
  const texts = projectFiles('{*.md,*.yml,docs/**/*.md,env/.env.*,scripts/**/*.ts,src/**/*.ts}');
  expect(texts.length).toBeGreaterThan(100);
  const bare = texts.flatMap(({ name, text }) =>
    (text.match(/npx (?:-y |--yes )?atk\b|[`"]atk (?:provision|deploy|publish|auth)/g) ?? []).map(
      (hit) => `${name}: ${hit}`,
    ),
  );
  expect(bare).toEqual([]);
  expect(projectFile('docs/install.md')).toContain('npx -p @microsoft/m365agentstoolkit-cli atk provision');
});

describe('the Azure template', () => {
  it('makes the children of the database server one after another', () => {
    expect(BICEP).toMatch(
      /resource azureServices 'firewallRules' = \{\s+name: .+\s+dependsOn: \[\s+ownDatabase\s+\]/,
    );
  });

  it('gets every parameter that has no default, and none that it does not have', () => {
    const given = z.object({ parameters: z.record(z.string(), z.unknown()) }).parse(JSON.parse(PARAMETERS));
    const needed = [...BICEP.matchAll(/^param (\w+) \w+$/gm)].map((match) => match[1] ?? '');
    expect(needed.length).toBeGreaterThan(3);
    expect(needed.filter((name) => !(name in given.parameters))).toEqual([]);
    const declared = new Set(bicepNames('param').concat(needed));
    expect(Object.keys(given.parameters).filter((name) => !declared.has(name))).toEqual([]);
  });

  it('uses every parameter that it declares', () => {
    for (const name of [...BICEP.matchAll(/^param (\w+)/gm)].map((match) => match[1] ?? '')) {
      expect(BICEP.split(new RegExp(`\\b${name}\\b`)).length, name).toBeGreaterThan(2);
    }
  });
});
