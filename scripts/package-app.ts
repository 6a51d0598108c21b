/**
 * Makes the Teams app package, `build/license-watch.zip`: `npm run package -- --env dev`. With `--read-channel` the
 * app asks each team's owner for the permission to read its channels: see docs/permissions.md.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { strToU8, zipSync } from 'fflate';
import { readEnvFiles } from '../src/config/env-files.ts';
import { APP_PACKAGE, fillManifest, manifestTemplate } from './app-manifest.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    env: { type: 'string', default: 'dev' },
    'read-channel': { type: 'boolean', default: false },
    out: { type: 'string', default: path.join(root, 'build', 'license-watch.zip') },
  },
});

const file = `env/.env.${options.env}`;
const manifest = fillManifest(
  manifestTemplate({ readChannel: options['read-channel'] }),
  readEnvFiles(path.join(root, 'env'), options.env),
);
for (const name of manifest.missing) console.error(`package: Set ${name} in ${file}.`);
if (manifest.missing.length > 0) process.exit(2);

const icon = (name: string) => readFileSync(path.join(APP_PACKAGE, name));
// Teams wants the three files at the top of the archive. A fixed date makes equal packages equal files.
const zip = zipSync(
  {
    'manifest.json': strToU8(manifest.text),
    'color.png': icon('color.png'),
    'outline.png': icon('outline.png'),
  },
  { mtime: new Date(2000, 0, 1) },
);
mkdirSync(path.dirname(options.out), { recursive: true });
writeFileSync(options.out, zip);

console.error(`package: ${path.relative(process.cwd(), options.out)}, ${zip.length} bytes`);
if (manifest.standIns.length > 0) {
  console.error(
    `package: Teams will refuse it until ${manifest.standIns.join(', ')} are set in ${file}; the toolkit's "provision" does that.`,
  );
}
