import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentOf, lastStage, onlyOne, readDockerfile, wordsOf } from './dockerfile.ts';
import { buildLayers } from './image-layers.ts';
import { directive, environmentFile, readUnit, environmentOf as unitEnvironment } from './unit-file.ts';

const FIRST_VERSION = new URL('../storage/backup/first-version.db.gz', import.meta.url);
const MAX_BYTES = 250 * 1024 * 1024;
const dockerfile = readDockerfile();
const runtime = lastStage(dockerfile);

let folder = '';
let image = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'license-watch-image-'));
  chmodSync(folder, 0o755);
  image = buildLayers(dockerfile, path.join(folder, 'stages'));
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }), 600_000);

/** What `du` counts: blocks, a file of many names once. */
function diskUse(name: string, seen = new Set<number>()): number {
  const stat = lstatSync(name);
  const own = seen.has(stat.ino) ? 0 : stat.blocks * 512;
  seen.add(stat.ino);
  if (!stat.isDirectory()) return own;
  return readdirSync(name).reduce((sum, entry) => sum + diskUse(path.join(name, entry), seen), own);
}

const filesIn = (name: string): string[] =>
  readdirSync(name, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(image, path.join(entry.parentPath, entry.name)));

it('adds at most 250 MB, without maps, types, docs and sources', () => {
  const megabytes = Math.round(diskUse(image) / 1024 / 1024);
  expect(megabytes).toBeGreaterThan(40);
  expect(megabytes * 1024 * 1024).toBeLessThanOrEqual(MAX_BYTES);
  const files = filesIn(image);
  expect(
    files.filter((file) => /node_modules\/.*\.(map|d\.ts|md)$/i.test(file) && !/licen[cs]e/i.test(file)),
  ).toEqual([]);
  expect(readdirSync(path.join(image, 'app')).sort()).toEqual([
    'LICENSE',
    'detections',
    'lib',
    'node_modules',
    'package.json',
  ]);
  for (const name of ['vitest', 'typescript', '@biomejs/biome', 'node', 'playwright-core'])
    expect(existsSync(path.join(image, 'app/node_modules', name))).toBe(false);
});

it('keeps the license of each package that has one in a file', () => {
  const kept = filesIn(path.join(image, 'app/node_modules')).filter((file) =>
    /\/licen[cs]e[^/]*$/i.test(file),
  );
  expect(kept.length).toBeGreaterThan(150);
});

const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

describe('the same files on a Linux server', () => {
  it('start by the command, the settings and the environment file of the unit, and answer', async () => {
    const unit = readUnit('license-watch.service');
    const state = path.join(folder, 'state');
    mkdirSync(state);
    chmodSync(state, 0o777);
    const example = environmentFile('deploy/systemd/license-watch.env.example');
    const env: Record<string, string> = {
      ...unitEnvironment(unit),
      ...example,
      PORT: '4382',
      OPERATIONS_PORT: '4383',
    };
    for (const [name, value] of Object.entries(env)) {
      if (value === '')
        env[name] = name.endsWith('_ID') ? '11111111-2222-4333-8444-555555555555' : 'not a real one';
    }
    env.DATABASE_URL = env.DATABASE_URL?.replace('/var/lib/license-watch', state) ?? '';
    const [, ...words] = directive(unit, 'Service', 'ExecStart').split(' ');
    const bot = spawn(process.execPath, words, { cwd: path.join(image, 'app'), env, ...asNobody });
    let said = '';
    for (const stream of [bot.stdout, bot.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    const ended = once(bot, 'close');
    try {
      await expect
        .poll(() => (bot.exitCode === null ? said : `ended with ${bot.exitCode}: ${said}`), {
          timeout: 200_000,
        })
        .toContain('License Watch is up');
      const statusOf = async (address: string) => (await fetch(`http://127.0.0.1:${address}`)).status;
      expect(await statusOf('4382/healthz')).toBe(200);
      expect(await statusOf('4382/metrics')).toBe(404);
      expect(await statusOf('4383/metrics')).toBe(200);
      // It has read nothing yet: alive and not ready.
      expect(await statusOf('4383/readyz')).toBe(503);
      expect(
        (await fetch('http://127.0.0.1:4382/api/messages', { method: 'POST', body: '{}' })).status,
      ).toBeGreaterThan(399);
    } finally {
      bot.kill(directive(unit, 'Service', 'KillSignal') as NodeJS.Signals);
    }
    expect(await ended).toEqual([0, null]);
    expect(readdirSync(state)).toContain('license-watch.db');
  }, 240_000);
});

describe('what is in the image', () => {
  it('starts as somebody who can write to /data and /tmp alone, is healthy, upgrades what is there, and ends at SIGTERM', async () => {
    const data = path.join(folder, 'data');
    const tmp = path.join(folder, 'tmp');
    for (const place of [data, tmp]) {
      mkdirSync(place);
      chmodSync(place, 0o777);
    }
    const database = path.join(data, 'license-watch.db');
    writeFileSync(database, gunzipSync(readFileSync(FIRST_VERSION)), { mode: 0o666 });
    chmodSync(database, 0o666);
    const before = filesIn(image).length;
    const env = {
      PATH: path.dirname(process.execPath),
      TMPDIR: tmp,
      ...environmentOf(runtime),
      HOST: '127.0.0.1',
      PORT: '4384',
      DATABASE_URL: `file:${database}`,
      AAD_APP_TENANT_ID: '11111111-2222-4333-8444-555555555555',
      AAD_APP_CLIENT_ID: '11111111-2222-4333-8444-555555555556',
      AAD_APP_CLIENT_SECRET: 'not a real one',
      CLOUD: 'custom',
      AUTHORITY_URL: 'https://127.0.0.1:4399',
      GRAPH_URL: 'https://127.0.0.1:4399',
      MANAGEMENT_API_URL: 'https://127.0.0.1:4399',
    };
    const [program = '', ...words] = [
      ...wordsOf(onlyOne(runtime, 'ENTRYPOINT').rest),
      ...wordsOf(onlyOne(runtime, 'CMD').rest),
    ];
    const cwd = path.join(image, onlyWorkdir());
    const bot = spawn(program, words, { cwd, env, ...asNobody });
    let said = '';
    for (const stream of [bot.stdout, bot.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    const ended = once(bot, 'close');
    try {
      await expect
        .poll(() => (bot.exitCode === null ? said : `ended with ${bot.exitCode}: ${said}`), {
          timeout: 200_000,
        })
        .toContain('License Watch is up');
      expect(await healthy(cwd, env)).toBe(0);
      expect(await healthy(cwd, { ...env, PORT: '4385' })).toBe(1);
      expect(existsSync(`${database}.before-009-lease-terms`)).toBe(true);
    } finally {
      bot.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
    expect(filesIn(image)).toHaveLength(before);
  }, 240_000);

  const onlyWorkdir = (): string => onlyOne(dockerfile.stages[0] ?? runtime, 'WORKDIR').rest;

  async function healthy(cwd: string, env: Record<string, string>): Promise<number> {
    const [program = '', ...words] = wordsOf(onlyOne(runtime, 'HEALTHCHECK').rest.replace(/^CMD /, ''));
    const check = spawn(program, words, { cwd, env, ...asNobody, stdio: 'inherit' });
    const [code] = await once(check, 'close');
    return code;
  }

  it.each([
    'scan',
    'backfill',
    'ask',
    'detect',
    'export',
    'replay',
    'backup',
    'restore',
    'person',
    'archive',
    'route',
  ])('has what the command %s loads', async (command) => {
    const env = { PATH: path.dirname(process.execPath) };
    const help = spawn('node', ['lib/main.js', command, '--help'], {
      cwd: path.join(image, 'app'),
      env,
      ...asNobody,
    });
    let said = '';
    help.stdout.on('data', (chunk) => {
      said += chunk;
    });
    help.stderr.on('data', (chunk) => {
      said += `stderr: ${chunk}`;
    });
    await once(help, 'close');
    expect(said).toContain(`license-watch ${command}`);
    expect(said).not.toContain('stderr:');
  });
});
