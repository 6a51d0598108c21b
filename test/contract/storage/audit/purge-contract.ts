import { beforeEach, describe, expect, it } from 'vitest';
import { generalPolicy, type RetentionPolicy } from '../../../../src/domain/archive/retention.ts';
import { plannedWindow } from '../../../../src/domain/audit/coverage-window.ts';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import { anArchivedEvent } from '../../../builders/audit/archived-event.ts';
import type { Subject } from '../store-under-test.ts';

const NOW = 100 * DAY_MS;
const keptFor = (days: number | null): RetentionPolicy[] => [generalPolicy(days)];
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
      expect(await audit.purge(keptFor(50), NOW)).toEqual([{ policy: 'AUDIT_RETENTION_DAYS', records: 1 }]);
      expect(await found()).toEqual(['edge', 'new']);
      expect(await audit.find({ from: 0, to: NOW, targetIds: ['u2'] })).toEqual([]);
      expect(await audit.purge(keptFor(50), NOW)).toEqual([]);
      expect(await audit.lastPurge()).toEqual({ at: NOW, before: 50 * DAY_MS, removed: 1 });
    });

    it('goes through more records than fit into one transaction', async () => {
      const many = Array.from({ length: 1_203 }, (_, index) =>
        anArchivedEvent({ id: `r${index}`, at: index, targets: [person('u3')] }),
      );
      await subject.store.audit.append(many, NOW);
      expect(await subject.store.audit.purge(keptFor(89), NOW)).toMatchObject([{ records: 1_204 }]);
      expect(await subject.store.audit.lastPurge()).toMatchObject({ removed: 1_204 });
      expect(await found()).toEqual(['edge', 'new']);
    });

    it('without a time removes no record, and still forgets content that nobody gives out any more', async () => {
      const { audit } = subject.store;
      await audit.purge(keptFor(null), NOW + DAY_MS);
      expect(await audit.storedContents(['content'])).toEqual(new Set(['content']));
      await audit.purge(keptFor(null), NOW + 10 * DAY_MS);
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
      await audit.purge(keptFor(50), NOW);
      expect(await audit.windows(ENTRA, NOW)).toEqual([plannedWindow(DAY_MS, 60 * DAY_MS, 0)]);
    });

    it('is the only way by which the database lets a record go, before it and after it', async () => {
      const remove = subject.execute(`delete from audit_events where id = 'new'`);
      await expect(remove).rejects.toThrow(/append-only/);
      await subject.store.audit.purge(keptFor(50), NOW);
      await expect(subject.execute(`delete from audit_events where id = 'edge'`)).rejects.toThrow(
        /append-only/,
      );
      await expect(subject.execute(`update audit_events set raw = ''`)).rejects.toThrow(/append-only/);
      expect(await found()).toEqual(['edge', 'new']);
    });

    it('goes by the first policy that takes a record, by its type, operation and user', async () => {
      const { audit } = subject.store;
      const policy = (over: Partial<RetentionPolicy>): RetentionPolicy => ({
        ...generalPolicy(null),
        ...over,
      });
      const record = (id: string, recordType: number, operation: string, actor: string) => ({
        ...anArchivedEvent({
          id,
          at: 20 * DAY_MS,
          operation,
          actor: { kind: 'user', id: null, name: actor },
        }),
        raw: JSON.stringify({ RecordType: recordType }),
      });
      await audit.append(
        [
          record('sign-in', 15, 'UserLoggedIn', 'Lee@contoso.example'),
          record('sign-in of the board', 15, 'UserLoggedIn', 'ceo@contoso.example'),
          record('failure', 15, 'UserLoginFailed', 'lee@contoso.example'),
          record('file', 6, 'FileAccessed', 'lee@contoso.example'),
        ],
        NOW,
      );
      const removed = await audit.purge(
        [
          policy({ name: 'board', users: ['ceo@contoso.example'], days: null }),
          policy({ name: 'sign-ins', recordTypes: ['15'], operations: ['userloggedin'], days: 30 }),
          policy({ name: 'files', recordTypes: ['6'], days: 85 }),
          generalPolicy(85),
        ],
        NOW,
      );
      expect(removed).toEqual([
        { policy: 'AUDIT_RETENTION_DAYS', records: 1 },
        { policy: 'sign-ins', records: 1 },
      ]);
      expect((await found()).toSorted()).toEqual(['edge', 'failure', 'file', 'new', 'sign-in of the board']);
      const { removed: byChain } = await subject.store.archive.verify([], new AbortController().signal);
      expect(byChain).toEqual(removed);
    });

    it('leaves what mentions somebody on hold, until the hold ends', async () => {
      const { audit, holds } = subject.store;
      await holds.put({ personId: 'u2', names: ['u2'], reason: 'case 7', since: NOW });
      await holds.put({ personId: 'u2', names: ['lee@contoso.example'], reason: 'case 8', since: NOW + 1 });
      expect(await holds.inForce()).toEqual([
        {
          personId: 'u2',
          names: ['u2', 'lee@contoso.example'],
          reason: 'case 8',
          since: NOW,
          endedAt: null,
        },
      ]);
      expect(await audit.purge(keptFor(20), NOW)).toMatchObject([{ records: 1 }]);
      expect(await found()).toEqual(['old', 'new']);
      expect(await holds.end('u2', NOW + 2)).toBe(true);
      expect(await holds.end('u2', NOW + 3)).toBe(false);
      expect(await audit.purge(keptFor(20), NOW + 4)).toMatchObject([{ records: 1 }]);
      expect(await found()).toEqual(['new']);
    });
  });
}
