import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PlaygroundPage } from './playground-page.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const IMAGES = fileURLToPath(new URL('../../docs/images', import.meta.url));
const BUSINESS_STANDARD = 'f245ecc8-75af-4f8e-b61f-27d8114de5f3';

const Tenant = z.object({ origin: z.string(), caCertificate: z.string(), controlToken: z.string() });
const SimulatedUser = z.object({
  licenses: z.array(z.object({ skuId: z.string(), disabledPlans: z.array(z.string()) })),
});

let folder: string;
let demo: ChildProcess;
let output = '';
let playground: PlaygroundPage;

/** What the simulated tenant itself says, not what the bot believes. */
async function licensesOf(upn: string): Promise<z.infer<typeof SimulatedUser>['licenses']> {
  const tenant = Tenant.parse(JSON.parse(await readFile(path.join(folder, 'data/demo/tenant.json'), 'utf8')));
  const text = await new Promise<string>((resolve, reject) => {
    https
      .get(
        `${tenant.origin}/_simulator/users/${upn}`,
        { ca: tenant.caCertificate, headers: { authorization: `Bearer ${tenant.controlToken}` } },
        (response) => {
          let body = '';
          response.on('data', (chunk: Buffer) => {
            body += chunk.toString();
          });
          response.on('end', () => resolve(body));
        },
      )
      .on('error', reject);
  });
  return SimulatedUser.parse(JSON.parse(text)).licenses;
}

/** With UPDATE_IMAGES set, the pictures of the README are taken anew. */
async function picture(
  name: string,
  of: { screenshot(options: { path: string }): Promise<Buffer> },
): Promise<void> {
  const target = process.env.UPDATE_IMAGES ? IMAGES : path.join(folder, 'images');
  await mkdir(target, { recursive: true });
  await of.screenshot({ path: path.join(target, `${name}.png`) });
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'license-watch-demo-'));
  demo = spawn(process.execPath, [MAIN, 'demo', '--port', '3997', '--playground-port', '56197'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    demo.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const found = /Open (http:\/\/localhost:\d+)/.exec(output)?.[1];
      if (found) resolve(found);
    });
    demo.once('exit', () => reject(new Error(`the demo ended:\n${output}`)));
  });
  playground = await PlaygroundPage.open(address);
});

afterAll(async () => {
  await playground?.close();
  demo.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

describe('the morning five licenses vanished', () => {
  it('shows one card in the channel within a minute', async () => {
    await playground.openChannel('License alerts');
    const card = playground.card('5 users lost Microsoft 365 Business Standard');
    await card.waitFor({ timeout: 60_000 });
    const text = await card.textContent();
    for (const expected of [
      'Rick van Oosterhout',
      'José Álvarez',
      'Zoë Müller',
      'Wei Zhang',
      'MO213912',
      'Not explained yet',
    ]) {
      expect(text).toContain(expected);
    }
    expect((await licensesOf('rick@contoso.com')).some(({ skuId }) => skuId === BUSINESS_STANDARD)).toBe(
      false,
    );
    await picture('incident-card', card);
  });

  it('answers who changed Rick’s license, honestly', async () => {
    await playground.openPersonalChat();
    await playground.say("who changed Rick's license");
    const card = playground.card(/Rick van Oosterhout/);
    await card.waitFor({ timeout: 10_000 });
    const text = await card.textContent();
    expect(text).toContain('Microsoft 365 Business Standard');
    expect(text).toMatch(/no record so far|not explained yet/i);
    expect(text).toMatch(/log complete to/i);
    await picture('who-changed', card);
  });

  it('gives the licenses back when Reassign is pressed, and the card says so', async () => {
    await playground.openChannel('License alerts');
    const card = playground.card('5 users lost Microsoft 365 Business Standard');
    await playground.press(card, 'Reassign');
    await playground.press(card, 'Reassign all 5');
    const restored = playground.card(/everything is back/i);
    await restored.waitFor({ timeout: 30_000 });
    expect(await restored.textContent()).toContain('Megan Bowen pressed Reassign');
    await picture('restored-card', restored);

    const rick = (await licensesOf('rick@contoso.com')).find(({ skuId }) => skuId === BUSINESS_STANDARD);
    expect(rick?.disabledPlans).toHaveLength(2);
    expect(
      await playground.page.locator('.ac-adaptiveCard').filter({ hasText: '5 users lost' }).count(),
    ).toBe(1);
  });

  it('answers in the terminal what it answers in the chat', async () => {
    const ask = spawn(process.execPath, [MAIN, 'ask', "who changed Rick's license"], {
      cwd: folder,
      env: { ...process.env, DATABASE_URL: 'file:./data/demo/license-watch.db' },
    });
    let text = '';
    ask.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    expect((await once(ask, 'exit'))[0]).toBe(0);
    expect(text).toContain('Rick van Oosterhout');
  });

  it('stops everything cleanly at Ctrl-C', async () => {
    const ended = once(demo, 'exit');
    demo.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(output).toContain('Stopped.');
  });
});
