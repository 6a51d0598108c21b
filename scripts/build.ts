/** Makes `lib/` from `src/`: JavaScript, the files beside it that it reads, and a command that can be run. */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = path.join(root, 'src');
const target = path.join(root, 'lib');

// A file that was deleted in src/ must not live on in lib/.
rmSync(target, { recursive: true, force: true });

const compiler = spawnSync(
  process.execPath,
  [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
  { cwd: root, stdio: 'inherit' },
);
if (compiler.status !== 0) process.exit(compiler.status ?? 1);

// The compiler copies the JSON that is imported, not the files that are read at run time.
const assets = globSync('**/*.*', { cwd: source, exclude: ['**/*.ts'] });
for (const asset of assets) {
  const copy = path.join(target, asset);
  mkdirSync(path.dirname(copy), { recursive: true });
  copyFileSync(path.join(source, asset), copy);
}

const main = path.join(target, 'main.js');
if (existsSync(main) && readFileSync(main, 'utf8').startsWith('#!')) chmodSync(main, 0o755);

const modules = globSync('**/*.js', { cwd: target }).length;
console.error(`build: ${modules} modules and ${assets.length} other files in lib/`);
