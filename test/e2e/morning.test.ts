import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../src/domain/durations.ts';
import { PlaygroundPage } from './playground-page.ts';
import { MAIN, RunningDemo } from './running-demo.ts';

const BUSINESS_STANDARD = 'f245ecc8-75af-4f8e-b61f-27d8114de5f3';

let demo: RunningDemo;
let playground: PlaygroundPage;

beforeAll(async () => {
  demo = await RunningDemo.start(3997, 56197);
  playground = await PlaygroundPage.open(demo.addresses[0] ?? '');
});

afterAll(async () => {
  await playground?.close();
  await demo?.remove();
});

describe('the morning five licenses vanished', () => {
  it('shows one card in the channel within a minute', async () => {
    await playground.openChannel('License alerts');
    const card = playground.card('5 users lost Microsoft 365 Business Standard');
    await card.waitFor({ timeout: MINUTE_MS });
    const text = await card.textContent();
    for (const expected of [
      'Rick van Oosterhout',
      'José Álvarez',
      'Zoë Müller',
      'Wei Zhang',
      'MO213912',
      'Cause not known yet',
    ]) {
      expect(text).toContain(expected);
    }
    const rick = await demo.user('rick@contoso.com');
    expect(rick.licenses.some(({ skuId }) => skuId === BUSINESS_STANDARD)).toBe(false);
    await demo.picture('incident-card', card);
  });

  it('answers who changed Rick’s license, honestly', async () => {
    await playground.openPersonalChat();
    await playground.say("who changed Rick's license");
    const card = playground.card(/Rick van Oosterhout/);
    await card.waitFor({ timeout: 10_000 });
    const text = await card.textContent();
    expect(text).toContain('Microsoft 365 Business Standard');
    expect(text).toMatch(/no audit record so far|cause not known yet/i);
    expect(text).toMatch(/log complete to/i);
    await demo.picture('who-changed', card);
  });

  it('gives the licenses back when Reassign is pressed, and the card says so', async () => {
    await playground.openChannel('License alerts');
    const card = playground.card('5 users lost Microsoft 365 Business Standard');
    await playground.press(card, 'Reassign…');
    await demo.picture('reassign-form', card);
    await playground.press(card, 'Reassign all 5');
    const restored = playground.card(/everything is back/i);
    await restored.waitFor({ timeout: 30_000 });
    expect(await restored.textContent()).toMatch(/Restored .* by Megan Bowen, after/);
    await demo.picture('restored-card', restored);

    const { licenses } = await demo.user('rick@contoso.com');
    const license = licenses.find(({ skuId }) => skuId === BUSINESS_STANDARD);
    expect(license?.disabledPlans).toHaveLength(2);
    expect(
      await playground.page.locator('.ac-adaptiveCard').filter({ hasText: '5 users lost' }).count(),
    ).toBe(1);
  });

  it('answers in the terminal what it answers in the chat', async () => {
    const ask = spawn(process.execPath, [MAIN, 'ask', "who changed Rick's license"], {
      cwd: demo.folder,
    });
    let text = '';
    ask.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    expect((await once(ask, 'exit'))[0]).toBe(0);
    expect(text).toContain('Rick van Oosterhout');
  });

  it('is not touched by a second demo, which says that the port is in use', async () => {
    const database = path.join(demo.folder, 'data/demo/license-watch.db');
    const before = await stat(database);
    const second = spawn(process.execPath, [MAIN, 'demo', '--port', '3997', '--no-playground'], {
      cwd: demo.folder,
    });
    let said = '';
    second.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    expect((await once(second, 'exit'))[0]).toBe(1);
    expect(said).toContain('Port 3997 is in use');
    expect((await stat(database)).ino).toBe(before.ino);
  });

  it('stops everything cleanly at Ctrl-C', async () => {
    const { exit, output } = await demo.interrupt();
    expect(exit).toEqual([0, null]);
    expect(output).toContain('Stopped.');
  });
});
