import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerBlock } from '../../../src/answers/answer/answer.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { aVerdict } from '../../builders/audit/verdict.ts';
import { aDecision, aRestoreStep } from '../../builders/incident/decision.ts';
import { anIncident } from '../../builders/incident/incident.ts';
import { anAssignment } from '../../builders/license/user-state.ts';
import {
  ask,
  at,
  aWatchedTenant,
  completeTo,
  E3,
  explain,
  GROUP,
  PEOPLE,
  RICK,
  rickLost,
  STANDARD,
  scanned,
} from './a-watched-tenant.ts';

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
});
afterEach(() => store.close());

const answerTo = async (text: string) => (await ask(store, text)).answer;
const rows = (blocks: readonly AnswerBlock[]) =>
  blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
const told = (blocks: readonly AnswerBlock[]) =>
  blocks.flatMap((block) => (block.kind === 'timeline' ? block.entries : []));

describe('the history of a person', () => {
  it('goes back to what was there at the first read, of which it does not guess since when', async () => {
    const answer = await answerTo('history of Rick');
    expect(answer.lead).toBe(
      'Rick van Oosterhout: 1 license change since 20 Nov 08:00, when the account was first seen.',
    );
    expect(told(answer.blocks)).toMatchObject([
      { at: at('23T10:20'), what: 'Lost Microsoft 365 Business Standard (directly)' },
      {
        at: at('20T08:00'),
        detail:
          'Held when first read: Microsoft 365 Business Standard (directly). Held since before I first looked.',
      },
    ]);
  });

  it('sums up which license was held by which path, from when to when', async () => {
    const viaGroup = anAssignment({ skuId: E3, path: GROUP });
    await scanned(store, [{ ...RICK, assignments: [viaGroup] }, ...PEOPLE.slice(1)], at('23T10:25'), [
      rickLost({
        id: 'change-2',
        kind: 'gained',
        skuId: E3,
        path: GROUP,
        before: [],
        after: [viaGroup],
        observedBefore: at('23T10:20'),
        observedAfter: at('23T10:25'),
      }),
    ]);
    expect(rows((await answerTo('history of Rick')).blocks)).toEqual([
      ['Microsoft 365 E3', 'through LIC-M365-E3', '23 Nov 10:25', 'now'],
      ['Microsoft 365 Business Standard', 'directly', 'before 20 Nov 08:00', '23 Nov 10:20'],
    ]);
  });

  it('tells who and why, how sure that is, and both reads in UTC', async () => {
    await explain(
      store,
      aVerdict({
        level: 'proved',
        cause: 'admin-action',
        actor: { kind: 'user', id: 'ines', name: 'ines.duarte@fabrikam.example' },
        evidence: ['record-1'],
      }),
    );
    const { blocks } = await answerTo('history of Rick');
    expect(told(blocks)[0]?.detail).toBe('Ines Duarte removed it. Confirmed by the audit log.');
    expect(blocks.find(({ kind }) => kind === 'utc')).toMatchObject({
      times: [{ since: at('23T10:05'), at: at('23T10:20') }, { at: at('20T08:00') }],
    });
  });

  it('tells who had it given back, and what came of it', async () => {
    const decision = aDecision({ at: at('23T10:24'), incidentId: 'incident-1', userIds: ['rick'] });
    await store.incidents.commit({
      incidents: [anIncident({ userIds: ['rick'], skuIds: [STANDARD], changeIds: ['change-1'] })],
      verdicts: [],
      settled: [],
      outbox: [],
      decisions: [decision],
      steps: [aRestoreStep({ decisionId: decision.id, userIds: ['rick'], status: 'done' })],
    });
    expect(told((await answerTo('history of Rick')).blocks)[0]).toMatchObject({
      at: at('23T10:24'),
      what: `${decision.by.name}: Reassigned`,
      detail: '1 step: 1 done',
    });
  });

  it('tells of new names, dated between the changes that tell the old and the new one', async () => {
    const married = { ...RICK, displayName: 'Rick Lind', assignments: [] };
    await scanned(store, [married, ...PEOPLE.slice(1)], at('23T10:25'));
    const entries = told((await answerTo('history of Rick Lind')).blocks);
    expect(entries[0]?.what).toBe('Renamed: from Rick van Oosterhout to Rick Lind');
  });

  it('of a time before the first read and the logs says from when each speaks', async () => {
    await completeTo(store, 'directoryAudits', at('23T10:25'), at('21T00:00'));
    const { lead, blocks } = await answerTo('history of Rick last month');
    expect(lead).toBe('I have watched since 20 Nov 08:00; before that I cannot say.');
    expect(blocks).toMatchObject([
      {
        text: 'Audit records are complete in the Entra audit log from 21 Nov 00:00 on; earlier ones may be missing.',
      },
    ]);
  });

  it('is told a page at a time, the summary on the first', async () => {
    const flips = Array.from({ length: 45 }, (_, no) =>
      rickLost({ id: `flip-${no}`, observedAfter: at('22T08:00') + no, observedBefore: at('22T08:00') }),
    );
    await scanned(store, PEOPLE, at('23T10:26'), flips);
    const first = (await ask(store, 'history of Rick')).answer;
    expect(first.paging).toMatchObject({ page: 1, pages: 3, total: 47 });
    const { answer: third } = await ask(store, 'history of Rick', 'UTC', null, 3);
    expect(told(third.blocks).at(-1)?.at).toBe(at('20T08:00'));
    expect(rows(third.blocks)).toEqual([]);
    const seen = [
      ...told(first.blocks),
      ...told((await ask(store, 'history of Rick', 'UTC', null, 2)).answer.blocks),
    ];
    expect(seen.length + told(third.blocks).length).toBe(47);
  });

  it('of everybody is that of a week', async () => {
    expect((await answerTo('what changed this week')).lead).toContain('1 license change from 23 Nov 00:00');
  });
});
