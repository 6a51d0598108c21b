import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UploadSource } from '../../../src/domain/ports.ts';
import { createExchange } from '../../../src/microsoft365/http/exchange.ts';
import { uploadAddress } from '../../../src/microsoft365/upload/upload-address.ts';
import { createUploads } from '../../../src/microsoft365/upload/upload-file.ts';
import { UploadServer } from '../../fakes/upload-server.ts';

const PART = 16 * 320 * 1024;
const MB_12 = 12 * 1024 * 1024;

let server: UploadServer;
const slept: number[] = [];
beforeEach(async () => {
  server = new UploadServer();
  slept.length = 0;
  await server.start();
});
afterEach(() => server.stop());

const uploads = createUploads({
  rules: { cloud: 'public', allowLoopback: true },
  exchange: createExchange(),
  clock: { now: () => 0, sleep: async (ms) => void slept.push(ms) },
  random: () => 0.5,
  limits: {
    maxAttempts: 4,
    maxRetryAfterMs: 120_000,
    firstPauseMs: 1_000,
    maxPauseMs: 30_000,
    timeoutMs: 5_000,
  },
});

/** Bytes that differ from place to place. */
function fileOf(size: number): UploadSource {
  const bytes = Buffer.alloc(size, Buffer.from(Array.from({ length: 251 }, (_, at) => at)));
  return { size, part: async (from, to) => bytes.subarray(from, to) };
}
const digestOf = async (file: UploadSource) =>
  createHash('sha256')
    .update(await file.part(0, file.size))
    .digest('hex');
const put = (file: UploadSource, signal = new AbortController().signal) =>
  uploads.put(server.url, file, signal);

describe('an upload', () => {
  it('sends the exact bytes in parts that OneDrive takes, without a token', async () => {
    const file = fileOf(MB_12);
    expect(await put(file)).toEqual({ ok: true });
    expect(server.ranges).toEqual([
      `bytes 0-${PART - 1}/${MB_12}`,
      `bytes ${PART}-${2 * PART - 1}/${MB_12}`,
      `bytes ${2 * PART}-${MB_12 - 1}/${MB_12}`,
    ]);
    expect(server.digest).toBe(await digestOf(file));
    expect(server.headers.every((headers) => headers.authorization === undefined)).toBe(true);
  });

  it.each<[string, UploadServer['faults']]>([
    ['a failing service', [{ status: 503 }, { status: 500 }]],
    ['a connection that is cut', ['cut']],
    ['an answer that is lost', ['lost']],
    ['a gateway', [{ status: 502, body: '<html>' }]],
  ])('goes on after %s, and sends nothing twice into the file', async (_name, faults) => {
    server.faults = faults;
    const file = fileOf(PART + 1_000);
    expect(await put(file)).toEqual({ ok: true });
    expect(server.digest).toBe(await digestOf(file));
  });

  it('waits as long as it is asked to', async () => {
    server.faults = [{ status: 429, headers: { 'retry-after': '7' } }];
    expect(await put(fileOf(10))).toEqual({ ok: true });
    expect(slept[0]).toBeGreaterThanOrEqual(7_000);
  });

  it.each<[number, string]>([
    [400, 'refused'],
    [401, 'refused'],
    [403, 'refused'],
    [302, 'refused'],
    [404, 'expired'],
    [410, 'expired'],
    [507, 'full'],
    [413, 'full'],
  ])('ends at %i: %s', async (status, reason) => {
    server.faults = [{ status, headers: { location: `${server.origin}/elsewhere` } }];
    const outcome = await put(fileOf(10));
    expect(outcome).toMatchObject({ ok: false, reason });
    expect(JSON.stringify(outcome)).not.toContain('secret');
    expect(server.ranges).toHaveLength(1);
  });

  it('gives up on a service that keeps failing', async () => {
    server.faults = Array.from({ length: 20 }, () => ({ status: 500 }));
    expect(await put(fileOf(10))).toMatchObject({ ok: false, reason: 'unreachable' });
    expect(server.ranges).toHaveLength(4);
  });

  it('gives up on a session that asks for the same bytes for ever', async () => {
    server.faults = Array.from({ length: 50 }, () => ({
      status: 202,
      body: '{"nextExpectedRanges":["0-"]}',
    }));
    expect(await put(fileOf(10))).toMatchObject({ ok: false, reason: 'refused' });
    expect(server.ranges.length).toBeLessThan(10);
  });

  it.each(['{"nextExpectedRanges":["99-"]}', '{"nextExpectedRanges":["-5"]}', '{}', 'null', 'x'])(
    'does not go where no byte is, however the session answers: %s',
    async (body) => {
      server.faults = Array.from({ length: 50 }, () => ({ status: 202, body }));
      expect(await put(fileOf(10))).toMatchObject({ ok: false, reason: 'refused' });
      expect(server.ranges.length).toBeLessThan(10);
    },
  );

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await put(fileOf(10), stop.signal)).toMatchObject({ ok: false, reason: 'cancelled' });
    expect(server.received).toBe(0);
  });
});

describe('an address that came from outside', () => {
  it.each<[string, boolean]>([
    ['https://contoso-my.sharepoint.com/personal/megan/_api/v2.0/drive/items/01/uploadSession?guid=1', true],
    ['https://contoso.sharepoint.com:443/x', true],
    ['http://contoso-my.sharepoint.com/x', false],
    ['https://contoso-my.sharepoint.com:8443/x', false],
    ['https://sharepoint.com/x', false],
    ['https://evilsharepoint.com/x', false],
    ['https://a.b.sharepoint.com/x', false],
    ['https://contoso-my.sharepoint.com.evil.example/x', false],
    ['https://evil.example/?contoso-my.sharepoint.com', false],
    ['https://contoso-my.sharepoint.com@evil.example/x', false],
    ['https://user:pass@contoso-my.sharepoint.com/x', false],
    ['https://evil.example\\@contoso-my.sharepoint.com/x', false],
    ['https://contoso-my.sharepoint.cn/x', false],
    ['https://127.0.0.1/x', false],
    ['http://127.0.0.1:3000/x', false],
    ['http://localhost:3000/x', false],
    ['https://169.254.169.254/metadata', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['contoso-my.sharepoint.com/x', false],
    ['', false],
  ])('%s: %s', (address, taken) => {
    expect(uploadAddress(address, { cloud: 'public', allowLoopback: false }) !== null).toBe(taken);
  });

  it.each<[string, boolean]>([
    ['http://127.0.0.1:3000/x', true],
    ['http://[::1]:3000/x', true],
    ['http://127.0.0.1.evil.example/x', false],
    ['http://10.0.0.1/x', false],
    ['http://contoso-my.sharepoint.com/x', false],
  ])('of a tenant that is simulated here, %s: %s', (address, taken) => {
    expect(uploadAddress(address, { cloud: 'custom', allowLoopback: true }) !== null).toBe(taken);
  });

  it('is not longer than addresses are', () => {
    const long = `https://contoso.sharepoint.com/${'x'.repeat(9_000)}`;
    expect(uploadAddress(long, { cloud: 'public', allowLoopback: false })).toBeNull();
  });

  it('is that of the own cloud', () => {
    const china = { cloud: 'china', allowLoopback: false } as const;
    expect(uploadAddress('https://contoso-my.sharepoint.cn/x', china)).not.toBeNull();
    expect(uploadAddress('https://contoso-my.sharepoint.com/x', china)).toBeNull();
  });

  it('is refused before a byte is sent', async () => {
    const strict = createUploads({
      rules: { cloud: 'public', allowLoopback: false },
      exchange: createExchange(),
      clock: { now: () => 0, sleep: async () => undefined },
      random: () => 0,
      limits: { maxAttempts: 1, maxRetryAfterMs: 0, firstPauseMs: 0, maxPauseMs: 0, timeoutMs: 1_000 },
    });
    const outcome = await strict.put(server.url, fileOf(10), new AbortController().signal);
    expect(outcome).toMatchObject({ ok: false, reason: 'address' });
    expect(server.ranges).toEqual([]);
  });
});
