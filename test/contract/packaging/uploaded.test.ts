import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { ROOT } from './project-files.ts';
import { uploadRules } from './uploaded.ts';

const Coverage = z.object({ result: z.array(z.object({ url: z.string() })) });

/** Every file of a package that a process loads which imports the whole product, the demo aside. */
function packageFilesThatLoad(): string[] {
  const modules = globSync('src/{compose.ts,cli/{serve,scan,ask,export,backfill,replay}.ts}', { cwd: ROOT });
  const imports = modules.map(
    (file) => `import ${JSON.stringify(pathToFileURL(path.join(ROOT, file)).href)};`,
  );
  const dir = mkdtempSync(path.join(tmpdir(), 'license-watch-loaded-'));
  try {
    // Node's record of coverage lists each script that was compiled, of whatever kind of module.
    const run = spawnSync(process.execPath, ['--input-type=module', '--eval', imports.join('\n')], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, NODE_V8_COVERAGE: dir },
    });
    if (run.status !== 0) throw new Error(run.stderr);
    const loaded = readdirSync(dir).flatMap((file) =>
      Coverage.parse(JSON.parse(readFileSync(path.join(dir, file), 'utf8'))).result.map(({ url }) => url),
    );
    return loaded
      .filter((url) => url.startsWith('file:') && url.includes('/node_modules/'))
      .map((url) => path.relative(ROOT, fileURLToPath(url)).split(path.sep).join('/'));
  } finally {
    rmSync(dir, { recursive: true });
  }
}

it('every file of a package that the product imports is uploaded', () => {
  const loaded = packageFilesThatLoad();
  expect(loaded.length).toBeGreaterThan(500);
  const isUploaded = uploadRules();
  expect(loaded.filter((file) => !isUploaded(file))).toEqual([]);
}, 60_000);

it('every shipped rule and its records are uploaded', () => {
  const files = globSync('detections/**/*.*', { cwd: ROOT }).map((file) => file.split(path.sep).join('/'));
  expect(files.length).toBeGreaterThan(150);
  expect(files.filter((file) => !uploadRules()(file))).toEqual([]);
});

it.each([
  'src/main.ts',
  'test/contract/packaging/uploaded.test.ts',
  'node_modules/.bin/tsc',
  'README.md',
  '.npmrc',
])('leaves out %s, which only a checkout needs', (file) => {
  expect(uploadRules()(file)).toBe(false);
});
