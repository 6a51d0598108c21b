import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import { aChannel } from '../../builders/jobs/job-context.ts';
import { DELETED, DeliveringWorld, GONE } from './a-delivering-world.ts';

let alerts: DeliveringWorld;
beforeEach(async () => {
  alerts = await DeliveringWorld.open();
});
afterEach(() => alerts.close());

describe('a card that somebody deleted', () => {
  beforeEach(async () => {
    await alerts.stir();
    await alerts.send();
    alerts.world.notifier.sent.length = 0;
  });

  it('is not edited again, and the channel is not called unreachable', async () => {
    alerts.world.notifier.failures = [DELETED];
    await alerts.stir();
    expect(await alerts.send()).toBe(0);
    await alerts.stir();
    alerts.world.clock.advance(900_000);
    await alerts.send();
    expect(alerts.told()).toEqual([]);
    expect(alerts.world.notifier.refused).toHaveLength(1);
    expect(await alerts.world.store.conversations.alertTarget()).toMatchObject({ unreachable: null });
    expect(await alerts.world.store.outbox.backlog()).toEqual({
      waiting: 0,
      oldestAt: null,
      lastError: null,
    });
    expect(await alerts.load('incident-1', null)).toMatchObject({ posted: null });
  });

  it.each<[string, Partial<Incident>]>([
    ['more changes', { changeIds: ['incident-1-change', 'another'] }],
    ['a cause', { cause: 'admin-action', level: 'proved' }],
    ['a restore', { status: 'restored', restoredUserIds: ['user-1'] }],
  ])('stands anew when there is news: %s', async (_name, news) => {
    alerts.world.notifier.failures = [DELETED];
    await alerts.stir('incident-1', news);
    expect(await alerts.send()).toBe(1);
    await alerts.stir();
    await alerts.send();
    expect(alerts.told()).toEqual([
      ['post', 'activity-1', 'incident:incident-1'],
      ['update', 'activity-1', 'incident:incident-1'],
    ]);
  });

  it('stands anew when the news comes later', async () => {
    alerts.world.notifier.failures = [DELETED];
    await alerts.stir();
    await alerts.send();
    await alerts.stir('incident-1', { cause: 'admin-action', level: 'proved' });
    await alerts.send();
    expect(alerts.world.notifier.posts).toHaveLength(1);
  });

  it('leaves a copy that stands in its place', async () => {
    await alerts.press('the-copy');
    alerts.world.notifier.failures = [DELETED];
    await alerts.send();
    expect(alerts.told()).toEqual([['update', 'the-copy', 'incident:incident-1']]);
  });

  it('is told from a channel that is gone, which is named until it is mended', async () => {
    alerts.world.notifier.failures = [GONE];
    await alerts.stir();
    await alerts.send();
    expect(await alerts.world.store.conversations.alertTarget()).toMatchObject({ unreachable: GONE.reason });
    await alerts.world.store.conversations.upsert(aChannel());
    await alerts.world.store.outbox.endPauses(alerts.world.clock.now());
    await alerts.send();
    expect(alerts.told()).toEqual([['update', 'activity-1', 'incident:incident-1']]);
    expect(await alerts.world.store.conversations.alertTarget()).toMatchObject({ unreachable: null });
    expect(await alerts.world.store.outbox.backlog()).toMatchObject({ waiting: 0, lastError: null });
  });

  it('is given up in a channel that is gone when alerts go elsewhere, and its news come there', async () => {
    await alerts.world.store.conversations.upsert(aChannel('19:other@thread.tacv2', 'Other'));
    await alerts.world.store.conversations.setAlertTarget('19:other@thread.tacv2');
    alerts.world.notifier.failures = [GONE];
    await alerts.stir('incident-1', { cause: 'admin-action', level: 'proved' });
    await alerts.send();
    expect(alerts.world.notifier.sent.map(({ how, target }) => [how, target])).toEqual([
      ['post', '19:other@thread.tacv2'],
    ]);
  });
});
