import { spawn } from 'node:child_process';
import https from 'node:https';
import process from 'node:process';
import { createInterface } from 'node:readline';
import tls from 'node:tls';
import { z } from 'zod';

const Ready = z.object({
  origin: z.string(),
  caCertificate: z.string(),
  tenantId: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  controlToken: z.string(),
});

/** A simulated tenant in a process of its own, so that its CPU time and memory are not ours. */
export type BenchTenant = z.infer<typeof Ready> & {
  /** Makes something happen; `act` is an act of the simulator. Throws when it refuses. */
  act(act: object): Promise<void>;
  /** The object id of the user with this UPN. */
  userId(upn: string): Promise<string>;
  stop(): Promise<void>;
};

/** Starts a quiet tenant of this many users, and lets this process trust its certificate. */
export async function startTenant(users: number): Promise<BenchTenant> {
  const child = spawn(
    process.execPath,
    ['src/simulator/process.ts', '--scenario', 'quiet', '--users', String(users)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  process.once('exit', () => child.kill());
  const ready = Ready.parse(JSON.parse(await firstLine(child.stdout, ended)));
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), ready.caCertificate]);
  return {
    ...ready,
    async act(act) {
      await control(ready, '/acts', act);
    },
    async userId(upn) {
      return z.object({ id: z.string() }).parse(JSON.parse(await control(ready, `/users/${upn}`))).id;
    },
    async stop() {
      child.kill();
      await ended;
    },
  };
}

async function firstLine(stream: NodeJS.ReadableStream, ended: Promise<void>): Promise<string> {
  const lines = createInterface({ input: stream });
  const line = await Promise.race([
    new Promise<string>((resolve) => lines.once('line', resolve)),
    ended.then(() => null),
  ]);
  if (line === null) throw new Error('The simulator ended before it was ready.');
  return line;
}

/** Asks the simulator's control endpoint; returns the body. Throws for a refusal. */
function control(ready: z.infer<typeof Ready>, path: string, body?: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${ready.controlToken}`, 'content-type': 'application/json' };
    const method = body === undefined ? 'GET' : 'POST';
    const request = https.request(
      `${ready.origin}/_simulator${path}`,
      { method, headers },
      async (response) => {
        let text = '';
        for await (const chunk of response.setEncoding('utf8')) text += chunk;
        if ((response.statusCode ?? 500) < 300) resolve(text);
        else reject(new Error(`The simulator answered ${response.statusCode}: ${text}`));
      },
    );
    request.once('error', reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
