import { describe, expect, it } from 'vitest';
import type { IncidentCommit } from '../../../../src/domain/ports.ts';
import { aVerdict } from '../../../builders/audit/verdict.ts';
import { aDecision, aRestoreStep } from '../../../builders/incident/decision.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import type { Subject } from '../store-under-test.ts';

const NOTHING: IncidentCommit = { incidents: [], verdicts: [], settled: [], outbox: [] };
const notice = (key: string) => ({
  key,
  message: { kind: 'notice' as const, title: 'Title', text: 'Text' },
  notBefore: 0,
});

export function incidentsContract(subject: Subject): void {
  const commit = (over: Partial<IncidentCommit>): Promise<boolean> =>
    subject.store.incidents.commit({ ...NOTHING, ...over });

  describe('incidents', () => {
    it('are found by id, by being open, by fingerprint and by age', async () => {
      const { incidents } = subject.store;
      const old = anIncident({ id: 'old', fingerprint: 'f1', openedAt: 1_000 });
      const recent = anIncident({ id: 'recent', fingerprint: 'f2', openedAt: 3_000 });
      const closed = anIncident({ id: 'closed', fingerprint: 'f1', openedAt: 2_000, status: 'closed' });
      expect(await commit({ incidents: [old, recent, closed] })).toBe(true);
      expect(await incidents.byId('closed')).toEqual(closed);
      expect(await incidents.byId('unknown')).toBeNull();
      expect((await incidents.open()).map((incident) => incident.id).sort()).toEqual(['old', 'recent']);
      expect(await incidents.openByFingerprint('f1')).toEqual(old);
      expect(await incidents.openByFingerprint('f3')).toBeNull();
      expect((await incidents.recent(2)).map((incident) => incident.id)).toEqual(['recent', 'closed']);
    });

    it('that nobody has explained are found by when they opened, whatever their status', async () => {
      const unexplained = { level: 'unexplained' as const };
      await commit({
        incidents: [
          anIncident({ id: 'too-old', fingerprint: 'f1', openedAt: 1_000, ...unexplained }),
          anIncident({
            id: 'restored',
            fingerprint: 'f2',
            openedAt: 2_000,
            status: 'restored',
            ...unexplained,
          }),
          anIncident({ id: 'unrecorded', fingerprint: 'f3', openedAt: 3_000, level: 'unrecorded' }),
          anIncident({ id: 'proved', fingerprint: 'f4', openedAt: 4_000, level: 'proved' }),
        ],
      });
      const found = await subject.store.incidents.unexplained(2_000);
      expect(found.map((incident) => incident.id)).toEqual(['restored', 'unrecorded']);
    });

    it('are written only over the revision before', async () => {
      const incident = anIncident({ revision: 1 });
      expect(await commit({ incidents: [incident] })).toBe(true);
      expect(await commit({ incidents: [incident] })).toBe(false);
      expect(await commit({ incidents: [{ ...incident, revision: 3 }] })).toBe(false);
      expect(await commit({ incidents: [{ ...incident, revision: 2, status: 'approved' }] })).toBe(true);
      expect((await subject.store.incidents.byId(incident.id))?.status).toBe('approved');
      expect(await commit({ incidents: [anIncident({ id: 'never-stored', revision: 5 })] })).toBe(false);
    });

    it('have one open one for each fingerprint', async () => {
      const first = anIncident({ id: 'first', fingerprint: 'same' });
      const second = anIncident({ id: 'second', fingerprint: 'same' });
      expect(await commit({ incidents: [first] })).toBe(true);
      expect(await commit({ incidents: [second] })).toBe(false);
      expect(await commit({ incidents: [second, { ...first, revision: 2, status: 'closed' }] })).toBe(true);
      expect(await commit({ incidents: [{ ...first, revision: 3, status: 'open' }] })).toBe(false);
      expect((await subject.store.incidents.openByFingerprint('same'))?.id).toBe('second');
    });

    it('write all that belongs to a step, or nothing of it', async () => {
      const { outbox, decisions } = subject.store;
      await commit({ incidents: [anIncident({ revision: 1 })] });
      const step: Partial<IncidentCommit> = {
        verdicts: [{ changeId: 'change-1', at: 1, verdict: aVerdict() }],
        outbox: [notice('told')],
        decisions: [aDecision()],
        steps: [aRestoreStep({ stepNo: 1 }), aRestoreStep({ stepNo: 2 })],
      };
      expect(await commit({ ...step, incidents: [anIncident({ revision: 3 })] })).toBe(false);
      expect(await outbox.due(0)).toEqual([]);
      expect(await decisions.recent(10)).toEqual([]);

      expect(await commit({ ...step, incidents: [anIncident({ revision: 2 })] })).toBe(true);
      expect((await outbox.due(0)).map((item) => item.key)).toEqual(['told']);
      expect(await decisions.byIncident('incident-1')).toEqual([aDecision()]);
      expect(await decisions.steps('incident-1')).toHaveLength(2);
    });

    it('refuse a decision that was made already', async () => {
      expect(await commit({ decisions: [aDecision()] })).toBe(true);
      expect(await commit({ decisions: [aDecision()], outbox: [notice('again')] })).toBe(false);
      expect(await subject.store.outbox.due(0)).toEqual([]);
    });

    it('let one of many who write at the same time through', async () => {
      await commit({ incidents: [anIncident({ revision: 1 })] });
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          commit({
            incidents: [anIncident({ revision: 2, snoozeReason: `writer ${index}` })],
            verdicts: [{ changeId: 'change-1', at: index, verdict: aVerdict() }],
          }),
        ),
      );
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      const winner = outcomes.indexOf(true);
      expect((await subject.store.incidents.byId('incident-1'))?.snoozeReason).toBe(`writer ${winner}`);
    });

    it('hold thousands of users and changes', async () => {
      const ids = Array.from({ length: 5_000 }, (_, index) => `id-${index}`);
      const verdicts = ids.slice(0, 600).map((changeId) => ({ changeId, at: 1, verdict: aVerdict() }));
      expect(
        await commit({ incidents: [anIncident({ changeIds: ids, userIds: ids })], verdicts, settled: ids }),
      ).toBe(true);
      expect((await subject.store.incidents.byId('incident-1'))?.userIds).toEqual(ids);
    });
  });
}
