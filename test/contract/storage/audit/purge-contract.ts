import { beforeEach, describe, expect, it } from 'vitest';
import { plannedWindow } from '../../../../src/domain/audit/coverage-window.ts';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import { anArchivedEvent } from '../../../builders/audit/archived-event.ts';
import type { Subject } from '../store-under-test.ts';

const NOW = 100 * DAY_MS;
const person = (id: string) => ({ kind: 'user' as const, id, name: null });
const ENTRA = { source: 'directoryAudits', contentType: 'directoryAudits' } as const;

export function purgeContract(subject: Subject): void {
  describe('a purge', () => {
    const found = async (): Promise<string[]> =>
      (await subject.store.audit.find({ from: 0, to: NOW })).map((event) => event.id);

    beforeEach(async () => {
      await subject.store.audit.append(
        [
          anArchivedEvent({ id: 'old', at: 10 * DAY_MS, targets: [person('u1'), person('u2')] }),
          anArchivedEvent({ id: 'edge', at: 50 * DAY_MS, targets: [person('u1')] }),
          anArchivedEvent({ id: 'new', at: 90 * DAY_MS, targets: [person('u1')] }),
        ],
        NOW,
        ['content'],
      );
    });

    it('removes the records of before its time, counts them, and leaves no trace of them in a search', async () => {
      const { audit } = subject.store;
      expect(await audit.lastPurge()).toBeNull();
      expect(await audit.purge(50 * DAY_MS, NOW)).toBe(1);
      expect(await found()).toEqual(['edge', 'new']);
      expect(await audit.find({ from: 0, to: NOW, targetIds: ['u2'] })).toEqual([]);
      expect(await audit.purge(50 * DAY_MS, NOW + 1)).toBe(0);
      expect(await audit.lastPurge()).toEqual({ at: NOW, before: 50 * DAY_MS, removed: 1 });
    });

    it('goes through more records than fit into one transaction', async () => {
      const many = Array.from({ length: 1_203 }, (_, index) =>
        anArchivedEvent({ id: `r${index}`, at: index, targets: [person('u3')] }),
      );
      await subject.store.audit.append(many, NOW);
      expect(await subject.store.audit.purge(11 * DAY_MS, NOW)).toBe(1_204);
      expect(await subject.store.audit.lastPurge()).toMatchObject({ removed: 1_204 });
      expect(await found()).toEqual(['edge', 'new']);
    });

    it('without a time removes no record, and still forgets content that nobody gives out any more', async () => {
      const { audit } = subject.store;
      await audit.purge(null, NOW + DAY_MS);
      expect(await audit.storedContents(['content'])).toEqual(new Set(['content']));
      await audit.purge(null, NOW + 10 * DAY_MS);
      expect(await audit.storedContents(['content'])).toEqual(new Set());
      expect(await found()).toEqual(['old', 'edge', 'new']);
    });

    it('forgets the windows of before its time', async () => {
      const { audit } = subject.store;
      await audit.saveWindows(
        ENTRA,
        [plannedWindow(1, DAY_MS, 0), plannedWindow(DAY_MS, 60 * DAY_MS, 0)],
        null,
      );
      await audit.purge(50 * DAY_MS, NOW);
      expect(await audit.windows(ENTRA, NOW)).toEqual([plannedWindow(DAY_MS, 60 * DAY_MS, 0)]);
    });

    it('is the only way by which the database lets a record go, before it and after it', async () => {
      const remove = subject.execute(`delete from audit_events where id = 'new'`);
      await expect(remove).rejects.toThrow(/append-only/);
      await subject.store.audit.purge(50 * DAY_MS, NOW);
      await expect(subject.execute(`delete from audit_events where id = 'edge'`)).rejects.toThrow(
        /append-only/,
      );
      await expect(subject.execute(`update audit_events set raw = ''`)).rejects.toThrow(/append-only/);
      expect(await found()).toEqual(['edge', 'new']);
    });
  });
}
