import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Forgery, KeyServer } from '../../builders/servers/key-server.ts';
import { BotUnderTest } from '../../unit/teams/bot-under-test.ts';

const BOT_APP = '5a0e9f52-0000-4000-8000-00000000b071';
const seconds = () => Math.floor(Date.now() / 1000);

const keys = new KeyServer();
const consoleError = vi.spyOn(console, 'error').mockImplementation(() => undefined);
let bot: BotUnderTest;

beforeEach(async () => {
  await keys.start();
  keys.away = null;
  keys.endorsements = ['msteams'];
  consoleError.mockClear();
  bot = new BotUnderTest();
  bot.framework = keys.framework;
  await bot.start({ type: 'SingleTenant', id: BOT_APP, tenantId: 'contoso', password: 'secret' });
});
afterEach(async () => {
  await bot.stop();
  await keys.stop();
});

async function send(authorization: string, fields: Record<string, unknown> = {}) {
  const response = await fetch(`${bot.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    // Nothing is answered to such an activity: the bot has no token of its own here.
    body: JSON.stringify({ ...bot.activity(), type: 'event', name: 'hello', ...fields }),
  });
  return { status: response.status, text: await response.text() };
}

const forged = (forgery: Forgery) => `Bearer ${keys.token(BOT_APP, bot.connector.url, forgery)}`;

const FORGERIES: [string, () => string, reason: string | RegExp][] = [
  ['no token', () => '', 'no token'],
  ['basic credentials', () => 'Basic bWVnYW46c2VjcmV0', 'not a token'],
  ['a text', () => 'Bearer nonsense', 'not a token'],
  ['three empty parts', () => 'Bearer ..', 'not a token'],
  ['two tokens', () => `${forged({})} more`, 'not a token'],
  ['a list as claims', () => 'Bearer W10.W10.W10', 'not a token'],
  [
    'alg none and no signature',
    () => forged({ header: { alg: 'none' }, by: 'nobody' }),
    'algorithm not allowed',
  ],
  ['alg none with a signature', () => forged({ header: { alg: 'none' } }), 'algorithm not allowed'],
  ['alg None', () => forged({ header: { alg: 'None' }, by: 'nobody' }), 'algorithm not allowed'],
  [
    'HS256 with the public key',
    () => forged({ header: { alg: 'HS256' }, by: 'public-key' }),
    'algorithm not allowed',
  ],
  ['RS256 said, HS256 done', () => forged({ by: 'public-key' }), 'wrong signature'],
  ['PS256', () => forged({ header: { alg: 'PS256' } }), 'algorithm not allowed'],
  ['ES256', () => forged({ header: { alg: 'ES256' } }), 'algorithm not allowed'],
  ['a signature of a stranger', () => forged({ by: 'stranger' }), 'wrong signature'],
  ['no signature', () => forged({ by: 'nobody' }), 'wrong signature'],
  ['another signature cut short', () => forged({}).slice(0, -40), 'wrong signature'],
  ['an unknown key', () => forged({ header: { kid: 'mine' }, by: 'stranger' }), 'unknown key'],
  ['a key of another kind', () => forged({ header: { kid: 'another-kind' } }), 'unknown key'],
  ['no key id', () => forged({ header: { kid: undefined } }), 'not a token'],
  ['a key id that is a number', () => forged({ header: { kid: 7 } }), 'not a token'],
  [
    'its own key in the header',
    () => forged({ header: { jwk: { kty: 'RSA' } }, by: 'stranger' }),
    'wrong signature',
  ],
  ['an expired token', () => forged({ claims: { exp: seconds() - 301 } }), 'expired'],
  ['a token without an end', () => forged({ claims: { exp: undefined } }), 'not a token'],
  ['a token of tomorrow', () => forged({ claims: { nbf: seconds() + 86_400 } }), 'not yet valid'],
  [
    'another audience',
    () => forged({ claims: { aud: '00000000-0000-4000-8000-000000000bad' } }),
    'another audience',
  ],
  ['several audiences', () => forged({ claims: { aud: [BOT_APP, 'x'] } }), 'not a token'],
  ['another issuer', () => forged({ claims: { iss: 'https://evil.example' } }), 'another issuer'],
  [
    'the issuer of an emulator',
    () => forged({ claims: { iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' } }),
    'another issuer',
  ],
  [
    'the issuer of skills',
    () =>
      forged({
        claims: {
          iss: 'https://login.microsoftonline.com/d6d49420-f39b-4df7-a1dc-d59a935871db/v2.0',
          ver: '2.0',
          azp: 'x',
        },
      }),
    'another issuer',
  ],
  ['another service url', () => forged({ claims: { serviceurl: 'https://evil.example/' } }), /ServiceUrl/i],
  ['no service url', () => forged({ claims: { serviceurl: undefined } }), /ServiceUrl/i],
];

describe('a token that the Bot Framework did not make', () => {
  it.each(FORGERIES)('%s: 401, one line, nothing on the console', async (_name, token, reason) => {
    expect(await send(token())).toEqual({
      status: 401,
      text: JSON.stringify({ message: 'This request is not signed by the Bot Framework for this bot.' }),
    });
    const lines = bot.logged.filter(({ level }) => Number(level) >= 30);
    expect(lines).toMatchObject([
      { level: 40, msg: 'refused a request that the Bot Framework did not sign for us' },
    ]);
    expect(lines[0]?.reason).toMatch(typeof reason === 'string' ? new RegExp(`^${reason}$`) : reason);
    expect(JSON.stringify(lines)).not.toMatch(/stack|BEGIN|node_modules/);
    expect(consoleError).not.toHaveBeenCalled();
    expect(bot.services.conversations.rows.size).toBe(0);
  });

  it('that speaks of another channel than its key is for is refused', async () => {
    expect((await send(forged({}), { channelId: 'webchat' })).status).toBe(401);
    expect(consoleError).not.toHaveBeenCalled();
  });

  it('costs no read of the keys: two hundred unknown keys are one look', async () => {
    const all = Array.from({ length: 200 }, (_, index) => send(forged({ header: { kid: `k${index}` } })));
    expect(new Set((await Promise.all(all)).map(({ status }) => status))).toEqual(new Set([401]));
    expect(keys.requests).toBe(2);
  });
});

describe('a token that the Bot Framework made', () => {
  it.each([
    ['with an endorsed key', ['msteams', 'webchat'] as string[] | undefined],
    ['with a key for every channel', undefined],
  ])('is let in, %s', async (_name, endorsements) => {
    keys.endorsements = endorsements;
    expect((await send(forged({}))).status).toBe(200);
    expect(bot.logged.filter(({ level }) => Number(level) >= 40)).toEqual([]);
  });

  it('is let in while its clock is four minutes ahead', async () => {
    expect((await send(forged({ claims: { nbf: seconds() + 240 } }))).status).toBe(200);
  });
});

describe('keys that cannot be read', () => {
  it.each(['status-503', 'no-json', 'unreachable'] as const)(
    '%s: a token that may be good is 503 with one line, one that cannot be is 401',
    async (how) => {
      if (how === 'unreachable') await keys.stop();
      else keys.away = how;
      expect(await send(forged({}))).toMatchObject({ status: 503, text: expect.stringMatching(/Try again/) });
      const lines = bot.logged.filter(({ level }) => Number(level) >= 30);
      expect(lines).toMatchObject([
        { level: 40, msg: 'a request cannot be checked: the keys of the Bot Framework cannot be read' },
      ]);
      expect(JSON.stringify(lines)).not.toMatch(/stack|node_modules/);
      expect((await send(forged({ header: { alg: 'none' } }))).status).toBe(401);
      expect((await send(forged({ claims: { exp: 1 } }))).status).toBe(401);
      expect(consoleError).not.toHaveBeenCalled();
    },
  );

  it('are asked for once, however many requests come', async () => {
    keys.away = 'status-503';
    const all = await Promise.all(Array.from({ length: 100 }, () => send(forged({}))));
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([503]));
    expect(keys.requests).toBe(1);
  });
});
