import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noteSeenCard } from '../../../src/jobs/delivery/seen-card.ts';
import { noticeAbout } from '../../../src/jobs/outgoing/outgoing.ts';
import { aChannel } from '../../builders/jobs/job-context.ts';
import { CHANNEL, DeliveringWorld, NO_ANSWER } from './a-delivering-world.ts';

let alerts: DeliveringWorld;
beforeEach(async () => {
  alerts = await DeliveringWorld.open();
});
afterEach(() => alerts.close());

describe('a send of which nobody knows whether it arrived', () => {
  it.each([true, false])('is looked for before it is sent again, and had arrived: %s', async (arrives) => {
    alerts.world.notifier.failures = [arrives ? { ...NO_ANSWER, arrives } : NO_ANSWER];
    await alerts.stir();
    await alerts.send();
    expect(alerts.world.notifier.looked).toEqual([]);
    alerts.world.clock.advance(5_000);
    expect(await alerts.send()).toBe(1);
    expect(alerts.world.notifier.looked).toEqual(['incident:incident-1']);
    expect(alerts.world.notifier.posts).toHaveLength(1);
    expect(alerts.world.notifier.posts[0]?.message.copy).toBeUndefined();
    expect(alerts.counted).toEqual(arrives ? ['failed', 'found'] : ['failed', 'sent']);
    expect(await alerts.log()).toEqual([]);
    await alerts.stir();
    await alerts.send();
    expect(alerts.told().at(-1)).toEqual(['update', 'activity-1', 'incident:incident-1']);
  });

  it('is looked for in the channel to which it was going, also when the alerts have moved', async () => {
    alerts.world.notifier.failures = [{ ...NO_ANSWER, arrives: true }];
    await alerts.stir();
    await alerts.send();
    await alerts.world.store.conversations.upsert(aChannel('19:other@thread.tacv2', 'Other'));
    await alerts.world.store.conversations.setAlertTarget('19:other@thread.tacv2');
    await alerts.send();
    expect(alerts.world.notifier.posts).toHaveLength(1);
    expect((await alerts.world.store.outbox.postedCard('incident-1'))?.target.key).toBe(CHANNEL);
  });

  it('is looked for when it is a notice too', async () => {
    alerts.world.notifier.failures = [{ ...NO_ANSWER, arrives: true }];
    await alerts.world.store.outbox.enqueue([
      noticeAbout('scan-incomplete', 's1', 'T', 'x', alerts.world.clock.now()),
    ]);
    await alerts.send();
    alerts.world.clock.advance(5_000);
    await alerts.send();
    expect(alerts.world.notifier.posts).toHaveLength(1);
    expect(await alerts.world.store.outbox.backlog()).toMatchObject({ waiting: 0 });
  });

  describe('where the channel cannot be read', () => {
    beforeEach(() => {
      alerts.world.notifier.historyReadable = false;
    });
    const twice = async () => {
      alerts.world.notifier.failures = [{ ...NO_ANSWER, arrives: true }];
      await alerts.stir();
      await alerts.send();
      alerts.world.clock.advance(5_000);
      await alerts.send();
    };

    it('is posted again, and card, log and count say that it may be a second copy', async () => {
      await twice();
      expect(alerts.world.notifier.posts.map(({ message }) => message.copy)).toEqual([undefined, 'maybe']);
      expect(alerts.counted).toEqual(['failed', 'posted-again']);
      expect(alerts.world.warnings).toContain(
        'a card may stand twice: an earlier one could not be looked for',
      );
      expect(await alerts.log()).toEqual([expect.stringContaining('posted this card again')]);
      await alerts.stir();
      await alerts.send();
      expect(alerts.world.notifier.sent.at(-1)?.message.copy, 'the line stays').toBe('maybe');
    });

    it('is asked for each time, as nobody sets whether it may be read', async () => {
      await alerts.stir();
      alerts.world.notifier.failures = [NO_ANSWER, NO_ANSWER];
      for (let round = 0; round < 3; round++) {
        await alerts.send();
        alerts.world.clock.advance(20_000);
      }
      expect(alerts.world.notifier.looked).toHaveLength(2);
    });

    it('keeps both cards up to date from the press on the first on', async () => {
      await twice();
      await alerts.press('activity-1');
      alerts.world.notifier.sent.length = 0;
      await alerts.send();
      expect(alerts.told()).toEqual([
        ['update', 'activity-2', 'incident:incident-1'],
        ['update', 'activity-1', 'incident:incident-1'],
      ]);
      expect(alerts.world.notifier.sent.map(({ message }) => message.copy)).toEqual(['yes', 'yes']);
      expect(alerts.counted).toContain('copy-found');
      expect((await alerts.log()).at(-1)).toContain('A copy of this card stands');
      await alerts.press('activity-1');
      await alerts.press('activity-2');
      expect(await alerts.send(), 'both are known').toBe(0);
    });

    it('is not posted again when a press tells in time where it stands', async () => {
      alerts.world.notifier.failures = [{ ...NO_ANSWER, arrives: true }];
      await alerts.stir();
      await alerts.send();
      await alerts.press('activity-1');
      alerts.world.clock.advance(5_000);
      await alerts.send();
      expect(alerts.told()).toEqual([
        ['post', 'activity-1', 'incident:incident-1'],
        ['update', 'activity-1', 'incident:incident-1'],
      ]);
    });

    it('takes no press elsewhere, nor on a card of nothing that was sent, for a copy', async () => {
      await twice();
      await alerts.press('a-private-message', 'a-chat');
      await noteSeenCard(alerts.world.context, {
        cardKey: 'incident:x',
        conversationKey: CHANNEL,
        activityId: 'y',
      });
      await noteSeenCard(alerts.world.context, {
        cardKey: 'notice:x',
        conversationKey: CHANNEL,
        activityId: 'y',
      });
      expect((await alerts.world.store.outbox.postedCard('incident-1'))?.copies).toEqual([]);
    });
  });
});
