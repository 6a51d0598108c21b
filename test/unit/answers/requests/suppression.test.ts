import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnswerBlock } from '../../../../src/answers/answer/answer.ts';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import type { StandingCommit, Store } from '../../../../src/domain/ports.ts';
import { LICENSE_WATCH } from '../../../../src/domain/suppression/license-watch.ts';
import { aVerdict } from '../../../builders/audit/verdict.ts';
import { aDecision } from '../../../builders/incident/decision.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { aSilence, aSuppressionRule, aWatchMark } from '../../../builders/incident/suppression.ts';
import { ask, at, aWatchedTenant, E3, GROUP, NOW, STANDARD, VISIO } from '../a-watched-tenant.ts';

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
});
afterEach(() => store.close());

const answerTo = async (text: string) => (await ask(store, text)).answer;
const rows = (blocks: readonly AnswerBlock[]) =>
  blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
const choices = (blocks: readonly AnswerBlock[]) =>
  blocks.flatMap((block) => (block.kind === 'choices' ? block.choices.map(({ ask }) => ask) : []));

let decisions = 0;
const stand = (what: Omit<StandingCommit, 'decision'>) =>
  store.suppression.commit({
    decision: aDecision({ id: `decision-of-test-${++decisions}`, incidentId: null }),
    ...what,
  });
const ANNA = { kind: 'user', id: 'anna', name: 'Anna Kowalska' } as const;
const LEAVERS = { ...aSuppressionRule().match, groupId: GROUP };
const incident = (over: Parameters<typeof anIncident>[0] = {}) =>
  store.incidents.commit({
    incidents: [anIncident({ userIds: ['rick'], skuIds: [STANDARD], openedAt: at('23T10:21'), ...over })],
    verdicts: [],
    settled: [],
    outbox: [],
  });

describe('standing rules', () => {
  it('are told with what they expect, until when, by whom, why, and how often they hid something', async () => {
    await stand({ rule: aSuppressionRule({ id: 'old', endedAt: at('22T10:00') }) });
    await stand({
      rule: aSuppressionRule({ id: 'rule', match: LEAVERS, until: at('30T12:00'), incidentId: 'told' }),
    });
    await incident({ id: 'told', fingerprint: 'a', status: 'approved' });
    await incident({ id: 'hidden', fingerprint: 'b', status: 'approved', hiddenByRuleId: 'rule' });
    const answer = await answerTo('show standing rules');
    expect(answer.lead).toBe('1 standing rule in force.');
    expect(rows(answer.blocks)).toEqual([
      [
        '2',
        'losses through LIC-M365-E3, by Leaver runbook, up to 10 users at a time',
        '30 Nov 12:00',
        'Megan Bowen: leavers',
        '1',
      ],
    ]);
    expect(answer.next).toEqual(['end rule 2', 'extend rule 2 for 30 days']);
  });

  it('that are over are told of as such', async () => {
    await stand({ rule: aSuppressionRule({ until: at('22T10:00') }) });
    const answer = await answerTo('which changes are expected');
    expect(answer.lead).toContain('no standing rule in force');
    expect(JSON.stringify(answer.blocks)).toContain('1 rule came to an end');
  });

  it.each([
    ['end rule 1', { kind: 'end-rule', ruleId: 'visio' }],
    ['stop expecting changes of the group LIC-M365-E3', { kind: 'end-rule', ruleId: 'leavers' }],
    [
      'extend rule 1 until 1 March',
      { kind: 'extend-rule', ruleId: 'visio', until: Date.parse('2027-03-02T00:00Z') },
    ],
    // A length is added to what the rule has.
    [
      'extend rule 1 for 10 days',
      { kind: 'extend-rule', ruleId: 'visio', until: at('30T00:00') + 10 * DAY_MS },
    ],
  ])('%s asks first', async (text, request) => {
    await stand({
      rule: aSuppressionRule({
        id: 'visio',
        match: { ...LEAVERS, groupId: null, skuIds: [VISIO] },
        until: at('30T00:00'),
      }),
    });
    await stand({ rule: aSuppressionRule({ id: 'leavers', match: LEAVERS }) });
    const answer = await answerTo(text);
    expect(answer.request).toEqual({ kind: 'stand', request, sentence: expect.stringMatching(/rule [12]/) });
  });

  it.each([
    ['end rule 7', 'There is no rule 7.'],
    ['end rule 1', 'Rule 1 is not in force any more.'],
    ['stop expecting changes of the group LIC-M365-E3', 'No standing rule in force is about that.'],
  ])('%s changes nothing where there is nothing to change', async (text, lead) => {
    await stand({ rule: aSuppressionRule({ endedAt: at('22T10:00'), match: LEAVERS }) });
    expect(await answerTo(text)).toMatchObject({ lead, request: null });
  });

  it('are asked for by number when several may be meant, and for an end when none is said', async () => {
    await stand({ rule: aSuppressionRule({ id: 'one', match: LEAVERS }) });
    await stand({ rule: aSuppressionRule({ id: 'two' }) });
    expect(choices((await answerTo('stop expecting that')).blocks)).toEqual(['end rule 2', 'end rule 1']);
    expect(await answerTo('extend rule 1')).toMatchObject({
      lead: expect.stringContaining('Until when'),
      request: null,
    });
  });
});

describe('keeping an eye on somebody', () => {
  it.each([
    ['keep an eye on Adele', 'watch', { kind: 'user', id: 'adele' }],
    ['keep an eye on the group LIC-M365-E3', 'watch', { kind: 'group', id: GROUP }],
    ['stop keeping an eye on Rick', 'unwatch', { kind: 'user', id: 'rick' }],
  ])('%s asks first', async (text, kind, subject) => {
    await stand({ mark: aWatchMark({ subject: { kind: 'user', id: 'rick' } }) });
    expect((await answerTo(text)).request).toMatchObject({ kind: 'stand', request: { kind, subject } });
  });

  it('speaks of the members of a group, as a group loses nothing', async () => {
    expect((await answerTo('keep an eye on the group LIC-M365-E3')).lead).toBe(
      'If a member of LIC-M365-E3 loses a license, I alert right away and mention on-call.',
    );
  });

  it.each([
    ['keep an eye on Rick', 'I keep an eye on Rick van Oosterhout already.'],
    ['stop keeping an eye on Adele', 'I was not keeping an eye on Adele Vance.'],
    ['keep an eye on Bob', 'Nobody here is called “Bob”.'],
    ['keep an eye on', expect.stringContaining('Who?')],
  ])('%s needs nothing done', async (text, lead) => {
    await stand({ mark: aWatchMark({ subject: { kind: 'user', id: 'rick' } }) });
    expect(await answerTo(text)).toMatchObject({ lead, request: null });
  });

  it('is done for one at a time', async () => {
    expect(choices((await answerTo('keep an eye on Rick and Adele')).blocks)).toHaveLength(2);
  });

  it('is told with who asked for it and since when', async () => {
    expect((await answerTo('who are you keeping an eye on')).lead).toBe('Nobody is on the watch list.');
    await stand({ mark: aWatchMark({ subject: { kind: 'user', id: 'rick' }, at: at('22T10:00') }) });
    await stand({ mark: aWatchMark({ subject: { kind: 'group', id: GROUP }, at: at('22T11:00') }) });
    const answer = await answerTo('who are you keeping an eye on');
    expect(answer.lead).toBe('I keep an eye on Rick van Oosterhout and LIC-M365-E3.');
    expect(rows(answer.blocks)).toEqual([
      ['Rick van Oosterhout', 'person', '22 Nov 10:00', 'Megan Bowen'],
      ['LIC-M365-E3', 'group', '22 Nov 11:00', 'Megan Bowen'],
    ]);
  });
});

describe('a snooze in words', () => {
  it.each([
    [
      'snooze Visio until Friday: known migration',
      { kind: 'sku', id: VISIO },
      at('28T00:00'),
      'known migration',
    ],
    [
      'snooze Adele for 2 days because she is on leave',
      { kind: 'user', id: 'adele' },
      NOW + 2 * DAY_MS,
      'she is on leave',
    ],
    [
      'mute LIC-M365-E3 until tomorrow: Rick moves it',
      { kind: 'group', id: GROUP },
      at('25T00:00'),
      'Rick moves it',
    ],
  ])('%s asks first', async (text, subject, until, reason) => {
    expect((await answerTo(text)).request).toEqual({
      kind: 'stand',
      request: { kind: 'snooze', subject, until, reason },
      sentence: expect.stringContaining(reason),
    });
  });

  it('needs a reason', async () => {
    const answer = await answerTo('snooze Visio until Friday');
    expect(answer).toMatchObject({ lead: expect.stringMatching(/^Why snooze/), request: null });
    expect((await answerTo(answer.next[0] ?? '')).request).toMatchObject({
      request: { subject: { id: VISIO } },
    });
  });

  it('needs an end, unless an incident is open, whose card asks for it', async () => {
    expect((await answerTo('snooze Rick')).lead).toContain('Until when');
    await incident();
    expect((await answerTo('snooze Rick')).request?.kind).toBe('show-incident');
  });

  it('ends in words too', async () => {
    expect((await answerTo('unsnooze Visio')).lead).toBe('Nothing about Visio Plan 2 is snoozed.');
    await stand({ silence: aSilence({ id: 'of-visio', subject: { kind: 'sku', id: VISIO } }) });
    expect((await answerTo('unsnooze Visio')).request).toMatchObject({
      kind: 'stand',
      request: { kind: 'wake', silenceId: 'of-visio' },
    });
    await stand({ silence: aSilence({ id: 'of-e3', subject: { kind: 'sku', id: E3 } }) });
    expect(choices((await answerTo('unsnooze')).blocks)).toHaveLength(2);
  });

  it('of an incident is ended on its card', async () => {
    await incident({ snoozedUntil: at('25T00:00'), snoozeReason: 'Known' });
    expect((await answerTo('unsnooze Rick')).request?.kind).toBe('show-incident');
    expect((await answerTo('unsnooze Adele')).request).toBeNull();
  });

  it('stands in the status with its end, and rules and marks are counted', async () => {
    await stand({ silence: aSilence({ subject: { kind: 'user', id: 'adele' }, until: at('26T08:00') }) });
    await stand({ silence: aSilence({ id: 'over', until: at('22T08:00') }) });
    await stand({ rule: aSuppressionRule(), mark: aWatchMark({ subject: { kind: 'user', id: 'rick' } }) });
    await incident({ snoozedUntil: at('25T00:00'), snoozeReason: 'Known' });
    await store.decisions.append(aDecision({ kind: 'snooze', until: at('25T00:00') }));
    const { blocks } = await answerTo('status');
    expect(rows(blocks)).toEqual([
      [
        'the incident of Rick van Oosterhout: Microsoft 365 Business Standard',
        '25 Nov 00:00',
        'Known',
        'Megan Bowen',
      ],
      ['all about Adele Vance', '26 Nov 08:00', 'known migration', 'Megan Bowen'],
    ]);
    const told = JSON.stringify(blocks);
    expect(told).toContain('1 (say “show standing rules”)');
    expect(told).toContain('1 mark');
  });

  it('keeps its card back until its end, which is nothing that waits', async () => {
    const message = { kind: 'incident', incidentId: 'i', revision: 1 } as const;
    await store.outbox.enqueue([{ key: 'incident:i:1', message, notBefore: NOW + 1 }]);
    expect((await answerTo('status')).blocks).toContainEqual({
      kind: 'facts',
      facts: expect.arrayContaining([{ label: 'Messages waiting', value: '0' }]),
    });
  });
});

describe('what a rule expected', () => {
  it('is told in one sentence with its cause, and as nobody’s own decision in the log', async () => {
    await stand({ rule: aSuppressionRule({ id: 'rule', incidentId: 'another' }) });
    await incident({ id: 'expected', status: 'approved', hiddenByRuleId: 'rule', changeIds: ['change-1'] });
    await store.incidents.commit({
      incidents: [],
      verdicts: [
        {
          changeId: 'change-1',
          at: NOW,
          verdict: aVerdict({ level: 'proved', cause: 'admin-action', actor: ANNA }),
        },
      ],
      settled: [],
      outbox: [],
    });
    expect(rows((await answerTo('lost licenses')).blocks)[0]?.[3]).toMatch(/[^.]; expected by a rule$/);
    const about = { id: 'ours', by: LICENSE_WATCH, incidentId: 'expected', at: NOW };
    await store.decisions.append(aDecision({ ...about, kind: 'approve', reason: 'leavers', about: 'rule' }));
    await store.decisions.append(aDecision({ ...about, id: 'quiet', kind: 'snooze', reason: 'move' }));
    expect(
      rows((await answerTo('show the decision log')).blocks).map(([, who, what]) => [who, what]),
    ).toEqual(
      expect.arrayContaining([
        ['License Watch', 'Expected by a standing rule: leavers'],
        ['License Watch', 'Kept quiet, as snoozed before: move'],
      ]),
    );
  });

  it('is told all the same, as expected', async () => {
    await stand({ rule: aSuppressionRule({ id: 'rule', incidentId: 'another' }) });
    await incident({ status: 'approved', hiddenByRuleId: 'rule', changeIds: ['change-1'] });
    expect(rows((await answerTo('lost licenses')).blocks)[0]?.[3]).toBe(
      'Cause not known yet; expected by a rule',
    );
    const open = await answerTo('open incidents');
    expect(open.lead).toBe('No incident is open.');
    expect(rows(open.blocks)[0]?.at(-1)).toBe('expected by a rule');
    const adele = await answerTo('open incidents of Adele');
    expect(adele.lead).toBe('No open incident about Adele Vance.');
    expect(rows(adele.blocks)).toEqual([]);
  });
});
