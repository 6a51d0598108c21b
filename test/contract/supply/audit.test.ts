import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Explained } from '../../../scripts/audit.ts';
import written from '../../../scripts/audit-explained.json' with { type: 'json' };
import { ROOT } from '../packaging/project-files.ts';

const ADVISORY = 'GHSA-abcd-2345-wxyz';
const WHY = 'The bot never parses such a text: it comes from Microsoft alone.';

let folder: string;
let registry: Server;
let asked: string[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-audit-'));
  asked = [];
  registry = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString();
    asked.push(...Object.keys(text === '' ? {} : JSON.parse(text)));
    response.setHeader('content-type', 'application/json');
    // npm also asks which versions of a package there are.
    const name = decodeURIComponent(request.url?.slice(1) ?? '');
    if (request.method === 'GET') return void response.end(JSON.stringify(packumentOf(name)));
    response.end(
      JSON.stringify({
        restify: [
          {
            id: 1,
            url: `https://github.com/advisories/${ADVISORY}`,
            title: 'A long header takes a long time',
            severity: 'high',
            vulnerable_versions: '>=1.0.0',
            cwe: [],
            cvss: { score: 7.5, vectorString: null },
          },
        ],
      }),
    );
  }).listen(0, '127.0.0.1');
  await once(registry, 'listening');
});
afterEach(async () => {
  registry.close();
  await rm(folder, { recursive: true });
});

const packumentOf = (name: string) => ({
  name,
  'dist-tags': { latest: '12.0.0' },
  versions: { '12.0.0': { name, version: '12.0.0' } },
});

async function audit(explained: unknown): Promise<{ code: number; said: string }> {
  const file = path.join(folder, 'explained.json');
  await writeFile(file, JSON.stringify(explained));
  const address = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
  const script = path.join(ROOT, 'scripts/audit.ts');
  const child = spawn(process.execPath, [script, '--registry', address, '--explained', file], {
    cwd: folder,
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, said };
}
const explanation = (over: object = {}) => ({
  advisory: ADVISORY,
  package: 'restify',
  why: WHY,
  until: '2999-01-01',
  ...over,
});

describe('npm run audit', () => {
  it('fails for a finding that nobody has explained, and asks about what runs only', async () => {
    expect(await audit([])).toMatchObject({
      code: 1,
      said: expect.stringContaining(`${ADVISORY} (high) in restify`),
    });
    expect(asked).toContain('restify');
    expect(asked).not.toContain('@biomejs/biome');
  });

  it.each([
    ['takes an explanation', [explanation()], 0, /1 found, 0 to be looked at/],
    ['not for ever', [explanation({ until: '2026-01-01' })], 1, /good until 2026-01-01: look again/],
    ['not that of another package', [explanation({ package: 'pino' })], 1, /Upgrade it, or say/],
    [
      'and says which is no longer needed',
      [explanation(), explanation({ advisory: 'GHSA-0000-0000-0000' })],
      0,
      /no longer found: remove/,
    ],
  ])('%s', async (_, explained, code, sentence) => {
    expect(await audit(explained)).toMatchObject({ code, said: expect.stringMatching(sentence) });
  });

  it('says that npm could not be asked, which is no good news', async () => {
    registry.removeAllListeners('request');
    registry.on('request', (_, response) => response.writeHead(405).end());
    expect(await audit([])).toMatchObject({ code: 2, said: expect.stringContaining('could not be asked') });
  });

  it('has explanations that are whole', () => {
    expect(() => Explained.parse(written)).not.toThrow();
  });
});
