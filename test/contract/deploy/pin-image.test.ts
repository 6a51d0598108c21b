import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { projectFile, ROOT } from '../packaging/project-files.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

let folder: string;
let file: string;
let registry: Server;
let asked: { method: string; url: string; accept: string | undefined; token: string | undefined }[];
let answer: { status: number; digest: string | null };

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-pin-'));
  file = path.join(folder, 'Dockerfile');
  await writeFile(file, projectFile('Dockerfile').replace(/^ARG NODE_DIGEST=.*$/m, 'ARG NODE_DIGEST='));
  asked = [];
  answer = { status: 200, digest: DIGEST };
  registry = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    asked.push({ method, url, accept: headers.accept, token: headers.authorization });
    if (url.startsWith('/token')) return void response.end(JSON.stringify({ token: 'a-token' }));
    response.statusCode = headers.authorization === 'Bearer a-token' ? answer.status : 401;
    if (answer.digest !== null) response.setHeader('docker-content-digest', answer.digest);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(registry, 'listening');
});
afterEach(async () => {
  registry.close();
  await rm(folder, { recursive: true });
});

async function pin(...args: string[]): Promise<{ code: number; said: string }> {
  const here = `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;
  const script = path.join(ROOT, 'scripts/pin-image.ts');
  const child = spawn(process.execPath, [
    script,
    '--file',
    file,
    '--auth',
    here,
    '--registry',
    here,
    ...args,
  ]);
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, said };
}
const pinnedTo = async (): Promise<string | undefined> =>
  /^ARG NODE_DIGEST=(.*)$/m.exec(await readFile(file, 'utf8'))?.[1];

it('asks the registry for the digest of the tag, for every processor, and writes it', async () => {
  const version = /^ARG NODE_VERSION=(.*)$/m.exec(projectFile('Dockerfile'))?.[1];
  expect(await pin()).toMatchObject({ code: 0, said: expect.stringContaining(`@${DIGEST}`) });
  expect(await pinnedTo()).toBe(`@${DIGEST}`);
  expect(asked).toMatchObject([
    { url: '/token?service=registry.docker.io&scope=repository:library/node:pull' },
    {
      method: 'HEAD',
      url: `/v2/library/node/manifests/${version}-slim`,
      accept: expect.stringContaining('application/vnd.oci.image.index.v1+json'),
    },
  ]);
  expect(await pin()).toMatchObject({ code: 0, said: expect.stringContaining('has the digest') });
});

it('only compares with --check', async () => {
  expect(await pin('--check')).toMatchObject({
    code: 1,
    said: expect.stringContaining('Run npm run pin-image'),
  });
  expect(await pinnedTo()).toBe('');
  await pin();
  expect(await pin('--check')).toMatchObject({ code: 0 });
});

it.each<[string, { status: number; digest: string | null }, RegExp]>([
  ['there is no such tag', { status: 404, digest: null }, /There is no image node:/],
  ['the registry is down', { status: 503, digest: null }, /did not say what .* is \(503\)/],
  ['the registry gives no digest', { status: 200, digest: null }, /gave no digest/],
  ['the registry gives something else', { status: 200, digest: 'latest' }, /gave no digest/],
])('changes nothing when %s', async (_, given, sentence) => {
  answer = given;
  expect(await pin()).toMatchObject({ code: 1, said: expect.stringMatching(sentence) });
  expect(await pinnedTo()).toBe('');
});
