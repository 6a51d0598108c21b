/**
 * Takes out of installed packages what nobody runs: maps, types and TypeScript (which Node loads from no package), docs,
 * and the tests of packages: `node scripts/trim-packages.ts node_modules`. Licenses stay.
 */
import { lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const UNUSED_FILE = /\.(?:map|[cm]?tsx?|flow|md|markdown|tsbuildinfo)$/i;
const LICENSE = /^(?:licen[cs]e|notice|copying)/i;
/** Folders at the top of a package, by the names that everybody uses. */
const UNUSED_FOLDER = new Set([
  '.github',
  '__tests__',
  'benchmark',
  'benchmarks',
  'doc',
  'docs',
  'example',
  'examples',
  'test',
  'tests',
]);

/** Trims all packages of a `node_modules` folder, and those below them. Returns how many bytes went. */
export function trimPackages(modules: string): number {
  let bytes = 0;
  for (const entry of readdirSync(modules, { withFileTypes: true })) {
    const folder = path.join(modules, entry.name);
    if (!entry.isDirectory()) continue;
    if (entry.name === '.bin') bytes += drop(folder);
    else if (entry.name.startsWith('@')) bytes += trimPackages(folder);
    else bytes += trimPackage(folder);
  }
  return bytes;
}

function trimPackage(folder: string): number {
  const entries = entryPointsOf(folder);
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    if (entry.name === 'node_modules') bytes += trimPackages(name);
    else if (!entry.isDirectory()) bytes += trimFile(name);
    else if (UNUSED_FOLDER.has(entry.name) && !entries.includes(`${entry.name}/`)) bytes += drop(name);
    else bytes += trimFolder(name);
  }
  return bytes;
}

/** What a package says of itself that can name a file to load. */
function entryPointsOf(folder: string): string {
  try {
    const { main, module, exports, imports, bin } = JSON.parse(
      readFileSync(path.join(folder, 'package.json'), 'utf8'),
    );
    return JSON.stringify([main, module, exports, imports, bin]);
  } catch {
    return '';
  }
}

function trimFolder(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) bytes += entry.name === 'node_modules' ? trimPackages(name) : trimFolder(name);
    else bytes += trimFile(name);
  }
  return bytes;
}

const trimFile = (file: string): number => {
  const name = path.basename(file);
  return UNUSED_FILE.test(name) && !LICENSE.test(name) ? drop(file) : 0;
};

function drop(name: string): number {
  const bytes = sizeOf(name);
  rmSync(name, { recursive: true, force: true });
  return bytes;
}

function sizeOf(name: string): number {
  const stat = lstatSync(name);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(name).reduce((sum, entry) => sum + sizeOf(path.join(name, entry)), 0);
}

if (import.meta.main) {
  const [modules] = process.argv.slice(2);
  if (modules === undefined) {
    console.error('Say which folder: node scripts/trim-packages.ts node_modules');
    process.exit(2);
  }
  console.error(`trim: ${Math.round(trimPackages(modules) / 1e6)} MB taken out of ${modules}`);
}
