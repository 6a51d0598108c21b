/**
 * Makes `lib/` from `src/`: JavaScript, the files beside it that it reads, and a command that can be run.
 * `--out <folder>` makes it elsewhere; the folder is emptied first.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = path.join(root, 'src');
const { values: options } = parseArgs({
  options: { out: { type: 'string', default: path.join(root, 'lib') } },
});
const target = path.resolve(options.out);

// A file that was deleted in src/ must not live on in lib/.
rmSync(target, { recursive: true, force: true });

const compiler = spawnSync(
  process.execPath,
  [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json', '--outDir', target],
  { cwd: root, stdio: 'inherit' },
);
if (compiler.status !== 0) process.exit(compiler.status ?? 1);

// The compiler copies the JSON that is imported, not the files that are read at run time; sentences to learn from
// are read by nobody who runs the product.
const assets = globSync('**/*.*', { cwd: source, exclude: ['**/*.ts', 'language/training/**'] });
for (const asset of assets) {
  const copy = path.join(target, asset);
  mkdirSync(path.dirname(copy), { recursive: true });
  copyFileSync(path.join(source, asset), copy);
}

const main = path.join(target, 'main.js');
if (existsSync(main) && readFileSync(main, 'utf8').startsWith('#!')) chmodSync(main, 0o755);

const modules = globSync('**/*.js', { cwd: target }).length;
console.error(
  `build: ${modules} modules and ${assets.length} other files in ${path.relative(root, target)}/`,
);
