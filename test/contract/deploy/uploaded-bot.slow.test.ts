import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deployedEnvironment } from '../packaging/azure-template.ts';
import { ROOT } from '../packaging/project-files.ts';
import { layOutUpload } from '../packaging/uploaded.ts';

let folder = '';
let wwwroot = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'license-watch-upload-'));
  wwwroot = path.join(folder, 'wwwroot');
  const lib = path.join(folder, 'lib');
  const build = spawnSync(process.execPath, [path.join(ROOT, 'scripts/build.ts'), '--out', lib], {
    encoding: 'utf8',
  });
  if (build.status !== 0) throw new Error(build.stderr + build.stdout);
  expect(layOutUpload(wwwroot, lib)).toBeGreaterThan(5_000);
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }), 600_000);

/** Without the tests' own packages in reach: only what was uploaded can be loaded. */
const environment = (over: Record<string, string>): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  ...deployedEnvironment(),
  ...over,
});

it('starts from what the toolkit uploads, with the settings of the Azure template', async () => {
  const bot = spawn(process.execPath, ['lib/main.js', 'serve'], {
    cwd: wwwroot,
    env: environment({
      PORT: '0',
      OPERATIONS_PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: `file:${folder}/watch.db`,
    }),
  });
  const ended = once(bot, 'close');
  try {
    let output = '';
    const port = await new Promise<number>((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        output += chunk.toString();
        const up = /^\{.*"msg":"License Watch is up".*\}$/m.exec(output)?.[0];
        if (up) resolve(Number(JSON.parse(up).port));
      };
      bot.stdout.on('data', hear);
      bot.stderr.on('data', hear);
      bot.on('close', (code) => reject(new Error(`It ended with code ${code}:\n${output}`)));
    });
    const statusOf = async (name: string) => (await fetch(`http://127.0.0.1:${port}${name}`)).status;
    expect(await statusOf('/healthz')).toBe(200);
    // The platform passes this port on to everybody.
    for (const closed of ['/readyz', '/metrics', '/', '/api', '/healthz/x'])
      expect([closed, await statusOf(closed)]).toEqual([closed, 404]);
  } finally {
    bot.kill('SIGTERM');
    await ended;
  }
}, 240_000);

it.each(['scan', 'backfill', 'ask', 'detect', 'export', 'replay'])(
  'has what the command %s loads',
  (command) => {
    const help = spawnSync(process.execPath, ['lib/main.js', command, '--help'], {
      cwd: wwwroot,
      encoding: 'utf8',
      env: environment({}),
    });
    expect(help.stderr).toBe('');
    expect(help.stdout).toContain(`license-watch ${command}`);
  },
);

it('fires a shipped rule from its own folder', () => {
  const records = 'detections/forwarding/mailbox-forwards-outside.fires.ndjson';
  const run = spawnSync(
    process.execPath,
    ['lib/main.js', 'detect', 'detections', '--on', records, '--json'],
    {
      cwd: wwwroot,
      env: environment({}),
      encoding: 'utf8',
    },
  );
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
  const [first = ''] = run.stdout.split('\n');
  expect(JSON.parse(first)).toMatchObject({ class: 'forwarding', level: 'high' });
});
