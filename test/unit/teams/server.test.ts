import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BotUnderTest } from './bot-under-test.ts';

describe('the open port', () => {
  const bot = new BotUnderTest();
  beforeAll(() => bot.start());
  afterAll(() => bot.stop());

  const get = async (path: string, method = 'GET') => {
    const response = await fetch(`${bot.url}${path}`, { method });
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    };
  };

  it('answers the questions of a platform', async () => {
    expect(await get('/healthz')).toMatchObject({ status: 200, text: '{"ok":true}' });
    const ready = await get('/readyz');
    expect(ready.status).toBe(503);
    expect(JSON.parse(ready.text)).toEqual({
      ok: false,
      checks: [{ name: 'scan', ok: false, detail: 'No complete scan yet.' }],
    });
    expect(await get('/metrics')).toEqual({
      status: 200,
      type: 'text/plain; version=0.0.4; charset=utf-8',
      text: 'license_watch_up 1\n',
    });
  });

  it.each([
    ['/', 'GET'],
    ['/api', 'GET'],
    ['/api/notifications', 'POST'],
    ['/../package.json', 'GET'],
    ['/metrics/x', 'GET'],
  ])('has nothing else: %s', async (path, method) => {
    const response = await get(path, method);
    expect(response.status).toBe(404);
    expect(JSON.parse(response.text)).toEqual({ message: 'Nothing is here.' });
  });

  it('takes no other methods', async () => {
    expect((await get('/api/messages', 'DELETE')).status).toBe(405);
    expect((await get('/api/messages', 'HEAD')).status).toBe(200);
  });

  it.each([
    ['no JSON', '{"type":', 'The body is not JSON.'],
    ['nothing', '', 'The body is not JSON.'],
    ['a list', '[]', 'The body is no activity of the Bot Framework.'],
    ['a text', '"x"', 'The body is no activity of the Bot Framework.'],
    ['null', 'null', 'The body is no activity of the Bot Framework.'],
    ['no type', '{}', 'The body is no activity of the Bot Framework.'],
    [
      'an activity from nobody',
      '{"type":"message","channelId":"msteams"}',
      'The body is no activity of the Bot Framework.',
    ],
    ['deep nesting', '['.repeat(50_000), 'The body is not JSON.'],
  ])('refuses a body that is %s with a sentence', async (_name, body, message) => {
    expect(await bot.post(body)).toEqual({ status: 400, body: { message } });
  });

  it('refuses an address that is not of the web', async () => {
    expect((await bot.send({ serviceUrl: 'file:///etc/passwd' })).status).toBe(400);
  });

  it('refuses a body that is too large', async () => {
    expect(await bot.post(JSON.stringify({ text: 'x'.repeat(300_000) }))).toEqual({
      status: 413,
      body: { message: 'The body is larger than 256 KB.' },
    });
  });

  it('goes on after a client that hangs up in the middle', async () => {
    const port = Number(new URL(bot.url).port);
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write('POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"type"');
        socket.destroy();
      });
      socket.on('close', () => resolve());
    });
    expect((await get('/healthz')).status).toBe(200);
  });
});

describe('the open port of a bot with an identity', () => {
  const bot = new BotUnderTest();
  beforeAll(() =>
    bot.start({ type: 'SingleTenant', id: 'bot-id', tenantId: 'tenant-id', password: 'secret' }),
  );
  afterAll(() => bot.stop());

  it.each([
    ['no signature', {}],
    ['another kind of signature', { authorization: 'Basic bWVnYW46c2VjcmV0' }],
    ['a token that is none', { authorization: 'Bearer nonsense' }],
  ])('takes nothing with %s', async (_name, headers) => {
    const response = await fetch(`${bot.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(bot.activity()),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      message: 'This request is not signed by the Bot Framework for this bot.',
    });
    expect(bot.services.asked).toEqual([]);
    expect(bot.services.conversations.rows.size).toBe(0);
  });
});
