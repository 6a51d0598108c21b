import { beforeEach, describe, expect, it } from 'vitest';
import type { OutboxItem } from '../../../../src/domain/ports.ts';
import type { Subject } from '../store-under-test.ts';

const TARGET = { key: 'channel-1', name: 'License alerts' };
const SHOWN = {
  status: 'open',
  level: 'proved',
  cause: 'admin-action',
  changes: 2,
  restored: 0,
  asked: false,
  snoozed: false,
} as const;

const card = (revision: number): OutboxItem => ({
  key: `incident:i-1:${revision}`,
  message: { kind: 'incident', incidentId: 'i-1', revision },
  notBefore: 1_000,
});
const seen = (activityId: string, seenAt = 3_000) => ({ target: TARGET, activityId, seenAt });

export function cardsContract(subject: Subject): void {
  const outbox = () => subject.store.outbox;

  describe('a send that nobody confirmed', () => {
    it('keeps where it went and how often, until it is known not to be there', async () => {
      await outbox().enqueue([card(1)]);
      await outbox().markSending(card(1).key, TARGET.key);
      await outbox().markFailed(card(1).key, 'No answer.', 1_000, true);
      expect(await outbox().due(1_000)).toMatchObject([
        { status: 'pending', targetKey: TARGET.key, unknownSends: 1 },
      ]);
      await outbox().markFailed(card(1).key, 'Not reached.', 1_000);
      expect(await outbox().due(1_000)).toMatchObject([{ targetKey: TARGET.key, unknownSends: 1 }]);
      await outbox().markSending(card(1).key, 'channel-2');
      expect(await outbox().due(1_000)).toMatchObject([{ targetKey: 'channel-2', unknownSends: 0 }]);
    });

    it('is noted on the card that is posted after it', async () => {
      await outbox().enqueue([card(1), card(2)]);
      await outbox().markSending(card(1).key, TARGET.key, 1);
      await outbox().markSent(card(1).key, TARGET, 'a-1', 2_000, SHOWN);
      await outbox().markSent(card(2).key, TARGET, 'a-1', 2_500);
      expect(await outbox().postedCard('i-1')).toMatchObject({ postedAgain: [2_000], shown: SHOWN });
    });
  });

  describe('a card that is shown again', () => {
    const again = (at: number): OutboxItem => ({ ...card(1), key: `again:i-1:${at}`, notBefore: at });
    const where = (activityId: string) => ({ incidentId: 'i-1', activityId });
    beforeEach(async () => {
      await outbox().enqueue([card(1)]);
      await outbox().markSent(card(1).key, TARGET, 'a-1', 2_000, SHOWN);
    });

    it('is posted in the place of the one that stood, which is kept until it is taken away', async () => {
      await outbox().showAgain(where('a-1'), 'replace', again(5_000));
      expect(await outbox().postedCard('i-1')).toBeNull();
      expect((await outbox().due(5_000)).map(({ key }) => key)).toEqual(['again:i-1:5000']);
      await outbox().markSent('again:i-1:5000', TARGET, 'a-2', 6_000, SHOWN);
      const replaced = { target: TARGET, activityId: 'a-1', seenAt: 5_000, replaced: true };
      expect(await outbox().postedCard('i-1')).toMatchObject({ activityId: 'a-2', copies: [replaced] });
      await outbox().noteGone('i-1', 'a-1');
      expect(await outbox().postedCard('i-1')).toMatchObject({ activityId: 'a-2', copies: [] });
    });

    it('is edited where it stands, and counts as not shown', async () => {
      await outbox().showAgain(where('a-1'), 'edit', again(5_000));
      expect(await outbox().postedCard('i-1')).toMatchObject({ activityId: 'a-1', shown: null });
      expect(await outbox().due(5_000)).toHaveLength(1);
    });

    it('stays as it is where another one stands by now', async () => {
      await outbox().showAgain(where('a-0'), 'replace', again(5_000));
      await outbox().showAgain({ incidentId: 'unknown', activityId: 'a-1' }, 'post', again(5_000));
      expect(await outbox().postedCard('i-1')).toMatchObject({ activityId: 'a-1', shown: SHOWN });
      expect(await outbox().due(5_000)).toEqual([]);
    });

    it('is the old one after all when somebody presses that meanwhile', async () => {
      await outbox().showAgain(where('a-1'), 'replace', again(5_000));
      expect(await outbox().noteSeen('i-1', seen('a-1'))).toBe('found');
      expect(await outbox().postedCard('i-1')).toMatchObject({ activityId: 'a-1', copies: [] });
    });
  });

  describe('a card that somebody saw', () => {
    it('is a copy beside one that is known, each once, and not without end', async () => {
      expect(await outbox().noteSeen('i-1', seen('a-1'))).toBe('foreign');
      await outbox().enqueue([card(1)]);
      expect(await outbox().noteSeen('i-1', seen('a-1'))).toBe('foreign');
      await outbox().markSent(card(1).key, TARGET, 'a-1', 2_000);
      expect(await outbox().noteSeen('i-1', seen('a-1'))).toBe('known');
      expect(await outbox().noteSeen('i-1', seen('a-2'))).toBe('copy');
      expect(await outbox().noteSeen('i-1', seen('a-2', 9_000))).toBe('known');
      expect((await outbox().postedCard('i-1'))?.copies).toEqual([seen('a-2')]);
      for (let copy = 3; copy < 20; copy++) await outbox().noteSeen('i-1', seen(`a-${copy}`));
      expect((await outbox().postedCard('i-1'))?.copies).toHaveLength(5);
    });

    it('is the card where one was under way', async () => {
      await outbox().enqueue([card(1)]);
      await outbox().markSending(card(1).key, TARGET.key);
      expect(await outbox().noteSeen('i-2', seen('a-1'))).toBe('foreign');
      expect(await outbox().noteSeen('i-1', seen('a-1'))).toBe('under-way');
      expect(await outbox().postedCard('i-1')).toMatchObject({ activityId: 'a-1', target: TARGET });
    });
  });

  describe('a card that somebody deleted', () => {
    it('leaves its place to a copy, and then to nothing until another is sent or seen', async () => {
      await outbox().enqueue([card(1), card(2)]);
      await outbox().markSent(card(1).key, TARGET, 'a-1', 2_000, SHOWN);
      await outbox().noteSeen('i-1', seen('a-2'));
      await outbox().noteSeen('i-1', seen('a-3'));
      await outbox().noteGone('i-1', 'a-3');
      await outbox().noteGone('i-1', 'a-1');
      expect(await outbox().postedCard('i-1')).toMatchObject({ activityId: 'a-2', copies: [], gone: false });
      await outbox().noteGone('i-1', 'a-2');
      await outbox().noteGone('unknown', 'a-2');
      expect(await outbox().postedCard('i-1')).toBeNull();
      expect(await outbox().lastCard('i-1')).toMatchObject({ gone: true, shown: SHOWN });
      expect(await outbox().noteSeen('i-1', seen('a-4'))).toBe('found');
      await outbox().noteGone('i-1', 'a-4');
      await outbox().markSent(card(2).key, TARGET, 'a-5', 4_000);
      expect(await outbox().postedCard('i-1')).toMatchObject({ activityId: 'a-5', postedAt: 4_000 });
    });
  });

  describe('a pause in sending', () => {
    const channel = (key: string) => ({
      key,
      kind: 'channel' as const,
      name: key,
      tenantId: null,
      teamId: 'team-1',
      reference: '{}',
      updatedAt: 0,
    });

    it('stands until the target takes something, and so does what waits after a failure', async () => {
      await subject.store.conversations.upsert(channel('a'));
      expect(await outbox().pause('a')).toBeNull();
      expect(await outbox().pause('unknown')).toBeNull();
      await outbox().setPause('a', { until: 9_000, tries: 2, asked: false });
      await subject.store.conversations.upsert(channel('a'));
      expect(await outbox().pause('a')).toEqual({ until: 9_000, tries: 2, asked: false });
      await outbox().enqueue([card(1), { ...card(2), notBefore: 8_000 }]);
      await outbox().markFailed(card(1).key, 'Refused.', 7_000);
      await outbox().endPause('a', 2_000);
      expect(await outbox().pause('a')).toBeNull();
      expect(
        (await outbox().due(2_000)).map(({ key }) => key),
        'what is held back stays so',
      ).toEqual([card(1).key]);
      expect(await outbox().backlog(2_000)).toMatchObject({ oldestAt: 1_000 });
    });

    it('ends with the first word from Teams, but for one that Teams asked for', async () => {
      for (const key of ['a', 'b']) await subject.store.conversations.upsert(channel(key));
      expect(await outbox().endPauses(1_000)).toBe(false);
      await outbox().setPause('a', { until: 9_000, tries: 2, asked: false });
      await outbox().setPause('b', { until: 9_000, tries: 1, asked: true });
      expect(await outbox().endPauses(1_000)).toBe(true);
      expect([await outbox().pause('a'), await outbox().pause('b')]).toEqual([
        null,
        { until: 9_000, tries: 1, asked: true },
      ]);
      await outbox().endPause('b', 1_000);
      expect(await outbox().pause('b')).toBeNull();
    });
  });
}
