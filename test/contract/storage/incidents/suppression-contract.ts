import { describe, expect, it } from 'vitest';
import type { Silence, SuppressionRule, WatchMark } from '../../../../src/domain/suppression/suppression.ts';
import { aDecision } from '../../../builders/incident/decision.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { aSilence, aSuppressionRule } from '../../../builders/incident/suppression.ts';
import type { Subject } from '../store-under-test.ts';

const owner = aDecision().by;

export function standingContract(subject: Subject): void {
  let decisions = 0;
  const decided = () => aDecision({ id: `suppression-${++decisions}`, incidentId: null, way: null });
  const stand = (what: { rule?: SuppressionRule; silence?: Silence; mark?: WatchMark }): Promise<boolean> =>
    subject.store.suppression.commit({ decision: decided(), ...what });

  describe('suppression rules', () => {
    it('are told newest first, those that ended among them', async () => {
      const { suppression } = subject.store;
      expect(await suppression.rules()).toEqual([]);
      await stand({ rule: aSuppressionRule({ id: 'z-first' }) });
      await stand({ rule: aSuppressionRule({ id: 'a-second' }) });
      const ended = aSuppressionRule({ id: 'z-first', endedAt: 5_000, endedBy: owner });
      await stand({ rule: ended });
      expect(await suppression.rules()).toEqual([aSuppressionRule({ id: 'a-second' }), ended]);
    });
  });

  describe('silences', () => {
    it('are in force until their end, or until somebody ends them', async () => {
      const { suppression } = subject.store;
      const short = aSilence({ id: 'short', until: 2_000 });
      const long = aSilence({ id: 'long', until: 9_000, subject: { kind: 'group', id: 'g1' } });
      await stand({ silence: short });
      await stand({ silence: long });
      expect(await suppression.silences(1_999)).toEqual([long, short]);
      expect(await suppression.silences(2_000)).toEqual([long]);
      const ended = { ...long, endedAt: 3_000 };
      await stand({ silence: ended });
      expect(await suppression.silences(3_000)).toEqual([]);
      expect(await suppression.silence('long')).toEqual(ended);
      expect(await suppression.silence('unknown')).toBeNull();
    });
  });

  describe('marks', () => {
    it('stand once for each subject until they are taken off', async () => {
      const { suppression } = subject.store;
      const adele: WatchMark = { subject: { kind: 'user', id: 'u1' }, by: owner, at: 1_000 };
      const sales: WatchMark = { subject: { kind: 'group', id: 'u1' }, by: owner, at: 2_000 };
      await stand({ mark: adele });
      await stand({ mark: sales });
      await stand({ mark: { ...adele, at: 3_000 } });
      expect(await suppression.marks()).toEqual([sales, { ...adele, at: 3_000 }]);
      await suppression.commit({ decision: decided(), unmark: { kind: 'user', id: 'u1' } });
      expect(await suppression.marks()).toEqual([sales]);
    });
  });

  describe('what stands', () => {
    it('is written together with its decision, or not at all', async () => {
      const { suppression, decisions: log } = subject.store;
      const decision = decided();
      await suppression.commit({ decision, silence: aSilence({ id: 'kept' }) });
      expect(await suppression.commit({ decision, silence: aSilence({ id: 'lost' }) })).toBe(false);
      expect((await suppression.silences(0)).map(({ id }) => id)).toEqual(['kept']);
      expect((await log.recent(10)).map(({ id }) => id)).toEqual([decision.id]);
    });

    it('is written together with its incident, or not at all', async () => {
      const { suppression, incidents } = subject.store;
      const commit = (revision: number) =>
        incidents.commit({
          incidents: [anIncident({ revision, status: 'approved', hiddenByRuleId: 'rule-1' })],
          verdicts: [],
          settled: [],
          outbox: [],
          decisions: [decided(), decided()],
          rule: aSuppressionRule(),
          silences: [aSilence({ id: 's1' }), aSilence({ id: 's2' })],
        });
      expect(await commit(7)).toBe(false);
      expect(await suppression.rules()).toEqual([]);
      expect(await suppression.silences(0)).toEqual([]);
      expect(await commit(1)).toBe(true);
      expect(await suppression.rules()).toEqual([aSuppressionRule()]);
      expect((await suppression.silences(0)).map(({ id }) => id)).toEqual(['s2', 's1']);
      expect((await incidents.byId('incident-1'))?.hiddenByRuleId).toBe('rule-1');
      expect(await subject.store.decisions.recent(9)).toHaveLength(2);
    });
  });
}
