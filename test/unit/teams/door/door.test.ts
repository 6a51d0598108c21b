import http from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { BotUnderTest } from '../bot-under-test.ts';

let bot: BotUnderTest;
afterEach(() => bot.stop());

async function started(over: Partial<BotUnderTest> = {}, signed = false): Promise<BotUnderTest> {
  bot = Object.assign(new BotUnderTest(), over);
  await bot.start(
    signed
      ? { type: 'SingleTenant', id: 'bot-id', tenantId: 't', password: 'secret' }
      : { type: 'anonymous' },
  );
  return bot;
}

/** Posts with headers that `fetch` does not let anybody choose. */
function post(headers: Record<string, string>): Promise<number> {
  const { port } = new URL(bot.url);
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: '/api/messages', method: 'POST', headers };
    const request = http.request(options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject);
    request.end(JSON.stringify({ ...bot.activity(), ...bot.personal() }));
  });
}

const JSON_TYPE = { 'content-type': 'application/json' };

describe('without BOT_ID', () => {
  it.each<[string, (port: string) => Record<string, string>, number]>([
    ['a program, as curl sends it', () => JSON_TYPE, 200],
    ['a program with a charset', () => ({ 'content-type': 'Application/JSON; charset=utf-8' }), 200],
    ['a program that says localhost', (port) => ({ ...JSON_TYPE, host: `localhost:${port}` }), 200],
    ['a program over IPv6', (port) => ({ ...JSON_TYPE, host: `[::1]:${port}` }), 200],
    ['our own page', (port) => ({ ...JSON_TYPE, origin: `http://127.0.0.1:${port}` }), 200],
    ['a page that needs no preflight', () => ({ 'content-type': 'text/plain' }), 415],
    ['a form', () => ({ 'content-type': 'application/x-www-form-urlencoded' }), 415],
    ['a form with a file', () => ({ 'content-type': 'multipart/form-data; boundary=x' }), 415],
    ['nothing that says what it is', () => ({}), 415],
    ['text that claims to be JSON', () => ({ 'content-type': 'text/plain; application/json' }), 415],
    ['a page of another site', () => ({ ...JSON_TYPE, origin: 'https://evil.example' }), 403],
    ['a page in a frame without an origin', () => ({ ...JSON_TYPE, origin: 'null' }), 403],
    ['a page on another port of this machine', () => ({ ...JSON_TYPE, origin: 'http://127.0.0.1:9' }), 403],
    ['a page whose name leads here', (port) => ({ ...JSON_TYPE, host: `rebind.evil.example:${port}` }), 403],
    [
      'such a page with its own origin',
      (port) => ({ ...JSON_TYPE, host: `evil.example:${port}`, origin: `http://evil.example:${port}` }),
      403,
    ],
    [
      'a name that begins like ours',
      (port) => ({ ...JSON_TYPE, host: `localhost.evil.example:${port}` }),
      403,
    ],
    ['another port', () => ({ ...JSON_TYPE, host: '127.0.0.1:9' }), 403],
    [
      'a browser that says where it comes from',
      () => ({ ...JSON_TYPE, 'sec-fetch-site': 'cross-site' }),
      403,
    ],
  ])('%s', async (_name, headers, status) => {
    await started();
    expect(await post(headers(new URL(bot.url).port))).toBe(status);
    expect(bot.services.asked).toHaveLength(status === 200 ? 1 : 0);
  });

  it('asks nobody for this when Microsoft signs', async () => {
    await started({}, true);
    expect(await post({ 'content-type': 'text/plain', host: 'bot.example.com' })).toBe(401);
  });
});

describe('a body', () => {
  it('that is too large ends the connection', async () => {
    await started();
    const response = await fetch(`${bot.url}/api/messages`, {
      method: 'POST',
      headers: JSON_TYPE,
      body: 'x'.repeat(300_000),
    });
    expect(response.status).toBe(413);
    expect(response.headers.get('connection')).toBe('close');
  });

  it('that does not come is cut when its time is over, not half a minute later', async () => {
    await started({ requestTimeoutMs: 300 });
    const said = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(new URL(bot.url).port), '127.0.0.1', () =>
        socket.write('POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"type"'),
      );
      socket.on('data', (data) => {
        text += String(data);
      });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(text));
    });
    // Node looks every 30 s unless it is asked to look sooner: longer than this test may take.
    expect(said === '' || said.includes(' 4')).toBe(true);
  });
});

describe('/readyz and /metrics', () => {
  const TOKEN = 'a-secret-of-the-operators';
  const get = async (url: string, authorization?: string) => {
    const response = await fetch(url, authorization ? { headers: { authorization } } : {});
    return { status: response.status, text: await response.text() };
  };

  it.each([null, TOKEN])('on a port that others reach tell nothing without the token (%s)', async (token) => {
    await started({ operations: { guard: { for: 'token', token } } });
    for (const wrong of [undefined, 'Bearer ', 'Bearer wrong', `Basic ${TOKEN}`, TOKEN, 'Bearer null']) {
      expect(await get(`${bot.url}/readyz`, wrong)).toEqual({ status: 503, text: '' });
      const metrics = await get(`${bot.url}/metrics`, wrong);
      expect(metrics.status).toBe(401);
      expect(metrics.text).not.toContain('license_watch');
    }
    expect((await get(`${bot.url}/healthz`)).status).toBe(200);
  });

  it('tell everything with the token', async () => {
    await started({ operations: { guard: { for: 'token', token: TOKEN } } });
    expect((await get(`${bot.url}/metrics`, `Bearer ${TOKEN}`)).text).toBe('license_watch_up 1\n');
    const ready = await get(`${bot.url}/readyz`, `bearer ${TOKEN}`);
    expect(ready).toMatchObject({ status: 503, text: expect.stringContaining('No complete scan yet.') });
  });

  it('on a port of their own are not on the bot’s', async () => {
    await started({ operations: { host: '127.0.0.1', port: 0 } });
    expect((await get(`${bot.operationsUrl}/metrics`)).text).toBe('license_watch_up 1\n');
    expect((await get(`${bot.operationsUrl}/readyz`)).text).toContain('No complete scan yet.');
    expect((await get(`${bot.operationsUrl}/healthz`)).status).toBe(200);
    for (const path of ['/metrics', '/readyz']) {
      expect((await get(`${bot.url}${path}`, `Bearer ${TOKEN}`)).status).toBe(404);
    }
    expect((await get(`${bot.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${bot.operationsUrl}/api/messages`, { method: 'POST' })).status).toBe(404);
  });
});
