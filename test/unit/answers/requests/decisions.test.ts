import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerBlock } from '../../../../src/answers/answer/answer.ts';
import { decisionText } from '../../../../src/answers/words/decision-text.ts';
import { DECISION_KINDS, type Decision } from '../../../../src/domain/incident/decision.ts';
import type { Store } from '../../../../src/domain/ports.ts';
import { ended } from '../../../../src/domain/restore/requests/asked-change.ts';
import type { RestoreStep } from '../../../../src/domain/restore/step.ts';
import { aDecision, aRestoreStep } from '../../../builders/incident/decision.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { aSuppressionRule } from '../../../builders/incident/suppression.ts';
import { anAskedChange } from '../../../builders/restore/asked-change.ts';
import { ask, at, aWatchedTenant, GROUP, NOW, STANDARD } from '../a-watched-tenant.ts';

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
  await store.incidents.commit({
    incidents: [anIncident({ userIds: ['rick', 'adele', 'ines', 'bo'], skuIds: [STANDARD] })],
    verdicts: [],
    settled: [],
    outbox: [],
  });
});
afterEach(() => store.close());

const decided = (decisions: readonly Decision[], steps: readonly RestoreStep[] = []) =>
  store.incidents.commit({ incidents: [], verdicts: [], settled: [], outbox: [], decisions, steps });
const answerTo = async (text: string) => (await ask(store, text)).answer;
const rows = (blocks: readonly AnswerBlock[]) =>
  blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));

describe('the decision log in the chat', () => {
  it('tells who, when, what, for whom, and what came of it, newest first', async () => {
    const step = (stepNo: number, over: Partial<RestoreStep>) =>
      aRestoreStep({ decisionId: 'reassign', stepNo, ...over });
    await decided(
      [
        aDecision({ id: 'reassign', at: at('19T09:00') }),
        aDecision({ id: 'leaver', at: at('20T09:00'), kind: 'approve', reason: 'leaver', userIds: ['rick'] }),
      ],
      [
        step(1, { status: 'done' }),
        step(2, { status: 'already' }),
        step(3, { status: 'refused', message: 'No seat is free.' }),
      ],
    );
    const answer = await answerTo('what did the bot do last week');
    expect(answer.lead).toBe('2 decisions from 16 Nov 00:00 to 23 Nov 00:00.');
    expect(rows(answer.blocks)).toEqual([
      ['20 Nov 09:00', 'Megan Bowen', 'Approved the change: leaver', 'Rick van Oosterhout', ''],
      [
        '19 Nov 09:00',
        'Megan Bowen',
        'Reassigned',
        'Rick van Oosterhout, Adele Vance, Ines Duarte and 1 other',
        '3 steps: 1 done, 1 in place already and 1 refused. No seat is free.',
      ],
    ]);
  });

  it('keeps to the time, the person and the kind that are asked for', async () => {
    const rick = { aadObjectId: 'rick', tenantId: null, name: 'Rick' };
    await decided([
      aDecision({ id: 'a', at: at('22T09:00'), kind: 'approve', reason: 'one', by: rick, incidentId: null }),
      aDecision({ id: 'b', at: at('22T10:00'), kind: 'snooze', until: at('29T10:00'), userIds: ['adele'] }),
      aDecision({ id: 'c', at: NOW, kind: 'approve', reason: 'now', userIds: ['adele'] }),
    ]);
    const what = async (text: string) => rows((await answerTo(text)).blocks).map((row) => row[2]);
    expect(await what('decisions yesterday')).toEqual([
      'Snoozed until 29 Nov 10:00',
      'Approved the change: one',
    ]);
    expect(await what('who approved what')).toEqual(['Approved the change: now', 'Approved the change: one']);
    expect(await what('what did Rick decide')).toEqual(['Approved the change: one']);
    expect(await what('decisions about Adele')).toEqual([
      'Approved the change: now',
      'Snoozed until 29 Nov 10:00',
    ]);
    expect(await what('decisions today')).toEqual(['Approved the change: now']);
    expect((await answerTo('decisions last month')).lead).toBe(
      'I have watched since 20 Nov 08:00; before that I cannot say.',
    );
    expect((await answerTo('who approved what today')).lead).toMatch(/^1 decision from/);
  });

  it('says what nobody did, in the words of the question', async () => {
    expect((await answerTo('who approved what')).lead).toBe('Nobody approved anything.');
    expect((await answerTo('show the decision log')).lead).toBe('Nobody decided anything.');
  });

  it('says what became of a request', async () => {
    const request = (id: string, minute: number) =>
      aDecision({ id, at: at(`23T10:0${minute}`), kind: 'request', until: at('24T10:00') });
    await decided([
      request('r1', 0),
      request('r2', 1),
      request('r3', 2),
      aDecision({
        id: 'yes',
        at: at('23T10:08'),
        kind: 'confirm',
        about: 'r1',
        by: { ...aDecision().by, name: 'Adele Vance' },
      }),
      aDecision({ id: 'late', at: at('23T10:09'), kind: 'expire', about: 'r2' }),
    ]);
    const outcomes = rows((await answerTo('show the decision log')).blocks)
      .filter((row) => row[2]?.startsWith('Asked'))
      .map((row) => row[4]);
    expect(outcomes).toEqual(['not answered yet', 'nobody answered in time', 'approved by Adele Vance']);
  });

  it('says of licenses that needed a second operator what was asked for, by whom, and how it ended', async () => {
    const megan = aDecision().by;
    const lee = { ...megan, aadObjectId: 'lee', name: 'Lee Gu' };
    const asked = anAskedChange({
      id: 'r',
      asked: { kind: 'assign', userIds: ['rick', 'adele'], skuIds: [STANDARD], undoes: null },
    });
    const nothing = { incidents: [], verdicts: [], settled: [], outbox: [] };
    const about = { incidentId: null, userIds: ['rick', 'adele'] };
    await store.incidents.commit({
      ...nothing,
      asked,
      decisions: [
        aDecision({ ...about, id: 'r', kind: 'request', at: at('23T10:00'), until: at('24T10:00') }),
      ],
    });
    const [waits] = rows((await answerTo('show the decision log')).blocks);
    expect(waits?.slice(2)).toEqual([
      'Asked to assign Microsoft 365 Business Standard to 2 users: a second operator can confirm it until 24 Nov 10:00',
      'Rick van Oosterhout and Adele Vance',
      'not answered yet',
    ]);
    await store.incidents.commit({
      ...nothing,
      asked: ended(asked, 'declined', lee, at('23T10:08'), 'Leavers'),
      decisions: [
        aDecision({
          ...about,
          id: 'no',
          kind: 'decline',
          by: lee,
          about: 'r',
          reason: 'Leavers',
          at: at('23T10:08'),
        }),
      ],
    });
    const [declined, request] = rows((await answerTo('show the decision log')).blocks);
    expect(declined?.[2]).toBe(
      'Declined Megan Bowen’s request to assign Microsoft 365 Business Standard to 2 users: Leavers',
    );
    expect(request?.[4]).toBe('declined by Lee Gu');
    const scoped = (await ask(store, 'show the decision log', 'UTC', new Set(['rick']))).answer;
    expect(rows(scoped.blocks)[1]?.slice(2, 4)).toEqual([
      expect.stringContaining('to 1 user:'),
      'Rick van Oosterhout',
    ]);
    const history = async (who: string) => JSON.stringify((await answerTo(`history of ${who}`)).blocks);
    expect(await history('Rick van Oosterhout')).toContain('declined by Lee Gu');
    expect(await history('Ines Duarte')).not.toContain('Asked to assign');
  });

  it('names the rule, the group or the person that a decision was about', async () => {
    const rule = aSuppressionRule({ match: { ...aSuppressionRule().match, groupId: GROUP } });
    await store.suppression.commit({
      decision: aDecision({ id: 'e', kind: 'end-rule', incidentId: null, about: rule.id }),
      rule,
    });
    await decided([
      aDecision({ id: 'w', kind: 'watch', incidentId: null, subject: { kind: 'group', id: GROUP } }),
      aDecision({ id: 'x', kind: 'snooze', incidentId: null, subject: { kind: 'user', id: 'gone' } }),
    ]);
    expect(rows((await answerTo('show the decision log')).blocks).map((row) => row[3])).toEqual([
      'an account that is gone',
      'LIC-M365-E3',
      'losses through LIC-M365-E3, by Leaver runbook',
    ]);
  });

  it('shows the newest of many, and counts them all', async () => {
    await decided(
      Array.from({ length: 60 }, (_, no) =>
        aDecision({ id: `d${no}`, at: at('22T10:00') + no, kind: 'approve', reason: `no ${no}` }),
      ),
    );
    const answer = await answerTo('decisions yesterday');
    expect(answer.lead).toMatch(/^60 decisions/);
    expect(answer.paging).toMatchObject({ page: 1, pages: 3, total: 60 });
    expect(rows(answer.blocks)[0]?.[2]).toBe('Approved the change: no 59');
  });
});

it('each kind of decision has words of its own', () => {
  const told = DECISION_KINDS.map((kind) => decisionText(aDecision({ kind }), { timeZone: 'UTC', now: NOW }));
  expect(new Set(told).size).toBe(DECISION_KINDS.length);
  expect(decisionText(aDecision({ way: 'direct' }), { timeZone: 'UTC', now: NOW })).toBe(
    'Reassigned directly',
  );
});
