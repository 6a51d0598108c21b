import { describe, expect, it } from 'vitest';
import type { AlertNote } from '../../../../src/domain/alert/reason.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { aScanRecord } from '../../../builders/jobs/scan-record.ts';
import type { Subject } from '../store-under-test.ts';

const aNote = (over: Partial<AlertNote> = {}): AlertNote => ({
  subject: 'change:change-1',
  reason: 'healed',
  at: 1_000,
  changeId: 'change-1',
  incidentId: null,
  scanId: 'scan-1',
  ruleId: null,
  until: null,
  detail: null,
  ...over,
});
const ofIncident = aNote({
  subject: 'incident:incident-1:1',
  reason: 'expected',
  at: 2_000,
  changeId: null,
  incidentId: 'incident-1',
  scanId: null,
  ruleId: 'rule-1',
  detail: 'leavers',
});

export function alertsContract(subject: Subject): void {
  describe('notes on alerts', () => {
    it('are kept once for each subject and reason, with the first time', async () => {
      const { alerts } = subject.store;
      expect(await alerts.note([aNote()])).toEqual([aNote()]);
      expect(await alerts.note([aNote({ at: 5_000 }), aNote({ reason: 'swapped' })])).toEqual([
        aNote({ reason: 'swapped' }),
      ]);
      expect((await alerts.about(['change-1'], [])).map(({ reason, at }) => [reason, at]).sort()).toEqual([
        ['healed', 1_000],
        ['swapped', 1_000],
      ]);
    });

    it('are found by change and by incident, oldest first, each once', async () => {
      const { alerts } = subject.store;
      const both = aNote({ subject: 'both', incidentId: 'incident-1', at: 1_500 });
      await alerts.note([ofIncident, aNote(), both, aNote({ subject: 'other', changeId: 'change-2' })]);
      expect(await alerts.about(['change-1'], ['incident-1'])).toEqual([aNote(), both, ofIncident]);
      expect(await alerts.about([], [])).toEqual([]);
    });

    it('are written with their incident, or not at all', async () => {
      const { alerts, incidents } = subject.store;
      const commit = { incidents: [anIncident()], verdicts: [], settled: [], outbox: [] };
      expect(await incidents.commit({ ...commit, alerts: [ofIncident] })).toBe(true);
      const late = aNote({ subject: 'late', changeId: 'late' });
      expect(await incidents.commit({ ...commit, alerts: [late] })).toBe(false);
      expect(await alerts.about(['late'], ['incident-1'])).toEqual([ofIncident]);
    });

    it('are written with what became of a message', async () => {
      const { alerts, outbox } = subject.store;
      const item = (key: string) => ({
        key,
        message: { kind: 'notice' as const, title: 'Title', text: 'Text' },
        notBefore: 0,
      });
      await outbox.enqueue([item('a'), item('b'), item('c')]);
      const note = (key: string, reason: AlertNote['reason']) => aNote({ subject: `message:${key}`, reason });
      await outbox.drop('a', note('a', 'superseded'));
      await outbox.markFailed('b', 'no', 9, false, note('b', 'refused'));
      const target = { key: 'channel', name: 'Alerts' };
      await outbox.markSent('c', target, 'activity-1', 1, undefined, note('c', 'posted'));
      const found = await alerts.about(['change-1'], []);
      expect(found.map(({ reason }) => reason).sort()).toEqual(['posted', 'refused', 'superseded']);
    });

    it('are written with a read that is given up, and found by its time', async () => {
      const { alerts, scans } = subject.store;
      const note = aNote({ subject: 'read:scan-1', reason: 'read-held', changeId: null, detail: 'too many' });
      await (await scans.begin('scan-1')).abandon(aScanRecord({ id: 'scan-1', outcome: 'held' }), note);
      await alerts.note([aNote()]);
      expect(await alerts.reads(1_000, 1_001, 5)).toEqual([note]);
      expect(await alerts.reads(1_001, 9_000, 5)).toEqual([]);
    });

    it('are changed and removed by nobody but the purge of what is old', async () => {
      const { alerts } = subject.store;
      await alerts.note([aNote(), ofIncident]);
      await expect(subject.execute(`update alert_notes set reason = 'gained'`)).rejects.toThrow(
        'append-only',
      );
      await expect(subject.execute('delete from alert_notes')).rejects.toThrow('append-only');
      expect(await alerts.purge(2_000)).toBe(1);
      expect(await alerts.about(['change-1'], ['incident-1'])).toEqual([ofIncident]);
      await expect(subject.execute('delete from alert_notes')).rejects.toThrow('append-only');
    });
  });
}
