import { describe, expect, it } from 'vitest';
import type { ChangeFilter } from '../../../../src/domain/ports.ts';
import { aVerdict } from '../../../builders/audit/verdict.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { aSkuState } from '../../../builders/license/sku-state.ts';
import { aScanCommit } from '../scans/scanning.ts';
import type { Subject } from '../store-under-test.ts';

const CHANGES = [
  aChange({ id: 'a', userId: 'user-1', skuId: 'sku-1', observedAfter: 1_000 }),
  aChange({ id: 'b', userId: 'user-2', skuId: 'sku-1', observedAfter: 2_000, kind: 'gained' }),
  aChange({
    id: 'c',
    userId: 'user-1',
    skuId: 'sku-2',
    newSkuId: 'sku-3',
    observedAfter: 3_000,
    kind: 'swap',
  }),
  aChange({
    id: 'd',
    userId: null,
    skuId: 'sku-1',
    scanId: 'scan-2',
    observedAfter: 3_000,
    kind: 'seats-changed',
    user: null,
    path: null,
    before: [],
    skuBefore: aSkuState(),
    skuAfter: aSkuState({ enabled: 5 }),
  }),
];

export function changesContract(subject: Subject): void {
  const commitChanges = async (): Promise<void> => {
    const session = await subject.store.scans.begin('scan-1');
    await session.commit(
      aScanCommit({
        changes: CHANGES,
        settle: [
          { changeId: 'a', dueAt: 5_000 },
          { changeId: 'b', dueAt: 4_000 },
        ],
      }),
    );
  };

  describe('changes', () => {
    it.each<[string, ChangeFilter, string[]]>([
      ['nothing asked for', {}, ['d', 'c', 'b', 'a']],
      ['a user', { userIds: ['user-1'] }, ['c', 'a']],
      ['several users', { userIds: ['user-1', 'user-2'] }, ['c', 'b', 'a']],
      ['nobody', { userIds: [] }, []],
      ['a SKU', { skuIds: ['sku-1'] }, ['d', 'b', 'a']],
      ['a SKU that a swap gave', { skuIds: ['sku-3'] }, ['c']],
      ['kinds', { kinds: ['gained', 'swap'] }, ['c', 'b']],
      ['a scan', { scanId: 'scan-2' }, ['d']],
      ['a half-open window', { from: 1_000, to: 3_000 }, ['b', 'a']],
      ['a limit', { limit: 2 }, ['d', 'c']],
      ['all at once', { userIds: ['user-1'], skuIds: ['sku-1'], from: 0, to: 9_000, kinds: ['lost'] }, ['a']],
    ])('are found by %s, newest first', async (_name, filter, expected) => {
      await commitChanges();
      const found = await subject.store.changes.find(filter);
      expect(found.map(({ change }) => change.id)).toEqual(expected);
    });

    it('come back as they were committed', async () => {
      await commitChanges();
      const found = await subject.store.changes.byIds(['d', 'a', 'c', 'unknown', 'b']);
      expect(found).toEqual(CHANGES.map((change) => ({ change, verdict: null, incidentId: null })));
    });

    it('wait until their settle time is over', async () => {
      const { changes } = subject.store;
      expect(await changes.nextDueAt()).toBeNull();
      await commitChanges();
      expect(await changes.nextDueAt()).toBe(4_000);
      expect(await changes.due(3_999)).toEqual([]);
      expect((await changes.due(4_000)).map((change) => change.id)).toEqual(['b']);
      expect((await changes.due(5_000)).map((change) => change.id)).toEqual(['a', 'b']);
      await subject.store.incidents.commit({ incidents: [], verdicts: [], settled: ['b'], outbox: [] });
      expect((await changes.due(9_000)).map((change) => change.id)).toEqual(['a']);
      expect(await changes.nextDueAt()).toBe(5_000);
    });

    it('tell their latest verdict and the incident that they belong to', async () => {
      await commitChanges();
      const { incidents, changes } = subject.store;
      const proved = aVerdict({
        level: 'proved',
        cause: 'admin-action',
        actor: { kind: 'user', id: 'anna', name: 'Anna' },
        chain: [{ at: 900, what: 'Anna removed it.', evidence: ['record-1'] }],
        evidence: ['record-1'],
      });
      const commit = { settled: [], outbox: [] };
      const first = anIncident({ id: 'i-1', changeIds: ['a', 'b'] });
      await incidents.commit({
        ...commit,
        incidents: [first],
        verdicts: [{ changeId: 'a', at: 1, verdict: aVerdict() }],
      });
      await incidents.commit({
        ...commit,
        incidents: [],
        verdicts: [{ changeId: 'a', at: 2, verdict: proved }],
      });
      const [a] = await changes.byIds(['a']);
      expect(a).toEqual({ change: CHANGES[0], verdict: proved, incidentId: 'i-1' });

      await incidents.commit({
        ...commit,
        incidents: [
          { ...first, changeIds: ['a'], revision: 2 },
          anIncident({ id: 'i-2', fingerprint: 'split', changeIds: ['b'] }),
        ],
        verdicts: [],
      });
      const found = await changes.byIds(['a', 'b', 'c']);
      expect(found.map(({ incidentId }) => incidentId)).toEqual(['i-1', 'i-2', null]);
    });
  });
}
