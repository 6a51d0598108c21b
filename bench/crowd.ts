import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Member, membersOf } from './crowd-people.ts';
import { serveProduct } from './crowd-product.ts';
import { POLITE, QUESTIONS } from './crowd-questions.ts';
import { temporaryFolder } from './product.ts';
import { printTable } from './report.ts';
import { type BenchTenant, startTenant } from './simulated-tenant.ts';

/** It is over when no answer has come for so long, ms. */
const SILENT_MS = 5_000;
const MAX_MS = 180_000;
/** So many people lose a license before, and are asked about. */
const LOSERS = 300;

/** `crowd [--users n] [--messages n] [--people n] [--product folder] [--port n] [--prof folder]`: many questions at once. */
export async function benchCrowd(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      users: { type: 'string', default: '20000' },
      messages: { type: 'string', default: '500' },
      people: { type: 'string', default: '50' },
      product: { type: 'string', default: '.' },
      port: { type: 'string', default: '0' },
      prof: { type: 'string' },
    },
  });
  const tenant = await startTenant(Number(values.users));
  const { folder, remove } = await temporaryFolder();
  const connector = await takeAnswers();
  try {
    const count = Number(values.people);
    const members = await membersOf(tenant, count + LOSERS);
    const people = members.slice(0, count);
    const losers = members.slice(count).map(({ upn }) => upn);
    const { product, port, prof } = values;
    const bot = await serveProduct(tenant, folder, { product, port, prof, losers });
    try {
      const before = await bot.residentMiB();
      const poll = pollHealth(`http://127.0.0.1:${bot.port}/healthz`);
      await wait(1_000);
      bot.measure();
      let peak = before;
      const sampler = setInterval(() => {
        void bot.residentMiB().then((now) => {
          peak = Math.max(peak, now);
        });
      }, 100);
      const startedAt = performance.now();
      const messages = Array.from({ length: Number(values.messages) }, (_, index) =>
        aMessage(tenant, connector.url, people, losers, index),
      );
      const sent = Promise.all(messages.map((message) => send(bot.port, message)));
      const spent = (): number => performance.now() - startedAt;
      do await wait(100);
      while (performance.now() - Math.max(startedAt, connector.lastAt()) < SILENT_MS && spent() < MAX_MS);
      const accepted = (await sent).filter((status) => status < 300).length;
      clearInterval(sampler);
      const loop = await bot.report();
      const health = await poll.end();
      const replies = connector.taken.map(({ at, text, to }) => ({
        at: at - startedAt,
        ...judged(text, to),
      }));
      const of = (kind: Verdict['kind']) => replies.filter((reply) => reply.kind === kind);
      const dropped = messages.length - replies.length;
      console.log(
        `${messages.length} messages of ${people.length} people, ${accepted} accepted: ${of('answer').length} answered, ` +
          `${of('polite').length} told to wait, ${dropped} dropped, ${of('wrong').length} answered wrongly; ` +
          `${before.toFixed(0)} MiB before, ${peak.toFixed(0)} MiB at the peak`,
      );
      for (const { said } of of('wrong').slice(0, 5)) console.log(`  wrong: ${said}`);
      printTable(
        ['ms', 'n', 'p50', 'p95', 'p99', 'max'],
        [
          row(
            'answers',
            of('answer').map(({ at }) => at),
          ),
          row('/healthz', health),
          row('CPU time between turns of the loop', loop.turns),
        ],
      );
      const { p50, p99, max } = loop.delay;
      console.log(
        `event loop late by: p50 ${p50.toFixed(0)}, p99 ${p99.toFixed(0)}, max ${max.toFixed(0)} ms`,
      );
      if (of('wrong').length > 0 || of('answer').length === 0) process.exitCode = 1;
    } finally {
      await bot.stop();
    }
  } finally {
    connector.close();
    await tenant.stop();
    await remove();
  }
}

type Verdict = { kind: 'answer' | 'polite' | 'wrong'; said: string };

/** Whether a reply answers a question that its reader has asked. */
function judged(text: string, to: string): Verdict {
  if (POLITE.test(text)) return { kind: 'polite', said: text };
  const fits = QUESTIONS.some(({ says }) => says.test(text));
  return { kind: fits && to !== '' ? 'answer' : 'wrong', said: text.slice(0, 300) };
}

function row(name: string, times: readonly number[]): string[] {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(0);
  return [name, String(sorted.length), at(0.5), at(0.95), at(0.99), at(1)];
}

/** Polls in a process of its own: this one is busy with the messages. */
function pollHealth(url: string): { end(): Promise<number[]> } {
  const poll = spawn(process.execPath, ['bench/healthz-poll.ts', url], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let polled = '';
  poll.stdout.on('data', (chunk: Buffer) => {
    polled += chunk.toString();
  });
  const ended = once(poll, 'close');
  return {
    async end() {
      poll.stdin.end();
      await ended;
      return JSON.parse(polled);
    },
  };
}

async function send(port: number, message: object): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
  });
  await response.text();
  return response.status;
}

/** A connector that takes every activity, and notes when each message came. */
async function takeAnswers() {
  const taken: { at: number; text: string; to: string }[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += chunk;
    response.setHeader('content-type', 'application/json').end('{"id":"1"}');
    if (JSON.parse(text || '{}').type === 'message')
      taken.push({ at: performance.now(), text, to: request.url ?? '' });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The connector has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    taken,
    lastAt: (): number => taken.at(-1)?.at ?? 0,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function aMessage(
  tenant: BenchTenant,
  serviceUrl: string,
  people: readonly Member[],
  losers: readonly string[],
  index: number,
): object {
  const { id, upn } = people[index % people.length] ?? { id: '', upn: '' };
  // So that each person asks each of the questions.
  const question = QUESTIONS[(index + Math.floor(index / people.length)) % QUESTIONS.length];
  return {
    type: 'message',
    id: `activity-${index}`,
    channelId: 'msteams',
    serviceUrl,
    from: { id: `29:${id}`, name: upn, aadObjectId: id },
    recipient: { id: '28:bot', name: 'License Watch' },
    conversation: { id: `personal-${id}`, conversationType: 'personal', tenantId: tenant.tenantId },
    channelData: { tenant: { id: tenant.tenantId } },
    text: question?.text.replace('{upn}', losers[index % losers.length] ?? upn),
    locale: 'en-US',
  };
}
