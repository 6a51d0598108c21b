import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../../../src/config/settings.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/start.ts';
import { settingsFor } from '../../builders/simulator/simulated-settings.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const WITHIN_MS = 20_000;

export type Ended = { code: number | null; signal: string | null; stdout: string; stderr: string };

/** One process of the product. */
export class Running {
  stdout = '';
  stderr = '';
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;

  constructor(child: ChildProcess) {
    this.child = child;
    child.stdout?.on('data', (chunk: Buffer) => {
      this.stdout += chunk.toString();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    this.ended = once(child, 'close').then(([code, signal]) => ({
      code,
      signal,
      stdout: this.stdout,
      stderr: this.stderr,
    }));
  }

  /** Waits for a line of the log with this message. */
  async logged(message: string): Promise<Record<string, unknown>> {
    return until(`the log line “${message}”`, () =>
      this.stdout
        .split('\n')
        .filter((line) => line.startsWith('{') && line.endsWith('}'))
        .map((line): Record<string, unknown> => JSON.parse(line))
        .find(({ msg }) => msg === message),
    ).catch((error: unknown) => {
      throw new Error(`${error}\n${this.stdout}${this.stderr}`);
    });
  }

  /** The port of the bot, once it is up. */
  async port(): Promise<number> {
    return Number((await this.logged('License Watch is up')).port);
  }

  /** Asks it to stop; returns how it ended and after how many ms. */
  async stop(): Promise<Ended & { ms: number }> {
    const started = performance.now();
    this.child.kill('SIGTERM');
    return { ...(await this.ended), ms: performance.now() - started };
  }
}

/** The product as processes in a folder of their own, beside a simulated tenant. */
export class Product {
  readonly simulator: Simulator;
  readonly folder: string;
  readonly #running = new Set<Running>();

  private constructor(simulator: Simulator, folder: string) {
    this.simulator = simulator;
    this.folder = folder;
  }

  static async install(): Promise<Product> {
    const folder = await mkdtemp(path.join(tmpdir(), 'license-watch-'));
    const simulator = await startSimulator({ scenario: 'forum', clock: { now: () => Date.now() } });
    await writeFile(path.join(folder, 'ca.pem'), simulator.caCertificate);
    return new Product(simulator, folder);
  }

  get databaseUrl(): string {
    return `file:${this.folder}/watch.db`;
  }

  /**
   * Starts a command; `undefined` takes a setting away.
   * @param under a command that starts it, such as `unshare`
   */
  start(args: readonly string[], settings: Environment = {}, under: readonly string[] = []): Running {
    const { simulator, folder } = this;
    const [program = process.execPath, ...rest] = [...under, process.execPath, MAIN, ...args];
    const child = spawn(program, rest, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        NODE_EXTRA_CA_CERTS: path.join(folder, 'ca.pem'),
        ...settingsFor(simulator, this.databaseUrl),
        SCAN_SCHEDULE: '* * * * * *',
        ...settings,
      },
    });
    const running = new Running(child);
    this.#running.add(running);
    return running;
  }

  async remove(): Promise<void> {
    for (const { child } of this.#running) child.kill('SIGKILL');
    await Promise.all([...this.#running].map(({ ended }) => ended));
    await this.simulator.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Looks again and again until there is something, and returns it. */
export async function until<Value>(
  what: string,
  look: () => Promise<Value | null | undefined> | Value | null | undefined,
): Promise<Value> {
  for (let waited = 0; waited < WITHIN_MS; waited += 25) {
    const value = await look();
    if (value !== null && value !== undefined) return value;
    await wait(25);
  }
  throw new Error(`in vain: ${what}`);
}

/** A server that takes every request and answers none. */
export async function aSilentServer(): Promise<{ url: string; requests: () => number; server: Server }> {
  let requests = 0;
  const server = createServer(() => {
    requests++;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, requests: () => requests, server };
}
