import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SendFailure } from '../../../src/domain/ports.ts';
import { AWAY, DeliveringWorld, GONE } from './a-delivering-world.ts';

let alerts: DeliveringWorld;
beforeEach(async () => {
  alerts = await DeliveringWorld.open();
});
afterEach(() => alerts.close());

describe('while Teams is away', () => {
  const three = async () => {
    for (const id of ['incident-1', 'incident-2', 'incident-3']) {
      await alerts.stir(id);
      alerts.world.clock.advance(1_000);
    }
  };

  it('one message is tried, not all that wait, and the oldest comes first afterwards', async () => {
    alerts.world.notifier.failures = Array(60).fill(AWAY);
    await three();
    for (let elapsed = 0; elapsed < 330_000; elapsed += 5_000) {
      await alerts.send();
      alerts.world.clock.advance(5_000);
    }
    expect(new Set(alerts.world.notifier.refused)).toEqual(new Set(['incident:incident-1']));
    expect(alerts.world.notifier.refused.length).toBeLessThan(25);
    await alerts.stir('incident-1');
    alerts.world.notifier.failures = [];
    let waited = 0;
    for (; alerts.world.notifier.sent.length === 0; waited += 5_000) {
      alerts.world.clock.advance(5_000);
      await alerts.send();
    }
    expect(waited, 'ms after Teams was back').toBeLessThanOrEqual(20_000);
    expect(alerts.world.notifier.posts.map(({ message }) => message.key)).toEqual([
      'incident:incident-1',
      'incident:incident-2',
      'incident:incident-3',
    ]);
  });

  it('the first word from Teams cuts the pause short', async () => {
    alerts.world.notifier.failures = [AWAY, AWAY, AWAY];
    await three();
    for (let round = 0; round < 3; round++) {
      await alerts.send();
      alerts.world.clock.advance(15_000);
    }
    await alerts.send();
    expect(alerts.world.notifier.sent).toEqual([]);
    expect(await alerts.world.store.outbox.endPauses(alerts.world.clock.now())).toBe(true);
    await alerts.send();
    expect(alerts.world.notifier.posts).toHaveLength(3);
    expect(await alerts.world.store.outbox.endPauses(alerts.world.clock.now())).toBe(false);
  });

  it('waits as long as Teams asks, whatever else is heard of it', async () => {
    alerts.world.notifier.failures = [{ ...AWAY, retryAfterMs: 30_000 }];
    await three();
    await alerts.send();
    await alerts.world.store.outbox.endPauses(alerts.world.clock.now());
    alerts.world.clock.advance(29_000);
    expect(await alerts.send()).toBe(0);
    alerts.world.clock.advance(1_000);
    expect(await alerts.send()).toBe(3);
  });

  it('a refused message holds up nobody else', async () => {
    const refused: SendFailure = { ok: false, retryable: false, about: 'message', reason: 'Too large.' };
    alerts.world.notifier.failures = [refused];
    await three();
    expect(await alerts.send()).toBe(2);
    expect(await alerts.world.store.conversations.alertTarget()).toMatchObject({ unreachable: null });
    expect(await alerts.world.store.outbox.backlog()).toMatchObject({ waiting: 1, lastError: 'Too large.' });
  });

  it('what waits says since when, not when it is tried next', async () => {
    alerts.world.notifier.failures = Array(9).fill(GONE);
    const since = alerts.world.clock.now();
    await three();
    await alerts.send();
    alerts.world.clock.advance(600_000);
    await alerts.send();
    expect(await alerts.world.store.outbox.backlog(alerts.world.clock.now())).toMatchObject({
      waiting: 3,
      oldestAt: since,
    });
  });
});
