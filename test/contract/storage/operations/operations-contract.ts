import { describe, expect, it } from 'vitest';
import type { NewConversation } from '../../../../src/domain/ports.ts';
import type { Subject } from '../store-under-test.ts';

const channel = (key: string, over: Partial<NewConversation> = {}): NewConversation => ({
  key,
  kind: 'channel',
  name: 'License alerts',
  tenantId: 'tenant-1',
  teamId: 'team-1',
  reference: '{"serviceUrl":"http://localhost"}',
  updatedAt: 1_000,
  ...over,
});

export function operationsContract(subject: Subject): void {
  describe('conversations', () => {
    it('give the alerts to the first channel, and keep them there', async () => {
      const { conversations } = subject.store;
      expect(await conversations.alertTarget()).toBeNull();
      await conversations.upsert(channel('chat', { kind: 'personal', teamId: null }));
      expect(await conversations.alertTarget()).toBeNull();
      await conversations.upsert(channel('a'));
      await conversations.upsert(channel('b'));
      await conversations.upsert(channel('a', { name: 'Renamed', updatedAt: 2_000 }));
      expect(await conversations.alertTarget()).toEqual({
        ...channel('a', { name: 'Renamed', updatedAt: 2_000 }),
        groupId: null,
        alerts: true,
        unreachable: null,
      });
      expect((await conversations.byKey('b'))?.alerts).toBe(false);
    });

    it('move the alerts to another when told to', async () => {
      const { conversations } = subject.store;
      await conversations.upsert(channel('a'));
      await conversations.upsert(channel('b'));
      await conversations.setAlertTarget('b');
      expect((await conversations.alertTarget())?.key).toBe('b');
      await conversations.setAlertTarget('unknown');
      expect((await conversations.alertTarget())?.key).toBe('b');
      await conversations.upsert(channel('b'));
      expect((await conversations.all()).map(({ key, alerts }) => [key, alerts])).toEqual([
        ['a', false],
        ['b', true],
      ]);
    });

    it('keep the group behind their team, which most activities do not name', async () => {
      const { conversations } = subject.store;
      await conversations.upsert(channel('a', { groupId: 'group-1' }));
      await conversations.upsert(channel('a'));
      await conversations.upsert(channel('b'));
      await conversations.upsert(channel('c', { teamId: 'team-2' }));
      expect((await conversations.byKey('a'))?.groupId).toBe('group-1');
      await conversations.setGroup('team-1', 'group-2');
      expect((await conversations.all()).map(({ groupId }) => groupId)).toEqual(['group-2', 'group-2', null]);
    });

    it('remember that they cannot be reached until they speak again', async () => {
      const { conversations } = subject.store;
      await conversations.upsert(channel('a'));
      await conversations.setUnreachable('a', 'The bot was blocked.');
      expect((await conversations.byKey('a'))?.unreachable).toBe('The bot was blocked.');
      await conversations.upsert(channel('a'));
      expect((await conversations.byKey('a'))?.unreachable).toBeNull();
    });

    it('are removed one by one or with their team', async () => {
      const { conversations } = subject.store;
      for (const key of ['a', 'b', 'c']) await conversations.upsert(channel(key));
      await conversations.upsert(channel('d', { teamId: 'team-2' }));
      await conversations.remove({ key: 'b' });
      expect((await conversations.all()).map(({ key }) => key)).toEqual(['a', 'c', 'd']);
      await conversations.remove({ teamId: 'team-1' });
      expect((await conversations.all()).map(({ key }) => key)).toEqual(['d']);
      expect(await conversations.alertTarget()).toBeNull();
      await conversations.upsert(channel('d', { teamId: 'team-2' }));
      expect((await conversations.alertTarget())?.key).toBe('d');
    });
  });

  describe('a job', () => {
    it('tells its last run, whether it ended, and when it last went well', async () => {
      const { jobs } = subject.store;
      const running = { finishedAt: null, ok: null, detail: null };
      expect(await jobs.last('scan')).toBeNull();
      await jobs.started('scan', 1_000);
      expect(await jobs.last('scan')).toEqual({
        name: 'scan',
        startedAt: 1_000,
        ...running,
        lastSuccessAt: null,
      });
      await jobs.finished('scan', 2_000, true, null);
      expect(await jobs.last('scan')).toMatchObject({ finishedAt: 2_000, ok: true, lastSuccessAt: 2_000 });
      await jobs.started('scan', 3_000);
      expect(await jobs.last('scan')).toMatchObject({ startedAt: 3_000, ...running, lastSuccessAt: 2_000 });
      await jobs.finished('scan', 4_000, false, 'Graph refused.');
      expect(await jobs.last('scan')).toMatchObject({
        finishedAt: 4_000,
        ok: false,
        detail: 'Graph refused.',
        lastSuccessAt: 2_000,
      });
    });
  });
}
