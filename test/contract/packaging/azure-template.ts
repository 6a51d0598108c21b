import { projectFile } from './project-files.ts';

/** What the platform reads, and what names the env file that the product reads: no settings of the product. */
const PLATFORM = new Set(['WEBSITE_RUN_FROM_PACKAGE', 'SCM_DO_BUILD_DURING_DEPLOYMENT', 'TEAMSFX_ENV']);
const GUID = '11111111-2222-4333-8444-555555555555';

/** The settings of the product that the Azure template gives the web app, with the template's expressions. */
export const TEMPLATE_SETTINGS = [
  ...projectFile('infra/azure.bicep').matchAll(/name: '([A-Z][A-Z_]+)'(?:,|\s+)\s*value: (.+?)(?: })?$/gm),
]
  .map((match) => ({ name: match[1] ?? '', value: match[2] ?? '' }))
  .filter((setting) => !PLATFORM.has(setting.name));

/** The environment of the web app once the template is deployed as `env/.env.dev`, with an id for each id. */
export const deployedEnvironment = (): Record<string, string> => ({
  ...Object.fromEntries(TEMPLATE_SETTINGS.map(({ name, value }) => [name, deployed(value)])),
  TEAMSFX_ENV: 'dev',
});

/** What the template's expressions come to when it is deployed. */
function deployed(value: string): string {
  if (value.startsWith("'postgres://")) return 'postgres://user:password@host:5432/db?sslmode=verify-full';
  if (value.startsWith("'")) return value.slice(1, -1);
  const standard = new RegExp(`^param ${value} string = '(.*)'$`, 'm').exec(projectFile('infra/azure.bicep'));
  if (standard) return standard[1] ?? '';
  return GUID;
}
