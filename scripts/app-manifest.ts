import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const APP_PACKAGE = fileURLToPath(new URL('../appPackage/', import.meta.url));

/** Stand in until `provision` has written the real ones, so that the package can be made and looked at. */
const STAND_INS: Record<string, string> = {
  TEAMS_APP_ID: '00000000-0000-0000-0000-000000000000',
  BOT_ID: '00000000-0000-0000-0000-000000000000',
  AAD_APP_CLIENT_ID: '00000000-0000-0000-0000-000000000000',
  BOT_DOMAIN: 'localhost',
};

/** Text as it stands between the quotes of JSON, with the placeholders that had no value. */
export type FilledManifest = { text: string; standIns: string[]; missing: string[] };

/**
 * Fills the `${{NAME}}` placeholders of a manifest, as the Agents Toolkit does.
 * @param values names and values; an empty value counts as missing, but for `APP_NAME_SUFFIX`
 */
export function fillManifest(template: string, values: Record<string, string>): FilledManifest {
  const standIns = new Set<string>();
  const missing = new Set<string>();
  const text = template.replace(/\$\{\{\s*(\w+)\s*\}\}/g, (_placeholder, name: string) => {
    const value = values[name];
    if (value || (name === 'APP_NAME_SUFFIX' && value !== undefined))
      return JSON.stringify(value).slice(1, -1);
    const standIn = STAND_INS[name];
    if (standIn === undefined) missing.add(name);
    else standIns.add(name);
    return standIn ?? '';
  });
  return { text, standIns: [...standIns], missing: [...missing] };
}

/**
 * The manifest with its placeholders.
 * @param readChannel also asks each team's owner for the permission to read its channels: see docs/permissions.md
 */
export function manifestTemplate({ readChannel = false } = {}): string {
  const manifest = readFileSync(path.join(APP_PACKAGE, 'manifest.json'), 'utf8');
  if (!readChannel) return manifest;
  const more = readFileSync(path.join(APP_PACKAGE, 'read-channel.json'), 'utf8');
  return JSON.stringify({ ...JSON.parse(manifest), ...JSON.parse(more) }, null, 2);
}
