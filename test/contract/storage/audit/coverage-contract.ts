import { describe, expect, it } from 'vitest';
import { type CoverageWindow, plannedWindow } from '../../../../src/domain/audit/coverage-window.ts';
import { anArchivedEvent } from '../../../builders/audit/archived-event.ts';
import type { Subject } from '../store-under-test.ts';

const ENTRA = { source: 'directoryAudits', contentType: 'directoryAudits' } as const;
const EXCHANGE = { source: 'activity', contentType: 'Audit.Exchange' } as const;

const complete = (from: number, to: number): CoverageWindow => ({
  ...plannedWindow(from, to, 0),
  status: 'complete',
  readTo: to,
  reads: 1,
  dueAt: 9_000,
});

const failed = (from: number, to: number, reason: string, dueAt: number | null): CoverageWindow => ({
  ...plannedWindow(from, to, 0),
  status: 'failed',
  attempts: 3,
  reason,
  dueAt,
});

export function coverageContract(subject: Subject): void {
  describe('the coverage ledger', () => {
    it('keeps each window of a feed as it stood last, in order', async () => {
      const { audit } = subject.store;
      await audit.saveWindows(ENTRA, [plannedWindow(2_000, 3_000, 1), plannedWindow(1_000, 2_000, 1)], null);
      await audit.saveWindows(EXCHANGE, [plannedWindow(1_000, 2_000, 1)], null);
      await audit.saveWindows(ENTRA, [complete(1_000, 2_000)], null);
      expect(await audit.windows(ENTRA, 5_000)).toEqual([
        complete(1_000, 2_000),
        plannedWindow(2_000, 3_000, 1),
      ]);
      expect(await audit.windows(ENTRA, 500)).toEqual([plannedWindow(2_000, 3_000, 1)]);
      expect(await audit.windows({ ...ENTRA, contentType: 'other' }, 500)).toEqual([]);
    });

    it('keeps with the windows how far the source is complete, also when that is less than before', async () => {
      const { audit } = subject.store;
      expect(await audit.coverage()).toEqual([]);
      await audit.saveWindows(ENTRA, [], { source: 'directoryAudits', completeTo: 5_000, completeFrom: 1 });
      await audit.saveWindows(EXCHANGE, [complete(1_000, 2_000)], null);
      await audit.saveWindows(ENTRA, [], { source: 'directoryAudits', completeTo: 4_000, completeFrom: 2 });
      expect(await audit.coverage()).toEqual([
        { source: 'directoryAudits', completeTo: 4_000, completeFrom: 2 },
      ]);
    });

    it('sums up each feed, with its newest failures', async () => {
      const { audit } = subject.store;
      await audit.saveWindows(
        ENTRA,
        [
          failed(0, 1_000, 'Gone.', null),
          complete(1_000, 2_000),
          complete(2_000, 3_000),
          failed(3_000, 4_000, 'Cut.', 8_000),
        ],
        null,
      );
      await audit.saveWindows(EXCHANGE, [plannedWindow(5_000, 6_000, 1)], null);
      expect(await audit.feeds()).toEqual([
        {
          ...EXCHANGE,
          from: 5_000,
          to: 6_000,
          windows: { planned: 1, pending: 0, complete: 0, failed: 0 },
          failures: [],
        },
        {
          ...ENTRA,
          from: 0,
          to: 4_000,
          windows: { planned: 0, pending: 0, complete: 2, failed: 2 },
          failures: [
            { from: 3_000, to: 4_000, attempts: 3, reason: 'Cut.', lost: false },
            { from: 0, to: 1_000, attempts: 3, reason: 'Gone.', lost: true },
          ],
        },
      ]);
    });

    it('remembers which content is stored, together with its records', async () => {
      const { audit } = subject.store;
      await audit.append([anArchivedEvent()], 1_000, ['one', 'two']);
      await audit.append([], 2_000, ['two', 'three']);
      expect(await audit.storedContents(['one', 'three', 'four'])).toEqual(new Set(['one', 'three']));
      expect(await audit.storedContents([])).toEqual(new Set());
    });

    it('counts what came in a time and could not be read at all', async () => {
      const { audit } = subject.store;
      await audit.append(
        [
          { ...anArchivedEvent({ id: 'a', at: 1_000 }), flaw: 'unreadable' },
          { ...anArchivedEvent({ id: 'b', at: 2_000 }), flaw: 'unreadable content' },
          { ...anArchivedEvent({ id: 'c', at: 1_500 }), flaw: 'no id' },
          anArchivedEvent({ id: 'd', at: 1_500 }),
        ],
        0,
      );
      expect(await audit.unreadable({ from: 1_000, to: 2_000 })).toBe(1);
      expect(await audit.unreadable({ from: 1_000, to: 2_001 })).toBe(2);
      expect(await audit.unreadable({ from: 0, to: 1_000 })).toBe(0);
    });

    it('counts the records that are not sound by what is wrong', async () => {
      const { audit } = subject.store;
      await audit.append(
        [
          anArchivedEvent(),
          { ...anArchivedEvent(), flaw: 'no id' },
          { ...anArchivedEvent(), flaw: 'no date' },
          { ...anArchivedEvent(), flaw: 'no id' },
        ],
        0,
      );
      expect(await audit.flaws()).toEqual([
        { flaw: 'no id', records: 2 },
        { flaw: 'no date', records: 1 },
      ]);
    });
  });
}
