import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startConnector } from './connector.ts';
import { median } from './cpu-time.ts';
import { settingsFor, temporaryFolder } from './product.ts';
import { printTable } from './report.ts';
import { type BenchTenant, startTenant } from './simulated-tenant.ts';

type Started = { upMs: number; answeredMs: number };

/** `start [--runs n] [--built] [--cold]`: from the start of `serve` to the first answered message. */
export async function benchStart(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string', default: '5' },
      built: { type: 'boolean', default: false },
      cold: { type: 'boolean', default: false },
    },
  });
  // Without the compiled code that an earlier start left on this machine, as on a new one.
  if (values.cold) process.env.NODE_DISABLE_COMPILE_CACHE = '1';
  const entry = values.built ? 'lib/main.js' : 'src/main.ts';
  const tenant = await startTenant(50);
  const starts: Started[] = [];
  // Loads what this process needs to send a message, which is not what is measured.
  await fetch('http://127.0.0.1:9/').catch(() => undefined);
  try {
    for (let run = 0; run < Number(values.runs); run++) starts.push(await startOnce(tenant, entry));
  } finally {
    await tenant.stop();
  }
  const row = (name: string, pick: (one: Started) => number): string[] => [
    name,
    median(starts.map(pick)).toFixed(0),
    starts.map((one) => pick(one).toFixed(0)).join(' '),
  ];
  printTable(
    [`node ${entry} serve`, 'ms', 'single runs'],
    [row('until it is up', (one) => one.upMs), row('until a message is answered', (one) => one.answeredMs)],
  );
}

/** One start on an empty database. The message is sent as soon as the process says that it is up. */
async function startOnce(tenant: BenchTenant, entry: string): Promise<Started> {
  const { folder, remove } = await temporaryFolder();
  const connector = await startConnector();
  const certificates = path.join(folder, 'simulator.pem');
  await writeFile(certificates, tenant.caCertificate);
  const env = {
    PATH: process.env.PATH,
    NODE_DISABLE_COMPILE_CACHE: process.env.NODE_DISABLE_COMPILE_CACHE,
    TEAMSFX_ENV: 'bench',
    NODE_EXTRA_CA_CERTS: certificates,
    ...settingsFor(tenant, folder),
    LOG_LEVEL: 'info',
    PORT: '0',
  };
  const startedAt = performance.now();
  const child = spawn(process.execPath, [entry, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const port = await portOf(child.stdout);
    const upMs = performance.now() - startedAt;
    const response = await fetch(`http://127.0.0.1:${port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(aMessage(tenant, connector.url)),
    });
    if (!response.ok) throw new Error(`The bot answered ${response.status}.`);
    const answer = await Promise.race([connector.firstMessage, wait(20_000).then(() => null)]);
    if (answer === null) throw new Error('The bot did not answer within 20 seconds.');
    return { upMs, answeredMs: performance.now() - startedAt };
  } finally {
    child.kill();
    await ended;
    connector.close();
    await remove();
  }
}

/** Reads the log up to the line that tells the port. */
async function portOf(log: NodeJS.ReadableStream): Promise<number> {
  for await (const line of createInterface({ input: log })) {
    const { port } = JSON.parse(line);
    if (typeof port === 'number') {
      log.resume();
      return port;
    }
  }
  throw new Error('The bot ended before it was up.');
}

const aMessage = (tenant: BenchTenant, serviceUrl: string): object => ({
  type: 'message',
  id: 'activity-1',
  channelId: 'msteams',
  serviceUrl,
  from: { id: 'user-id-0', name: 'Megan Bowen', aadObjectId: '11111111-2222-4333-8444-555555555555' },
  recipient: { id: '28:bot', name: 'License Watch' },
  conversation: { id: 'personal-chat', conversationType: 'personal', tenantId: tenant.tenantId },
  channelData: { tenant: { id: tenant.tenantId } },
  text: 'status',
  locale: 'en-US',
});
