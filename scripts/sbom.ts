/**
 * Writes what License Watch is made of, for those who have to approve it: `npm run sbom` makes `build/sbom.cdx.json`
 * (CycloneDX, of the packages that run) and `build/licenses.csv`. Works without a network. Exits 1 where a package has a
 * license that nobody has looked at.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Licenses that ask for no more than to be named, by their SPDX ids. */
const LOOKED_AT = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Packages that say it only in a text: what it says, read in the version named. */
const SAID_IN_TEXT: Readonly<Record<string, string>> = {
  'escape-regexp-component@1.0.2': 'MIT',
  'jspath@0.4.0': 'MIT OR GPL-2.0-only',
};

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      dev: z.boolean().optional(),
      license: z.string().optional(),
    }),
  ),
});
export type Licensed = { name: string; version: string; license: string };

/** Every package that runs with its license: of the lock file, or of the package itself where that has none. */
export function licensesOf(project: string): Licensed[] {
  const { packages } = Lock.parse(JSON.parse(readFileSync(path.join(project, 'package-lock.json'), 'utf8')));
  return Object.entries(packages)
    .filter(([folder, { dev }]) => folder !== '' && !dev)
    .map(([folder, { version = '', license }]) => {
      const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const said = license ?? SAID_IN_TEXT[`${name}@${version}`];
      return { name, version, license: said ?? licenseInside(path.join(project, folder)) };
    })
    .sort((one, other) => one.name.localeCompare(other.name) || one.version.localeCompare(other.version));
}

/** Older packages write an object, or a list of them. */
const Inside = z.object({
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  licenses: z.array(z.object({ type: z.string() })).optional(),
});

function licenseInside(folder: string): string {
  const file = path.join(folder, 'package.json');
  // A package for another system is in the lock file and not installed.
  if (!existsSync(file)) return 'unknown';
  const { license, licenses } = Inside.parse(JSON.parse(readFileSync(file, 'utf8')));
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'unknown';
}

/** Whether one of the licenses that a package offers has been looked at; all of those that it joins have to be. */
export const isLookedAt = (license: string): boolean =>
  license
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => LOOKED_AT.has(one.trim())));

/** As far as it is read here; the rest is kept as npm wrote it. */
const Bill = z.looseObject({
  metadata: z.looseObject({ component: z.looseObject({ 'bom-ref': z.string(), name: z.string() }) }),
  components: z.array(
    z.looseObject({
      'bom-ref': z.string(),
      group: z.string().optional(),
      name: z.string(),
      version: z.string(),
    }),
  ),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).optional() })),
});

/** npm's bill of everything, with what runs alone. */
function billOf(text: string, licenses: readonly Licensed[]): z.infer<typeof Bill> {
  const bill = Bill.parse(JSON.parse(text));
  const runs = new Set(licenses.map(({ name, version }) => `${name}@${version}`));
  const nameOf = ({ group, name }: { group?: string | undefined; name: string }): string =>
    group ? `${group}/${name}` : name;
  const components = bill.components.filter((one) => runs.has(`${nameOf(one)}@${one.version}`));
  const product = bill.metadata.component;
  const refs = new Set([product['bom-ref'], ...components.map((one) => one['bom-ref'])]);
  const dependencies = bill.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map((one) => ({ ...one, dependsOn: (one.dependsOn ?? []).filter((ref) => refs.has(ref)) }));
  // npm names the product after the folder of the checkout.
  const metadata = { ...bill.metadata, component: { ...product, name: 'license-watch' } };
  return { ...bill, metadata, components, dependencies };
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string', default: path.join(root, 'build') } } });
  mkdirSync(values.out, { recursive: true });
  // With --omit dev npm 11 also leaves out what runs and is needed by a development package besides: pg, yaml.
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const made = spawnSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  if (made.status !== 0) {
    console.error(`sbom: ${made.stderr}`);
    process.exit(1);
  }
  const licenses = licensesOf(root);
  const bill = billOf(made.stdout, licenses);
  writeFileSync(path.join(values.out, 'sbom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const rows = licenses.map((one) => [one.name, one.version, one.license].map(quoted).join(','));
  writeFileSync(path.join(values.out, 'licenses.csv'), `name,version,license\n${rows.join('\n')}\n`);
  const unseen = licenses.filter(({ license }) => !isLookedAt(license));
  for (const { name, version, license } of unseen) {
    console.error(
      `sbom: ${name} ${version} has the license ${license}: look at it, and add it to scripts/sbom.ts.`,
    );
  }
  console.error(`sbom: ${licenses.length} packages, in ${path.relative(process.cwd(), values.out) || '.'}`);
  process.exit(unseen.length === 0 ? 0 : 1);
}
