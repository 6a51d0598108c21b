import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../src/domain/durations.ts';
import { PlaygroundPage } from './playground-page.ts';
import { RunningDemo } from './running-demo.ts';

const TITLE = '5 users lost Microsoft 365 Business Standard';

let demo: RunningDemo;
let playground: PlaygroundPage;

beforeAll(async () => {
  demo = await RunningDemo.start(3984, 56184);
  playground = await PlaygroundPage.open(demo.addresses[0] ?? '');
  await playground.openChannel('License alerts');
  await playground.card(TITLE).waitFor({ timeout: MINUTE_MS });
});

afterAll(async () => {
  await playground?.close();
  await demo?.remove();
});

describe('a page of the Playground that is loaded again', () => {
  const cards = () => playground.page.locator('.ac-adaptiveCard').filter({ hasText: '5 users lost' }).count();

  it('shows the card of the open incident again, each time once', async () => {
    for (let time = 0; time < 2; time++) {
      await playground.page.reload();
      await playground.openChannel('License alerts');
      await playground.card(TITLE).waitFor({ timeout: 20_000 });
      expect(await cards()).toBe(1);
      expect(await playground.card(TITLE).textContent()).not.toContain('twice');
    }
  });

  it('has a card whose buttons work, and which is edited in place', async () => {
    await playground.press(playground.card(TITLE), 'Reassign…');
    await playground.press(playground.card(TITLE), 'Reassign all 5');
    const restored = playground.card(/everything is back/i);
    await restored.waitFor({ timeout: 30_000 });
    expect(await restored.textContent()).not.toContain('twice');
    expect(await cards()).toBe(1);
  });
});
