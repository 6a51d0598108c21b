import { describe, expect, it } from 'vitest';
import type { IncidentCommit } from '../../../../src/domain/ports.ts';
import { ended } from '../../../../src/domain/restore/requests/asked-change.ts';
import { REQUEST_KINDS } from '../../../../src/domain/restore/requests/request-kind.ts';
import { aDecision } from '../../../builders/incident/decision.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { anAskedChange } from '../../../builders/restore/asked-change.ts';
import type { Subject } from '../store-under-test.ts';

export function askedChangesContract(subject: Subject): void {
  const commit = (over: Partial<IncidentCommit>): Promise<boolean> =>
    subject.store.incidents.commit({ incidents: [], verdicts: [], settled: [], outbox: [], ...over });

  describe('what waits for a second operator', () => {
    it('is found until somebody ends it, oldest first, and by its id for good', async () => {
      const { askedChanges } = subject.store;
      const late = anAskedChange({ id: 'late', at: 2_000 });
      const early = anAskedChange({ id: 'early', at: 1_000 });
      for (const asked of [late, early]) expect(await commit({ asked })).toBe(true);
      expect(await askedChanges.waiting()).toEqual([early, late]);
      const declined = ended(early, 'declined', { ...early.by, name: 'Lee Gu' }, 3_000, 'Leavers');
      expect(await commit({ asked: declined })).toBe(true);
      expect(await askedChanges.waiting()).toEqual([late]);
      expect(await askedChanges.byIds(['early', 'nobody'])).toEqual([declined]);
      expect(await askedChanges.byIds([])).toEqual([]);
    });

    it.each([...REQUEST_KINDS, 'undo' as const])('keeps all that was asked for: %s', async (kind) => {
      const asked = {
        kind,
        userIds: ['u1'],
        skuIds: ['s1', 's2'],
        planIds: ['p1'],
        group: { id: 'g1', name: 'LIC-E3' },
        undoes: kind === 'undo' ? 'd1' : null,
      };
      const change = anAskedChange({ id: kind, asked });
      expect(await commit({ asked: change })).toBe(true);
      expect(await subject.store.askedChanges.byIds([kind])).toEqual([change]);
    });

    it('is ended once, and whoever was slower leaves nothing behind', async () => {
      const asked = anAskedChange();
      await commit({ asked });
      expect(await commit({ asked })).toBe(false);
      expect(await commit({ asked: ended(asked, 'confirmed', asked.by, 2_000) })).toBe(true);
      const slower = aDecision({ id: 'slower', kind: 'decline', incidentId: null });
      const declined = ended(asked, 'declined', asked.by, 2_000);
      expect(await commit({ asked: declined, decisions: [slower] })).toBe(false);
      expect(await subject.store.decisions.byIds(['slower'])).toEqual([]);
      expect((await subject.store.askedChanges.byIds([asked.id]))[0]?.ended?.how).toBe('confirmed');
    });

    it('on an incident is found once it is too late, whatever the status of the incident', async () => {
      const request = {
        id: 'r',
        kind: 'undo' as const,
        by: anAskedChange().by,
        at: 0,
        expiresAt: 5_000,
        userIds: null,
        way: 'as-it-was' as const,
        undoes: 'd',
      };
      const restored = anIncident({ id: 'restored', fingerprint: 'f1', status: 'restored', request });
      const open = anIncident({
        id: 'open',
        fingerprint: 'f2',
        request: { ...request, expiresAt: 4_000 },
      });
      await commit({ incidents: [restored, open, anIncident({ id: 'none', fingerprint: 'f3' })] });
      const late = async (now: number) =>
        (await subject.store.incidents.withLateRequest(now)).map(({ id }) => id);
      expect(await late(3_999)).toEqual([]);
      expect(await late(5_000)).toEqual(['open', 'restored']);
      await commit({ incidents: [{ ...restored, revision: restored.revision + 1, request: null }] });
      expect(await late(9_000)).toEqual(['open']);
    });
  });
}
