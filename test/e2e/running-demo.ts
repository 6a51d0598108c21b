import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Act } from '../../src/simulator/acts/act.ts';
import type { Fault } from '../../src/simulator/http/faults.ts';

export const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const IMAGES = fileURLToPath(new URL('../../docs/images', import.meta.url));

const Tenant = z.object({ origin: z.string(), caCertificate: z.string(), controlToken: z.string() });
const SimulatedUser = z.object({
  id: z.string(),
  licenses: z.array(z.object({ skuId: z.string(), disabledPlans: z.array(z.string()) })),
});
export type SimulatedUser = z.infer<typeof SimulatedUser>;

/** `npm run demo` as a process of its own, in a folder of its own, with the levers of its simulated tenant. */
export class RunningDemo {
  readonly folder: string;
  readonly #process: ChildProcess;
  /** The addresses of its Playgrounds: Megan's, and the second operator's where there is one. */
  readonly addresses: readonly string[];
  readonly #output: () => string;

  private constructor(
    folder: string,
    child: ChildProcess,
    addresses: readonly string[],
    output: () => string,
  ) {
    this.folder = folder;
    this.#process = child;
    this.addresses = addresses;
    this.#output = output;
  }

  /** Starts the demo and waits until it says where to look. */
  static async start(port: number, playgroundPort: number, ...options: string[]): Promise<RunningDemo> {
    const folder = await mkdtemp(path.join(tmpdir(), 'license-watch-demo-'));
    const args = [MAIN, 'demo', '--port', String(port), '--playground-port', String(playgroundPort)];
    const child = spawn(process.execPath, [...args, ...options], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    const addresses = await new Promise<string[]>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const found = [...output.matchAll(/open (http:\/\/localhost:\d+)/gi)].flatMap(([, url]) => url ?? []);
        if (output.includes('Ctrl-C stops everything')) resolve(found);
      });
      child.once('exit', () => reject(new Error(`the demo ended:\n${output}`)));
    });
    return new RunningDemo(folder, child, addresses, () => output);
  }

  /** What the simulated tenant itself says of somebody, not what the bot believes. */
  async user(upn: string): Promise<SimulatedUser> {
    return SimulatedUser.parse(JSON.parse(await this.#tenant('GET', `/users/${upn}`)));
  }

  /** Makes something happen in the tenant. */
  async act(act: Act): Promise<void> {
    await this.#tenant('POST', '/acts', act);
  }

  /** Makes something go wrong with what the bot asks the tenant. */
  async fault(fault: Fault): Promise<void> {
    await this.#tenant('POST', '/faults', fault);
  }

  /** With UPDATE_IMAGES set, the pictures of the README are taken anew. */
  async picture(name: string, of: { screenshot(options: { path: string }): Promise<Buffer> }): Promise<void> {
    const target = process.env.UPDATE_IMAGES ? IMAGES : path.join(this.folder, 'images');
    await mkdir(target, { recursive: true });
    await of.screenshot({ path: path.join(target, `${name}.png`) });
  }

  /** Asks it to stop, as Ctrl-C does; returns its exit code and all that it said. */
  async interrupt(): Promise<{ exit: unknown[]; output: string }> {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGINT');
    return { exit: await ended, output: this.#output() };
  }

  async remove(): Promise<void> {
    if (this.#process.exitCode === null) await this.interrupt();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #tenant(method: string, route: string, body?: object): Promise<string> {
    const file = await readFile(path.join(this.folder, 'data/demo/tenant.json'), 'utf8');
    const { origin, caCertificate, controlToken } = Tenant.parse(JSON.parse(file));
    return new Promise((resolve, reject) => {
      const request = https.request(
        `${origin}/_simulator${route}`,
        { method, ca: caCertificate, headers: { authorization: `Bearer ${controlToken}` } },
        (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => {
            text += chunk.toString();
          });
          response.on('end', () => {
            if ((response.statusCode ?? 500) < 300) resolve(text);
            else reject(new Error(`${method} ${route}: ${response.statusCode} ${text}`));
          });
        },
      );
      request.on('error', reject);
      request.end(body && JSON.stringify(body));
    });
  }
}
