import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { settingsFor } from './product.ts';
import type { BenchTenant } from './simulated-tenant.ts';

const NEVER = '0 0 1 1 *';
const QUIET_SECONDS = 10;
/** The least that counts as work, ms of CPU time in a second. */
const BUSY_MS = 150;
const QUIET_WITHIN_SECONDS = 600;
/** Of `/proc/<pid>/stat`, ms. */
const CLOCK_TICK_MS = 10;

const Report = z.object({
  delay: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
  turns: z.array(z.number()),
});
export type LoopReport = z.infer<typeof Report>;

export type CrowdProduct = {
  port: number;
  /** Measures the event loop from now on. */
  measure(): void;
  report(): Promise<LoopReport>;
  residentMiB(): Promise<number>;
  stop(): Promise<void>;
};

const PRICES =
  'product,price,currency\nSPE_E3,36,EUR\nSPE_E5,57,EUR\nO365_BUSINESS_PREMIUM,12.5,EUR\nSPE_F1,8,EUR\n';

/**
 * The product in a folder (these sources, or older ones), as its commands run it: it has read the tenant, then some
 * lost a license, and it has read again; no read is due while it is measured. Returns when it has been idle for ten
 * seconds.
 */
export async function serveProduct(
  tenant: BenchTenant,
  folder: string,
  options: { product: string; port: string; prof: string | undefined; losers: readonly string[] },
): Promise<CrowdProduct> {
  const certificates = path.join(folder, 'simulator.pem');
  const prices = path.join(folder, 'prices.csv');
  await writeFile(certificates, tenant.caCertificate);
  await writeFile(prices, PRICES);
  const env = {
    PATH: process.env.PATH,
    NODE_EXTRA_CA_CERTS: certificates,
    ...settingsFor(tenant, folder),
    LOG_LEVEL: 'info',
    HOST: '127.0.0.1',
    PORT: options.port,
    PRICE_LIST: prices,
    MASS_LOSS_PERCENT: '100',
    ...Object.fromEntries(
      ['SCAN', 'FULL_SCAN', 'COLLECT', 'AUDIT_CHECK'].map((name) => [`${name}_SCHEDULE`, NEVER]),
    ),
  };
  const main = path.resolve(options.product, 'src/main.ts');
  const run = async (...args: string[]): Promise<void> => {
    const child = spawn(process.execPath, [main, ...args], {
      cwd: folder,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}.`);
  };
  await run('scan', '--full');
  await tenant.act({ kind: 'withdraw-license', users: options.losers, sku: 'O365_BUSINESS_PREMIUM' });
  await run('scan');
  const prof = options.prof ? ['--cpu-prof', `--cpu-prof-dir=${path.resolve(options.prof)}`] : [];
  const meter = ['--import', path.resolve('bench/loop-meter.ts')];
  const child = spawn(process.execPath, [...prof, ...meter, main, 'serve'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const port = await upAndRead(child);
  await quiet(child);
  return {
    port,
    measure: () => void child.send('start'),
    async report() {
      child.send('report');
      const [message] = await once(child, 'message');
      return Report.parse(message);
    },
    async residentMiB() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    },
    async stop() {
      child.kill();
      await ended;
    },
  };
}

/** Reads the log until sign-ins are read, which is done at the first start, at the pace of Microsoft's limits; returns the port. */
async function upAndRead({ stdout }: ChildProcess): Promise<number> {
  if (!stdout) throw new Error('The product has no log.');
  let port: number | null = null;
  for await (const line of createInterface({ input: stdout })) {
    if (process.env.BENCH_LOG) console.error(line);
    const entry = JSON.parse(line);
    port ??= entry.port ?? null;
    if (port !== null && entry.msg === 'sign-ins were read') break;
  }
  if (port === null) throw new Error('The bot ended before it was up.');
  stdout.resume();
  return port;
}

/** Waits until a process has not worked for ten seconds: what it makes up for at its start is done. */
async function quiet(child: ChildProcess): Promise<void> {
  let before = await cpuMs(child);
  for (let idle = 0, waited = 0; idle < QUIET_SECONDS; waited++) {
    if (waited > QUIET_WITHIN_SECONDS) throw new Error('The product does not come to rest.');
    await wait(1_000);
    const now = await cpuMs(child);
    idle = now - before < BUSY_MS ? idle + 1 : 0;
    before = now;
  }
}

async function cpuMs({ pid }: ChildProcess): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK_MS;
}
