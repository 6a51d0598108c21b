import { describe, expect, it } from 'vitest';
import type { Decision } from '../../../../src/domain/incident/decision.ts';
import { REQUEST_KINDS } from '../../../../src/domain/restore/requests/request-kind.ts';
import type { RestoreStep, StepAction } from '../../../../src/domain/restore/step.ts';
import { aDecision, aRestoreStep } from '../../../builders/incident/decision.ts';
import type { Subject } from '../store-under-test.ts';

const licenses = [{ skuId: 's1', disabledPlans: ['p1', 'p2'] }];

/** Every kind of write, as a plan may ask for it. */
const ACTIONS: { action: StepAction; undo: StepAction | null }[] = [
  { action: { kind: 'restore-account', userId: 'u1' }, undo: null },
  {
    action: { kind: 'assign', userId: 'u1', licenses },
    undo: { kind: 'unassign', userId: 'u1', skuIds: ['s1'] },
  },
  {
    action: { kind: 'add-to-group', userId: 'u1', groupId: 'g1' },
    undo: { kind: 'remove-from-group', userId: 'u1', groupId: 'g1' },
  },
  {
    action: { kind: 'remove-from-group', userId: 'u1', groupId: 'g1' },
    undo: { kind: 'add-to-group', userId: 'u1', groupId: 'g1' },
  },
  {
    action: { kind: 'swap', userId: 'u1', licenses, skuIds: ['s2'] },
    undo: { kind: 'swap', userId: 'u1', licenses: [{ skuId: 's2', disabledPlans: [] }], skuIds: ['s1'] },
  },
  {
    action: { kind: 'assign', userId: 'u1', licenses },
    undo: { kind: 'assign', userId: 'u1', licenses: [{ skuId: 's1', disabledPlans: [] }] },
  },
  {
    action: { kind: 'unlicense-group', groupId: 'g1', skuIds: ['s1'] },
    undo: { kind: 'license-group', groupId: 'g1', licenses },
  },
  { action: { kind: 'reprocess', userId: 'u1' }, undo: null },
  {
    action: { kind: 'license-group', groupId: 'g1', licenses },
    undo: { kind: 'unlicense-group', groupId: 'g1', skuIds: ['s1'] },
  },
];

const keysOf = (steps: readonly RestoreStep[]) => steps.map(({ decisionId, stepNo }) => [decisionId, stepNo]);

export function decisionsContract(subject: Subject): void {
  const decide = (decision: Decision, steps: readonly RestoreStep[]): Promise<boolean> =>
    subject.store.incidents.commit({
      incidents: [],
      verdicts: [],
      settled: [],
      outbox: [],
      decisions: [decision],
      steps,
    });

  describe('decisions', () => {
    it('are told oldest first for an incident and newest first for all', async () => {
      const { decisions } = subject.store;
      const other = aDecision({ id: 'other', incidentId: null, kind: 'set-channel' });
      const second = aDecision({
        id: 'second',
        kind: 'snooze',
        reason: 'Known',
        until: 9_000,
        userIds: ['u1'],
        by: { aadObjectId: 'm', tenantId: 't', name: 'Megan' },
        way: null,
        about: 'silence-1',
        subject: { kind: 'sku', id: 's1' },
      });
      for (const decision of [aDecision({ id: 'first' }), other, second]) await decisions.append(decision);
      expect(await decisions.byIncident('incident-1')).toEqual([aDecision({ id: 'first' }), second]);
      expect((await decisions.recent(2)).map((decision) => decision.id)).toEqual(['second', 'other']);
    });

    it.each(REQUEST_KINDS)('keep what was asked for, and the group as it was called: %s', async (kind) => {
      const { decisions } = subject.store;
      const decision = aDecision({
        id: kind,
        kind,
        incidentId: null,
        userIds: ['u1'],
        group: { id: 'g1', name: 'LIC-E3' },
      });
      await decisions.append(decision);
      expect(await decisions.byIds([kind])).toEqual([decision]);
    });

    it('of a time come oldest first, all of them, from its first moment to before its last', async () => {
      const times = [5_000, 999, 1_000, 2_000, 1_000, 1_999];
      for (const [index, at] of times.entries()) {
        await subject.store.decisions.append(aDecision({ id: `d${index}`, at }));
      }
      const found: string[] = [];
      for await (const chunk of subject.store.decisions.between(1_000, 2_000)) {
        found.push(...chunk.map(({ id }) => id));
      }
      expect(found).toEqual(['d2', 'd4', 'd5']);
    });

    it('of a time come in chunks when there are many, each once, also those of the same moment', async () => {
      const decisions = Array.from({ length: 1_201 }, (_, index) =>
        aDecision({ id: `d${index}`, at: 1_000 + Math.floor(index / 700) }),
      );
      await subject.store.incidents.commit({
        incidents: [],
        verdicts: [],
        settled: [],
        outbox: [],
        decisions,
      });
      const found: string[] = [];
      let largest = 0;
      for await (const chunk of subject.store.decisions.between(0, Number.MAX_SAFE_INTEGER)) {
        largest = Math.max(largest, chunk.length);
        found.push(...chunk.map(({ id }) => id));
      }
      expect(found).toEqual(decisions.map(({ id }) => id));
      expect(largest).toBeLessThan(decisions.length);
    });

    it('that an earlier version wrote are read all the same', async () => {
      const { way, about, subject: whom, ...former } = aDecision();
      await subject.execute(
        `insert into decisions (id, at, incident_id, body) values ('decision-1', 1, 'incident-1', '${JSON.stringify(former)}')`,
      );
      expect(await subject.store.decisions.byIncident('incident-1')).toEqual([aDecision({ way: null })]);
    });
  });

  describe('steps of a decision', () => {
    it('keep what they do, what takes it back, and whom they are for', async () => {
      const steps = ACTIONS.map((fields, index) =>
        aRestoreStep({ stepNo: index + 1, userIds: ['u1', 'u2'], ...fields }),
      );
      await decide(aDecision(), steps);
      expect(await subject.store.decisions.stepsOf('decision-1')).toEqual(steps);
      expect(await subject.store.decisions.stepsOf('another')).toEqual([]);
    });

    it('are told for all decisions about an incident, in the order in which these were taken', async () => {
      await decide(aDecision({ id: 'z-first' }), [aRestoreStep({ decisionId: 'z-first' })]);
      await decide(aDecision({ id: 'other', incidentId: 'incident-2' }), [
        aRestoreStep({ decisionId: 'other' }),
      ]);
      await decide(aDecision({ id: 'a-second', kind: 'undo' }), [
        aRestoreStep({ decisionId: 'a-second', stepNo: 2 }),
        aRestoreStep({ decisionId: 'a-second', stepNo: 1 }),
      ]);
      expect(keysOf(await subject.store.decisions.steps('incident-1'))).toEqual([
        ['z-first', 1],
        ['a-second', 1],
        ['a-second', 2],
      ]);
    });

    it('are open until what became of them is noted', async () => {
      const { decisions } = subject.store;
      const steps = [1, 2, 3, 4, 5, 6].map((stepNo) => aRestoreStep({ stepNo }));
      await decide(aDecision(), steps);
      await decisions.claim(steps.slice(0, 5), 2_000);
      const note = { decisionId: 'decision-1', code: null, message: null };
      await decisions.noteSteps(
        [
          { ...note, stepNo: 1, status: 'done' },
          { ...note, stepNo: 2, status: 'refused', code: 'no-seats', message: 'No seat is left.' },
          { ...note, stepNo: 3, status: 'already' },
          { ...note, stepNo: 4, status: 'skipped' },
        ],
        3_000,
      );
      expect((await decisions.openSteps()).map(({ stepNo, status }) => [stepNo, status])).toEqual([
        [5, 'sending'],
        [6, 'planned'],
      ]);
      expect((await decisions.stepsOf('decision-1'))[1]).toEqual({
        ...steps[1],
        status: 'refused',
        code: 'no-seats',
        message: 'No seat is left.',
        updatedAt: 3_000,
      });
    });

    it('that are open come with the oldest decision first', async () => {
      await decide(aDecision({ id: 'z-first' }), [aRestoreStep({ decisionId: 'z-first' })]);
      await decide(aDecision({ id: 'a-second' }), [aRestoreStep({ decisionId: 'a-second' })]);
      expect(keysOf(await subject.store.decisions.openSteps())).toEqual([
        ['z-first', 1],
        ['a-second', 1],
      ]);
    });

    it('are found by when they were noted last, the end of the range not included', async () => {
      const { decisions } = subject.store;
      const steps = [1, 2, 3, 4].map((stepNo) => aRestoreStep({ stepNo, updatedAt: stepNo * 1_000 }));
      await decide(aDecision(), steps);
      expect(keysOf(await decisions.notedSteps(2_000, 4_000))).toEqual([
        ['decision-1', 2],
        ['decision-1', 3],
      ]);
    });

    it('can be put back to planned, so that they are claimed again', async () => {
      const { decisions } = subject.store;
      const step = aRestoreStep();
      await decide(aDecision(), [step]);
      await decisions.claim([step], 2_000);
      await decisions.noteSteps(
        [{ decisionId: 'decision-1', stepNo: 1, status: 'planned', code: null, message: null }],
        3_000,
      );
      expect(await decisions.claim([step], 4_000)).toEqual([
        { ...step, status: 'sending', updatedAt: 4_000 },
      ]);
    });
  });

  it('finds decisions by their ids, in the order in which they were taken', async () => {
    const { decisions } = subject.store;
    await decisions.append(aDecision({ id: 'z-first' }));
    await decisions.append(aDecision({ id: 'between' }));
    await decisions.append(aDecision({ id: 'a-last' }));
    const found = await decisions.byIds(['a-last', 'unknown', 'z-first']);
    expect(found.map(({ id }) => id)).toEqual(['z-first', 'a-last']);
    expect(await decisions.byIds([])).toEqual([]);
  });

  describe('claiming steps', () => {
    it('gives those that were planned, in the order asked for', async () => {
      const { decisions } = subject.store;
      await decide(
        aDecision({ id: 'b' }),
        [1, 2, 3].map((stepNo) => aRestoreStep({ decisionId: 'b', stepNo })),
      );
      await decide(aDecision({ id: 'a' }), [aRestoreStep({ decisionId: 'a' })]);
      await decisions.claim([{ decisionId: 'b', stepNo: 2 }], 2_000);
      const claimed = await decisions.claim(
        [
          { decisionId: 'b', stepNo: 3 },
          { decisionId: 'b', stepNo: 2 },
          { decisionId: 'a', stepNo: 1 },
          { decisionId: 'b', stepNo: 1 },
          { decisionId: 'unknown', stepNo: 1 },
        ],
        3_000,
      );
      expect(keysOf(claimed)).toEqual([
        ['b', 3],
        ['a', 1],
        ['b', 1],
      ]);
      expect(claimed.map(({ status, updatedAt }) => [status, updatedAt])).toEqual(
        Array(3).fill(['sending', 3_000]),
      );
      expect(await decisions.claim([], 4_000)).toEqual([]);
    });

    it('gives each step to one of many who claim at the same time', async () => {
      const steps = Array.from({ length: 40 }, (_, index) => aRestoreStep({ stepNo: index + 1 }));
      await decide(aDecision(), steps);
      const others = await Promise.all(
        Array.from({ length: 3 }, async () => (await subject.another?.()) ?? subject.store),
      );
      const claims = await Promise.all(
        [subject.store, ...others].flatMap((store, claimant) => [
          store.decisions.claim(steps.slice(0, 20 + claimant), 2_000),
          store.decisions.claim(steps.slice(10).toReversed(), 2_000),
        ]),
      );
      const taken = claims.flat().map(({ stepNo }) => stepNo);
      expect(taken.toSorted((a, b) => a - b)).toEqual(steps.map(({ stepNo }) => stepNo));
      for (const store of new Set(others)) if (store !== subject.store) await store.close();
    });
  });
}
