import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ask } from '../../../src/cli/ask.ts';
import { calling, type ModelServer, startModelServer } from '../../builders/servers/model-server.ts';

const POLISH = 'ile zostalo wolnych miejsc';

let server: ModelServer;
beforeEach(async () => {
  server = await startModelServer();
  server.reply = calling(['seats', {}]);
});
afterEach(() => server.close());

async function asked(sentence: string, env: Record<string, string>): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const out = text(stdout);
  await ask.run([sentence], {
    env: { DATABASE_URL: 'file::memory:', LOG_LEVEL: 'silent', ...env },
    stdin: new PassThrough(),
    stdout,
    stderr,
    signal: new AbortController().signal,
  });
  stdout.end();
  return out;
}

it('ask in the terminal asks the model that is in the settings, and says so', async () => {
  const out = await asked(POLISH, { OPENAI_API_KEY: 'key', OPENAI_BASE_URL: `${server.origin}/v1` });
  expect(out).toContain('Understood by the language model as: free seats');
  expect(server.received).toHaveLength(1);
  // The bot's SDKs are loaded with the first sentence, which takes seconds on a busy machine.
}, 60_000);

it('ask in the terminal asks nobody without those settings', async () => {
  const out = await asked(POLISH, {});
  expect(out).toContain('That’s outside what I do');
  expect(out).not.toContain('language model');
  expect(server.received).toEqual([]);
});
