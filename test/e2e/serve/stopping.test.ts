import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src/domain/durations.ts';
import { FORUM_VICTIMS } from '../../../src/simulator/scenarios/forum.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import { aSilentServer, Product, until } from './product.ts';

const CLEAN_WITHIN_MS = 10_000;
const CHANNEL = '19:alerts@thread.tacv2';

describe('a process that is asked to stop', () => {
  let product: Product;
  beforeEach(async () => {
    product = await Product.install();
  });
  afterEach(() => product.remove());

  it('ends well within ten seconds, and leaves the jobs to the next', async () => {
    const first = product.start(['serve']);
    await first.logged('scan finished');
    expect(await first.stop()).toMatchObject({ code: 0, signal: null, stderr: '' });
    const second = product.start(['serve']);
    await second.logged('this process runs the jobs');
    const { code, ms } = await second.stop();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(CLEAN_WITHIN_MS);
  });

  it('gives up a page that never ends', async () => {
    product.simulator.tenant.fault({ path: '/v1.0/users?', effect: { kind: 'stall' } });
    const running = product.start(['serve']);
    await running.port();
    await until('a page that hangs', () => product.simulator.tenant.requests().routes['GET /v1.0/users']);
    const { code, ms, stderr } = await running.stop();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(ms).toBeLessThan(CLEAN_WITHIN_MS);
    const store = await openStore({ url: product.databaseUrl });
    expect(await store.scans.last()).toMatchObject({ outcome: 'incomplete', reasonCode: 'cancelled' });
    await store.close();
  });

  it('gives up a card that Teams does not take, and the card waits', async () => {
    const teams = await aSilentServer();
    const store = await openStore({ url: product.databaseUrl });
    await store.conversations.upsert({
      key: CHANNEL,
      kind: 'channel',
      name: 'License alerts',
      tenantId: null,
      teamId: 'team-1',
      reference: JSON.stringify({
        channelId: 'msteams',
        serviceUrl: teams.url,
        bot: { id: '28:bot', name: 'License Watch' },
        conversation: { id: CHANNEL, isGroup: true, conversationType: 'channel' },
      }),
      updatedAt: 0,
    });
    try {
      const running = product.start(['serve']);
      await until('a first scan', async () => (await store.scans.lastWhole()) ?? undefined);
      product.simulator.tenant.act({
        kind: 'withdraw-license',
        users: [...FORUM_VICTIMS],
        sku: 'O365_BUSINESS_PREMIUM',
      });
      await until('a card on its way', () => (teams.requests() > 0 ? true : null));
      const { code, ms, stderr } = await running.stop();
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(ms).toBeLessThan(CLEAN_WITHIN_MS);
      expect(await store.outbox.due(Date.now() + DAY_MS)).toMatchObject([{ status: 'sending' }]);
    } finally {
      await store.close();
      teams.server.closeAllConnections();
      teams.server.close();
    }
  });

  it('ends while somebody waits for an answer that hangs', async () => {
    const running = product.start(['serve']);
    const port = await running.port();
    const socket = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(socket.status).toBe(200);
    // A body that is promised and never sent.
    const half = new AbortController();
    const hanging = fetch(`http://127.0.0.1:${port}/api/messages`, {
      method: 'POST',
      duplex: 'half',
      signal: half.signal,
      body: new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{')) }),
    } as RequestInit).catch(() => null);
    const { code, ms } = await running.stop();
    half.abort();
    await hanging;
    expect(code).toBe(0);
    expect(ms).toBeLessThan(CLEAN_WITHIN_MS);
  });
});
