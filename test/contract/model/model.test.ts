import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import { calling, saying } from '../../builders/servers/model-server.ts';
import { at } from '../../unit/answers/a-watched-tenant.ts';
import { AskedWithAModel, KEY } from './asked-with-a-model.ts';

/** Polish, which the grammar does not know: "who took everything from Rick". */
const POLISH = 'kto zabral Rick wszystko';

let world: AskedWithAModel;
beforeEach(async () => {
  world = await AskedWithAModel.start();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await world.stop();
});

describe('a sentence that the grammar does not take', () => {
  it('is answered as the question that the model chose, and says how it was read', async () => {
    world.server.reply = calling(['who-changed', { people: ['Rick'] }]);
    const { query, answer } = await world.asker()(POLISH);
    expect(query).toMatchObject({ intent: 'who-changed', people: ['rick'], unresolved: [] });
    expect(answer.intent).toBe('who-changed');
    expect(answer.lead).toContain('Rick van Oosterhout');
    expect(answer.reading).toBe(
      'Understood by the language model as: who changed the license of Rick van Oosterhout',
    );
  });

  it('has its time read by our own rules, and by the model where they find none', async () => {
    world.server.reply = calling([
      'history',
      { people: ['Rick'], range: { from: '2026-01-01', to: '2026-01-02' } },
    ]);
    const ask = world.asker();
    expect((await ask(`${POLISH} yesterday`)).query.range).toEqual({
      from: at('21T23:00'),
      to: at('22T23:00'),
    });
    const { query, answer } = await ask(`${POLISH} nowy rok`);
    expect(query.range).toEqual({
      from: Date.parse('2025-12-31T23:00:00Z'),
      to: Date.parse('2026-01-02T23:00:00Z'),
    });
    expect(answer.reading).toMatch(/from 1 January 2026 to 2 January 2026$/);
  });

  it('knows who “mnie” is not, and who “me” is', async () => {
    world.server.reply = calling(['user-licenses', { people: ['me'] }]);
    expect((await world.asker()('pokaz me wszystko')).query.people).toEqual(['ines']);
  });

  it('asks which one, with buttons that the grammar takes', async () => {
    world.server.reply = calling(['history', { people: ['Chris'] }]);
    const ask = world.asker();
    const { answer } = await ask('kto zabral Chris wszystko');
    const [block] = answer.blocks;
    const choices = block?.kind === 'choices' ? block.choices : [];
    expect(choices.map(({ label }) => label)).toEqual(['Chris Green', 'Chris Naidoo']);
    const pressed = await ask(choices[0]?.ask ?? '');
    expect(pressed.query).toMatchObject({ intent: 'history', people: ['chris-Green'], unresolved: [] });
    expect(pressed.answer.reading).toBeUndefined();
    expect(world.server.received).toHaveLength(1);
  });

  it('stays not understood when the model chooses nothing', async () => {
    world.server.reply = saying('I am sorry, I cannot help with that.');
    const { answer } = await world.asker()(POLISH);
    expect(answer).toMatchObject({ intent: 'unknown' });
    expect(answer.reading).toBeUndefined();
  });
});

it.each([
  ['what the grammar takes', 'history of Rick'],
  ['a greeting', 'hello'],
  ['thanks', 'thanks!'],
  ['nothing', ''],
  ['what is too long for a question', 'zzz '.repeat(126)],
])('the model is not asked about %s', async (_what, text) => {
  await world.asker()(text);
  expect(world.server.received).toEqual([]);
});

describe('what leaves', () => {
  it('is the sentence, the day, the zone and a fixed text, whatever the tenant holds', async () => {
    await world.asker()(POLISH);
    const [request] = world.server.received;
    const { messages, tools, ...rest } = JSON.parse(request?.body ?? '');
    expect(rest).toEqual({
      model: 'a-model',
      max_tokens: 300,
      temperature: 0,
      top_p: 1,
      presence_penalty: 0,
      frequency_penalty: 0,
      tool_choice: 'auto',
    });
    expect(messages).toEqual([
      {
        role: 'system',
        content: expect.stringContaining('Today is Monday, 2026-11-23, in the time zone Europe/Amsterdam.'),
      },
      { role: 'user', content: POLISH },
    ]);
    expect(tools.map(({ function: { name } }: { function: { name: string } }) => name)).not.toContain('scan');
    // Nobody and nothing of the tenant, nor who asks.
    const nothingOf =
      /Oosterhout|Adele|Vance|Chris|\bines\b|Bo Guest|LIC-M365|contoso|rick@|VISIO|SPE_E3|[0-9a-f]{8}-[0-9a-f]{4}-/i;
    expect(request?.body).not.toMatch(nothingOf);
  });

  it('is the same for whoever asks, in whatever scope', async () => {
    const ask = world.asker();
    await ask(POLISH);
    await ask(POLISH, new Set(['adele']), 'adele');
    const [first, second] = world.server.received.map(({ body }) => body);
    expect(second).toBe(first);
  });

  it('has no headers of the client about this machine', async () => {
    await world.asker()(POLISH);
    const [request] = world.server.received;
    expect(request?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(
      Object.keys(request?.headers ?? {}).filter((name) => /stainless|organization|project/.test(name)),
    ).toEqual([]);
    expect(request?.headers['user-agent']).not.toMatch(/openai/i);
  });

  it('is never a template: variables in a sentence stay as they were typed', async () => {
    const sentence = 'kto {{$temp.input}} {{$conversation.x}} {{call_me}} wszystko';
    await world.asker()(sentence);
    expect(JSON.parse(world.server.received[0]?.body ?? '').messages[1].content).toBe(sentence);
  });
});

it('the log says how it went and holds neither the sentence nor the key', async () => {
  world.server.reply = calling(['history', { people: ['Rick'] }]);
  await world.asker()(POLISH);
  expect(world.logged.map((line) => JSON.parse(line))).toMatchObject([
    { intent: 'history', msg: 'the language model read a sentence' },
  ]);
  expect(world.logged.join()).not.toMatch(/zabral|Rick|sk-/);
  expect(world.printed).toEqual([]);
});

it('not even the debug output of OpenAI’s client holds the key', async () => {
  vi.stubEnv('DEBUG', 'true');
  await world.asker()(POLISH);
  expect(world.printed.join()).toContain('OpenAI:DEBUG:request');
  expect(world.printed.join()).not.toContain(KEY);
  expect(world.server.received[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
});

describe('calls are counted', () => {
  it('by person', async () => {
    const ask = world.asker({ limits: { perMinute: 10, perPerson: 2 } });
    await ask(POLISH);
    await ask(POLISH);
    expect((await ask(POLISH)).answer).toMatchObject({
      intent: 'unknown',
      reading: 'The language model has been asked too often in the last minute.',
    });
    await ask(POLISH, null, 'adele');
    expect(world.server.received).toHaveLength(3);
    world.now += MINUTE_MS;
    await ask(POLISH);
    expect(world.server.received).toHaveLength(4);
  });

  it('and together', async () => {
    const ask = world.asker({ limits: { perMinute: 2, perPerson: 2 } });
    for (const person of ['ines', 'adele', 'rick', null]) await ask(POLISH, null, person);
    expect(world.server.received).toHaveLength(2);
  });
});

it('Azure OpenAI is asked at its deployment, with its own header and a version that knows tools', async () => {
  world.server.reply = calling(['history', { people: ['Rick'] }]);
  const toServer: typeof fetch = (url, init) =>
    fetch(String(url).replace('https://contoso.openai.azure.com', world.server.origin), init);
  const ask = world.asker({
    model: {
      kind: 'azure-openai',
      apiKey: KEY,
      endpoint: 'https://contoso.openai.azure.com',
      deployment: 'watch',
    },
    fetch: toServer,
  });
  const { query } = await ask(POLISH);
  expect(query).toMatchObject({ intent: 'history', people: ['rick'] });
  const [request] = world.server.received;
  expect(request?.url).toBe('/openai/deployments/watch/chat/completions?api-version=2024-10-21');
  expect(request?.headers['api-key']).toBe(KEY);
  expect(request?.headers.authorization).toBeUndefined();
});
