import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REASON_TEXT } from '../../../src/answers/words/alert-reason-text.ts';
import type { AlertNote, AlertReason } from '../../../src/domain/alert/reason.ts';
import { ALERT_REASONS } from '../../../src/domain/alert/reason.ts';
import type { IncidentCommit, Store } from '../../../src/domain/ports.ts';
import { aDecision } from '../../builders/incident/decision.ts';
import { anIncident } from '../../builders/incident/incident.ts';
import { aSuppressionRule } from '../../builders/incident/suppression.ts';
import { ask, at, aWatchedTenant } from './a-watched-tenant.ts';

const NOTHING: IncidentCommit = { incidents: [], verdicts: [], settled: [], outbox: [] };
const WHEN = 'between 23 Nov 10:05 and 10:20';

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
});
afterEach(() => store.close());

const aNote = (reason: AlertReason, over: Partial<AlertNote> = {}): AlertNote => ({
  subject: `subject-${reason}`,
  reason,
  at: at('23T10:25'),
  changeId: null,
  incidentId: null,
  scanId: null,
  ruleId: null,
  until: null,
  detail: null,
  ...over,
});
const ofChange = (reason: AlertReason, over: Partial<AlertNote> = {}) =>
  store.alerts.note([aNote(reason, { changeId: 'change-1', ...over })]);
const ofIncident = (...notes: AlertNote[]) =>
  store.incidents.commit({
    ...NOTHING,
    incidents: [anIncident({ changeIds: ['change-1'], userIds: ['rick'] })],
    alerts: notes.map((note) => ({ ...note, incidentId: 'incident-1' })),
  });
const lead = async (text = 'why was nobody alerted about Rick'): Promise<string> =>
  (await ask(store, text)).answer.lead;

describe('whoever may see others only', () => {
  it('learns nothing of the alert, asked by name or about everybody', async () => {
    await ofIncident(aNote('refused', { detail: 'SECRET' }));
    const sees = new Set(['adele']);
    for (const text of ['why was nobody alerted about Rick', 'why was there no alert']) {
      const { answer } = await ask(store, text, 'UTC', sees);
      expect(JSON.stringify(answer)).not.toMatch(/SECRET|Oosterhout|Teams refused/);
    }
    const { answer } = await ask(store, 'why was there no alert', 'UTC', new Set(['rick']));
    expect(answer.lead).toContain('SECRET');
  });
});

describe('why nobody was alerted', () => {
  it.each<[AlertReason, string]>([
    ['healed', 'it was back before the settle time was over (decided 23 Nov 10:25)'],
    [
      'swapped',
      'another product with the same service plans had taken its place before the settle time was over (decided 23 Nov 10:25)',
    ],
    ['own-work', 'License Watch did it, as somebody had decided (decided 23 Nov 10:25)'],
  ])('is that a change was kept as history: %s', async (reason, sentence) => {
    await ofChange(reason);
    expect(await lead()).toMatch(/^Rick van Oosterhout lost /);
    expect(await lead()).toContain(`${WHEN}, and nobody was alerted: ${sentence}.`);
  });

  it('is that a rule expects it, by its number and reason', async () => {
    await store.suppression.commit({
      decision: aDecision({ id: 'r', kind: 'make-rule' }),
      rule: aSuppressionRule(),
    });
    await ofIncident(aNote('expected', { ruleId: 'rule-1' }));
    expect(await lead()).toContain(
      'nobody was alerted: rule 1 (“leavers”) expects it (decided 23 Nov 10:25).',
    );
  });

  it.each<[AlertNote, string]>([
    [
      aNote('snoozed', { until: at('30T10:00'), detail: 'migration' }),
      'a snooze covers it until 30 Nov 10:00: “migration” (decided 23 Nov 10:25)',
    ],
    [aNote('no-channel'), 'no alert channel was set (decided 23 Nov 10:25)'],
    [
      aNote('refused', { detail: 'The bot is not in the team.' }),
      'Teams refused the card: The bot is not in the team (decided 23 Nov 10:25)',
    ],
  ])('is what happened to the card: %#', async (note, sentence) => {
    await ofIncident(aNote('first', { at: at('23T10:24') }), note);
    expect(await lead()).toContain(`nobody was alerted: ${sentence}.`);
  });

  it('is that the settle time is not over', async () => {
    expect(await lead()).toContain('nobody was alerted: it waits for the end of its settle time.');
  });

  it('is not so where there was a card: says which and when', async () => {
    await ofIncident(aNote('first'), aNote('posted', { detail: 'License alerts' }));
    expect(await lead()).toContain(
      `${WHEN}, and there was an alert: the card was posted in License alerts on 23 Nov 10:25.`,
    );
  });

  it('is that nothing changed', async () => {
    expect(await lead('why was nobody alerted about Adele yesterday')).toBe(
      'No license change of Adele Vance was seen from 22 Nov 00:00 to 23 Nov 00:00, so there was nothing to alert anybody about.',
    );
  });

  it('is not known of a time before anybody was watched', async () => {
    expect(await lead('why was nobody alerted about Rick on 3 November')).toBe(
      'I have watched licenses of Rick van Oosterhout since 20 Nov 08:00; before that I cannot say.',
    );
  });

  it('names the reads that did not count', async () => {
    await store.alerts.note([
      aNote('read-held', {
        subject: 'read:1',
        scanId: 'scan-9',
        at: at('22T09:00'),
        detail: 'Too many losses.',
      }),
    ]);
    const { answer } = await ask(store, 'why was nobody alerted about Adele yesterday');
    expect(JSON.stringify(answer.blocks)).toContain('1 read of the tenant in that time did not count');
    expect(JSON.stringify(answer.blocks)).toContain('Too many losses.');
  });
});

it('has a text for each reason', () => {
  expect(Object.keys(REASON_TEXT).sort()).toEqual([...ALERT_REASONS].sort());
});
