import { describe, expect, it } from 'vitest';
import type { OutboxItem } from '../../../../src/domain/ports.ts';
import type { Subject } from '../store-under-test.ts';

const TARGET = { key: 'channel-1', name: 'License alerts' };

const card = (revision: number, over: Partial<OutboxItem> = {}): OutboxItem => ({
  key: `incident:i-1:${revision}`,
  message: { kind: 'incident', incidentId: 'i-1', revision },
  notBefore: 1_000,
  ...over,
});

export function outboxContract(subject: Subject): void {
  describe('the outbox', () => {
    it('queues a key once, also after it was sent', async () => {
      const { outbox } = subject.store;
      await outbox.enqueue([card(1), card(1), card(2)]);
      await outbox.enqueue([card(1, { notBefore: 9_000 })]);
      expect((await outbox.due(1_000)).map((item) => item.key)).toEqual(['incident:i-1:1', 'incident:i-1:2']);
      await outbox.markSent('incident:i-1:1', TARGET, 'activity-1', 2_000);
      await outbox.enqueue([card(1)]);
      expect((await outbox.due(9_000)).map((item) => item.key)).toEqual(['incident:i-1:2']);
      await outbox.enqueue([]);
    });

    it('tells an item when its time has come, with how often it was tried', async () => {
      const { outbox } = subject.store;
      await outbox.enqueue([card(1)]);
      expect(await outbox.due(999)).toEqual([]);
      await outbox.markSending(card(1).key, TARGET.key);
      await outbox.markFailed(card(1).key, 'The channel is gone.', 5_000);
      expect(await outbox.due(4_999)).toEqual([]);
      expect(await outbox.due(5_000)).toEqual([
        { ...card(1), notBefore: 5_000, attempts: 1, status: 'pending', targetKey: null, unknownSends: 0 },
      ]);
    });

    it('tells what an earlier process was sending, and where to', async () => {
      const { outbox } = subject.store;
      await outbox.enqueue([card(1)]);
      await outbox.markSending(card(1).key, TARGET.key);
      expect(await outbox.due(0)).toEqual([
        { ...card(1), attempts: 0, status: 'sending', targetKey: TARGET.key, unknownSends: 0 },
      ]);
    });

    it('forgets an item that is dropped or given up', async () => {
      const { outbox } = subject.store;
      await outbox.enqueue([card(1), card(2)]);
      await outbox.drop(card(1).key);
      await outbox.markFailed(card(2).key, 'Refused for good.', null);
      await outbox.markSending(card(2).key, TARGET.key);
      expect(await outbox.due(9_000)).toEqual([]);
      await outbox.enqueue([card(1)]);
      expect(await outbox.due(9_000)).toEqual([]);
    });

    it('knows where the card of an incident stands', async () => {
      const { outbox } = subject.store;
      await outbox.enqueue([card(1), card(2), card(3)]);
      expect(await outbox.postedCard('i-1')).toBeNull();
      await outbox.markSent(card(1).key, TARGET, 'activity-1', 2_000);
      await outbox.markSent(card(2).key, TARGET, 'activity-1', 3_000);
      expect(await outbox.postedCard('i-1')).toEqual({
        incidentId: 'i-1',
        target: TARGET,
        activityId: 'activity-1',
        revision: 2,
        postedAt: 2_000,
        copies: [],
        postedAgain: [],
        shown: null,
        gone: false,
      });
      const elsewhere = { key: 'channel-2', name: 'Elsewhere' };
      await outbox.markSent(card(3).key, elsewhere, 'activity-2', 4_000);
      expect(await outbox.postedCard('i-1')).toMatchObject({
        target: elsewhere,
        revision: 3,
        postedAt: 4_000,
      });
    });

    it('sends a notice without a card', async () => {
      const { outbox } = subject.store;
      const notice: OutboxItem = {
        key: 'n',
        message: { kind: 'notice', title: 'T', text: 'x' },
        notBefore: 0,
      };
      await outbox.enqueue([notice]);
      expect((await outbox.due(0))[0]?.message).toEqual(notice.message);
      await outbox.markSent('n', TARGET, 'activity-1', 1);
      expect(await outbox.due(0)).toEqual([]);
      await outbox.markSent('never-queued', TARGET, 'activity-2', 1);
    });

    it('does not count as waiting what is held back until later, unless it could not be sent', async () => {
      const { outbox } = subject.store;
      await outbox.enqueue([card(1, { notBefore: 500 }), card(2, { notBefore: 9_000 })]);
      expect(await outbox.backlog(500)).toMatchObject({ waiting: 1, oldestAt: 500 });
      expect(await outbox.backlog(499)).toMatchObject({ waiting: 0, oldestAt: null });
      await outbox.markFailed(card(1).key, 'Busy.', 700);
      expect(await outbox.backlog(500)).toMatchObject({ waiting: 1, lastError: 'Busy.' });
    });

    it('tells what waits, since when, and why', async () => {
      const { outbox } = subject.store;
      expect(await outbox.backlog()).toEqual({ waiting: 0, oldestAt: null, lastError: null });
      await outbox.enqueue([card(1, { notBefore: 500 }), card(2)]);
      expect(await outbox.backlog()).toEqual({ waiting: 2, oldestAt: 500, lastError: null });
      await outbox.markFailed(card(1).key, 'Given up.', null);
      expect(await outbox.backlog()).toEqual({ waiting: 1, oldestAt: 1_000, lastError: 'Given up.' });
      await outbox.markFailed(card(2).key, 'The channel is gone.', 7_000);
      expect(await outbox.backlog()).toEqual({
        waiting: 1,
        oldestAt: 1_000,
        lastError: 'The channel is gone.',
      });
      await outbox.markSent(card(2).key, TARGET, 'activity-1', 8_000);
      expect(await outbox.backlog()).toEqual({ waiting: 0, oldestAt: null, lastError: null });
    });
  });
}
