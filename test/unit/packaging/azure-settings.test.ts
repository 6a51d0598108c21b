import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/config.ts';
import { VARIABLES } from '../../../src/config/variables.ts';
import { projectFile } from './project-files.ts';

/** Settings of the platform, not of the product. */
const PLATFORM = new Set(['WEBSITE_RUN_FROM_PACKAGE', 'SCM_DO_BUILD_DURING_DEPLOYMENT']);
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
  return value === 'timeZone' ? 'Europe/Amsterdam' : GUID;
}

describe('the settings that the Azure template gives the web app', () => {
  it('are all known to the product', () => {
    const known = new Set<string>(VARIABLES.map((variable) => variable.name));
    expect(settings.length).toBeGreaterThan(8);
    expect(settings.map((setting) => setting.name).filter((name) => !known.has(name))).toEqual([]);
  });

  it('are enough to start, without a contradiction', () => {
    const env = Object.fromEntries(settings.map(({ name, value }) => [name, deployed(value)]));
    const loaded = loadConfig(env);
    expect(loaded).toMatchObject({ ok: true });
    expect(loaded.ok && loaded.config.bot.type).toBe('UserAssignedMSI');
    expect(loaded.ok && loaded.config.tenant.credential.kind).toBe('managed-identity');
    expect(loaded.ok && loaded.config.http.host).toBe('0.0.0.0');
  });
});
