import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../../src/domain/durations.ts';
import { aChannel } from '../../../builders/jobs/job-context.ts';
import { aScanRecord } from '../../../builders/jobs/scan-record.ts';
import type { Subject } from '../store-under-test.ts';

const NOW = Date.UTC(2026, 10, 2);
const ago = (days: number): number => NOW - days * DAY_MS;
const FEED = { source: 'directoryAudits', contentType: 'directoryAudits' } as const;

const anHour = (from: number, status: 'complete' | 'failed' = 'complete') => ({
  from,
  to: from + HOUR_MS,
  status,
  readTo: from + HOUR_MS,
  attempts: 1,
  reads: 6,
  reason: status === 'failed' ? 'Microsoft did not answer.' : null,
  dueAt: null,
});

export function upkeepContract(subject: Subject): void {
  describe('what nobody needs any more', () => {
    const prune = async (): Promise<Record<string, number>> => {
      const pruned = [...(await subject.store.upkeep.prune(NOW))].filter(([, rows]) => rows > 0);
      return Object.fromEntries(pruned);
    };
    const scanOf = async (id: string, days: number, over: object = {}): Promise<void> => {
      const record = aScanRecord({ id, startedAt: ago(days), finishedAt: ago(days), ...over });
      const session = await subject.store.scans.begin(id);
      await session.abandon(record);
    };

    it('are old reads without changes; the newest of each kind and outcome stays', async () => {
      await scanOf('only held', 500, { outcome: 'held' });
      await scanOf('old', 200);
      await scanOf('old with changes', 150, { changes: 3 });
      await scanOf('just old', 91);
      await scanOf('young', 89);
      await scanOf('only quick one', 300, { kind: 'delta' });
      expect(await prune()).toEqual({ scans: 2 });
      const left = await subject.store.scans.recent(10);
      expect(left.map(({ id }) => id).toSorted()).toEqual(
        ['old with changes', 'only held', 'only quick one', 'young'].toSorted(),
      );
      expect(await prune()).toEqual({});
    });

    it('are messages that were sent long ago; what waits stays, however long', async () => {
      const { store } = subject;
      const message = { kind: 'notice', title: 'Title', text: 'Text' } as const;
      await store.outbox.enqueue([
        { key: 'sent long ago', message, notBefore: ago(401) },
        { key: 'waits', message, notBefore: ago(402) },
        { key: 'sent lately', message, notBefore: ago(399) },
      ]);
      for (const key of ['sent long ago', 'sent lately']) {
        await store.outbox.markSent(key, aChannel(), `activity-${key}`, NOW);
      }
      expect(await prune()).toEqual({ outbox: 1 });
      expect((await store.outbox.due(NOW)).map(({ key }) => key)).toEqual(['waits']);
      // The key that is kept is not queued again.
      await store.outbox.enqueue([{ key: 'sent lately', message, notBefore: NOW }]);
      expect((await store.outbox.due(NOW)).map(({ key }) => key)).toEqual(['waits']);
    });

    it('are escalations that ended long ago', async () => {
      const { escalations } = subject.store;
      for (const [key, days] of [
        ['incident:old', 401],
        ['incident:young', 399],
      ] as const) {
        await escalations.start({ key, targetKey: aChannel().key, onCall: null, dueAt: ago(days) });
        await escalations.end(key, 'over', ago(days), null);
      }
      await escalations.start({
        key: 'incident:open',
        targetKey: aChannel().key,
        onCall: null,
        dueAt: ago(500),
      });
      expect(await prune()).toEqual({ escalations: 1 });
      expect((await escalations.due(NOW)).map(({ key }) => key)).toEqual(['incident:open']);
    });

    it('are hours of a log that were read: those that follow each other become one row, holes stay', async () => {
      const start = ago(40);
      const hours = Array.from({ length: 48 }, (_, n) =>
        anHour(start + n * HOUR_MS, n === 10 ? 'failed' : 'complete'),
      );
      const young = anHour(ago(2));
      await subject.store.audit.saveWindows(FEED, [...hours, young], null);
      const before = (await subject.store.audit.feeds())[0];
      expect(await prune()).toEqual({ audit_windows: 9 + 36 });
      const [after] = await subject.store.audit.feeds();
      expect(after).toEqual(before);
      const windows = await subject.store.audit.windows(FEED, 100 * DAY_MS);
      expect(
        windows.map(({ from, to, status }) => [(from - start) / HOUR_MS, (to - from) / HOUR_MS, status]),
      ).toEqual([
        [0, 10, 'complete'],
        [10, 1, 'failed'],
        [11, 37, 'complete'],
        [38 * 24, 1, 'complete'],
      ]);
      expect(await prune()).toEqual({});
    });
  });
}
