import { createServer } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import tls, { createServer as createTlsServer } from 'node:tls';
import { generate } from 'selfsigned';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import { forward } from '../../../src/jobs/forward/forward.ts';
import { createHttpsSender } from '../../../src/siem/https-sender.ts';
import { createSyslogSender } from '../../../src/siem/syslog-sender.ts';
import { anArchivedEvent } from '../../builders/audit/archived-event.ts';
import { aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';

const NEVER = new AbortController().signal;
let world: JobWorld;
let closing: (() => void)[] = [];

beforeEach(async () => {
  world = await aJobWorld();
  await world.store.audit.append(
    Array.from({ length: 2_000 }, (_, index) => anArchivedEvent({ id: `record-${index}` })),
    world.clock.now(),
  );
});
afterEach(async () => {
  for (const close of closing) close();
  closing = [];
  await world.store.close();
});

/** Listens on a free port of this machine. */
async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Runs the job until the SIEM has everything, or a number of runs is over. */
async function runAll(sender: ReturnType<typeof createHttpsSender>): Promise<void> {
  for (let runs = 0; runs < 60; runs++) {
    const problem = await forward(world.context, { sender, format: 'ocsf' }, NEVER);
    if (problem === null) return;
    await world.clock.sleep(20 * MINUTE_MS);
  }
}

describe('a receiver over HTTP that fails half of the time', () => {
  it('has every record in the end, with the token, and never a broken line', async () => {
    const taken = new Set<string>();
    const tokens = new Set<string | undefined>();
    let asked = 0;
    const port = await listening(
      createServer((request, response) => {
        asked += 1;
        tokens.add(request.headers.authorization);
        // Every second one: refused busily, cut off in the middle, or taken without an answer.
        if (asked % 2 === 0 && asked % 4 === 0) return void response.writeHead(503).end('busy');
        if (asked % 6 === 2) return void request.socket.destroy();
        let body = '';
        request.setEncoding('utf8');
        request.on('data', (chunk: string) => (body += chunk));
        request.on('end', () => {
          for (const line of body.trimEnd().split('\n')) {
            const event: unknown = JSON.parse(line);
            if (typeof event === 'object' && event !== null && 'metadata' in event)
              taken.add(JSON.stringify(event.metadata));
          }
          if (asked % 10 === 0) request.socket.destroy();
          else response.writeHead(200).end();
        });
      }),
    );
    await runAll(createHttpsSender({ url: `http://127.0.0.1:${port}/in`, token: 'secret-token' }, () => 0));
    expect(taken.size).toBe(2_000);
    expect(tokens).toEqual(new Set(['Bearer secret-token']));
    expect((await world.store.forwarding.state(`http://127.0.0.1:${port}/in`)).sent).toBe(2_000);
  });

  it('is not followed to another address', async () => {
    let elsewhere = 0;
    const other = await listening(
      createServer((_, response) => {
        elsewhere += 1;
        response.end();
      }),
    );
    const port = await listening(
      createServer((_, response) =>
        response.writeHead(307, { location: `http://127.0.0.1:${other}/` }).end(),
      ),
    );
    const sender = createHttpsSender({ url: `http://127.0.0.1:${port}/`, token: 't' }, () => 0);
    const outcome = await sender.send([{ at: 0, id: 'a', json: '{}' }], NEVER);
    expect(outcome).toMatchObject({ kind: 'failed', reason: 'HTTP 307' });
    expect(elsewhere).toBe(0);
  });

  it.each([
    ['Splunk 1234', 'Splunk 1234'],
    ['1234', 'Bearer 1234'],
  ])('a token %s is sent as %s', async (token, header) => {
    const seen: (string | undefined)[] = [];
    const port = await listening(
      createServer((request, response) => {
        seen.push(request.headers.authorization);
        response.end();
      }),
    );
    await createHttpsSender({ url: `http://127.0.0.1:${port}/`, token }, () => 0).send(
      [{ at: 0, id: 'a', json: '{}' }],
      NEVER,
    );
    expect(seen).toEqual([header]);
  });
});

describe('a receiver of syslog over TLS that fails half of the time', () => {
  it('has every record in the end, framed by its length', async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    });
    const trusted = tls.getCACertificates('default');
    tls.setDefaultCACertificates([...trusted, cert]);
    closing.push(() => tls.setDefaultCACertificates(trusted));
    const taken = new Set<string>();
    const headers = new Set<string>();
    let connections = 0;
    const server = createTlsServer({ cert, key }, (socket) => {
      connections += 1;
      socket.on('error', () => undefined);
      if (connections % 2 === 0) return void socket.destroy();
      const chunks: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      socket.on('end', () => {
        for (const message of framesOf(Buffer.concat(chunks))) {
          const [, header = '', json = ''] =
            /^(<110>1 \S+ \S+ license-watch - \S+ -) (.*)$/s.exec(message) ?? [];
          headers.add(header.replace(/ \S+ \S+ license-watch - \S+ /, ' … '));
          const event: unknown = JSON.parse(json);
          if (typeof event === 'object' && event !== null && 'metadata' in event)
            taken.add(JSON.stringify(event.metadata));
        }
      });
    });
    const port = await listening(server);
    await runAll(createSyslogSender({ host: 'localhost', port }));
    expect(taken.size).toBe(2_000);
    expect(headers).toEqual(new Set(['<110>1 … -']));
  });

  it('that nobody trusts gets nothing', async () => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }]);
    let read = 0;
    const port = await listening(
      createTlsServer({ cert, key }, (socket) =>
        socket.on('error', () => undefined).on('data', () => (read += 1)),
      ),
    );
    const outcome = await createSyslogSender({ host: 'localhost', port }).send(
      [{ at: 0, id: 'a', json: '{}' }],
      NEVER,
    );
    expect(outcome.kind).toBe('failed');
    expect(read).toBe(0);
  });
});

/** Messages that stand behind their length in bytes. */
function framesOf(bytes: Buffer): string[] {
  const messages: string[] = [];
  for (let from = 0; from < bytes.length; ) {
    const blank = bytes.indexOf(' ', from);
    const length = Number(bytes.subarray(from, blank).toString());
    messages.push(bytes.subarray(blank + 1, blank + 1 + length).toString());
    from = blank + 1 + length;
  }
  return messages;
}
