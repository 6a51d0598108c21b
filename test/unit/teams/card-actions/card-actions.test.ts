import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../../src/domain/durations.ts';
import { anAnswer } from '../../../builders/answer.ts';
import { anIncidentView } from '../../../builders/incident/incident-view.ts';
import { MEGAN, NOW, TENANT, textOf } from '../bot-under-test.ts';
import { aPressedBot, INCIDENT, USER } from './pressed-bot.ts';

const bot = aPressedBot();

describe('pressing a button', () => {
  it.each([
    ['reassign', { who: 'all' }, { userIds: null, way: 'as-it-was', plan: null }],
    ['reassign', { who: 'all', plan: '' }, { userIds: null, way: 'as-it-was', plan: null }],
    ['reassign', { who: 'all', plan: 'ab12' }, { userIds: null, way: 'as-it-was', plan: 'ab12' }],
    [
      'reassign',
      { who: 'chosen', users: `${USER},${USER.toUpperCase()}` },
      { userIds: [USER], way: 'as-it-was', plan: null },
    ],
    ['reassign', { who: 'all', users: USER }, { userIds: null, way: 'as-it-was', plan: null }],
    [
      'reassign',
      { who: 'chosen', way: 'direct', users: 'somebody-else', directUsers: USER, plan: 'ab12' },
      { userIds: [USER], way: 'direct', plan: 'ab12' },
    ],
    ['undo', { decisionId: 'decision-1' }, { decisionId: 'decision-1' }],
    ['confirm', { requestId: 'request-1' }, { requestId: 'request-1', plan: null }],
    ['confirm', { requestId: 'request-1', plan: 'ab12' }, { requestId: 'request-1', plan: 'ab12' }],
    ['decline', { requestId: 'request-1' }, { requestId: 'request-1', reason: null }],
    [
      'decline',
      { requestId: 'request-1', declineReason: ' Ask Anna first ' },
      { requestId: 'request-1', reason: 'Ask Anna first' },
    ],
    ['approve', { approveReason: ' Sabbatical ' }, { reason: 'Sabbatical', ruleUntil: null }],
    ['approve', { approveWhy: 'leaver' }, { reason: 'Leaver', ruleUntil: null }],
    [
      'approve',
      { approveWhy: 'moved', approveReason: 'ticket 7', ruleFor: 'no' },
      { reason: 'Moved to another plan: ticket 7', ruleUntil: null },
    ],
    ['approve', { approveWhy: 'leaver', ruleFor: '90d' }, { reason: 'Leaver', ruleUntil: NOW + 90 * DAY_MS }],
    [
      'snooze',
      { length: '1d', snoozeReason: 'Billing' },
      { until: NOW + DAY_MS, reason: 'Billing', about: 'incident' },
    ],
    [
      'snooze',
      { length: '4h', about: 'group', snoozeReason: 'Migration' },
      { until: NOW + 4 * HOUR_MS, reason: 'Migration', about: 'group' },
    ],
    ['wake', {}, {}],
  ])('takes the decision as the person of the activity: %s %o', async (verb, data, request) => {
    const response = await bot.press(verb, { incidentId: INCIDENT, cardKey: 'incident:x', ...data });
    expect(bot.services.decided).toEqual([
      {
        request: { kind: verb, incidentId: INCIDENT, ...request },
        by: { aadObjectId: MEGAN, tenantId: TENANT, name: 'Megan Bowen' },
        access: { role: 'operator', sees: null, acts: null },
      },
    ]);
    expect(response).toMatchObject({
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' },
    });
    expect(textOf(response.body)).toContain('Approved');
  });

  it.each([
    ['end-rule', {}, { kind: 'end-rule', ruleId: 'rule-1' }, 'The rule'],
    [
      'extend-rule',
      { until: NOW + DAY_MS },
      { kind: 'extend-rule', ruleId: 'rule-1', until: NOW + DAY_MS },
      'The rule until 6 March 2026, 05:00.',
    ],
  ])('lets an owner, and nobody else, %s', async (verb, data, request, told) => {
    const refused = await bot.press(verb, { ruleId: 'rule-1', ...data });
    expect(refused.body?.value).toContain('Only owners can do this.');
    expect(bot.services.stood).toEqual([]);
    bot.services.roles.set(MEGAN, 'owner');
    bot.services.standing = () => ({ kind: 'accepted', sentence: 'The rule' });
    const response = await bot.press(verb, { ruleId: 'rule-1', ...data });
    expect(bot.services.stood.map(({ request: asked, by }) => [asked, by.aadObjectId])).toEqual([
      [request, MEGAN],
    ]);
    expect(textOf(response.body)).toBe(told);
  });

  it('answers a click that came too late with the reason and the incident as it is now', async () => {
    bot.services.outcome = () => ({
      kind: 'refused',
      reason: 'Somebody else was first.',
      view: anIncidentView({ status: 'restored' }),
    });
    const response = await bot.press('reassign', { incidentId: INCIDENT, who: 'all' });
    expect(textOf(response.body)).toContain('Somebody else was first.');
    expect(textOf(response.body)).toContain('✓ Restored: 5 users have Microsoft 365 Business Standard again');
  });

  it('says so when nobody was chosen', async () => {
    const response = await bot.press('reassign', { incidentId: INCIDENT, who: 'chosen', users: '' });
    expect(textOf(response.body)).toContain('Nobody was selected, so nothing was changed.');
    expect(bot.services.decided).toEqual([]);
  });

  it('says that it does not know an incident that is not there', async () => {
    bot.services.outcome = () => ({ kind: 'refused', reason: 'I do not know this incident.', view: null });
    const response = await bot.press('approve', { incidentId: 'somebody-elses', approveReason: 'x' });
    expect(response.body).toMatchObject({
      type: 'application/vnd.microsoft.activity.message',
      value: 'I do not know this incident.',
    });
  });

  it('says a reference number when something breaks', async () => {
    bot.services.outcome = () => {
      throw new Error('secret detail');
    };
    const response = await bot.press('approve', { incidentId: INCIDENT, approveReason: 'x' });
    expect(response.status).toBe(200);
    expect(response.body?.value).toMatch(/The number REF-\d+ finds it/);
    expect(JSON.stringify(response.body)).not.toContain('secret');
  });

  it('asks the sentence of a choice and answers beneath the card', async () => {
    bot.services.answer = () => anAnswer({ lead: 'Chris Green has one license.' });
    const response = await bot.press('ask', { ask: 'licenses of chris.green@contoso.com' });
    expect(bot.services.asked.at(-1)?.text).toBe('licenses of chris.green@contoso.com');
    expect(textOf(bot.connector.said.at(-1)?.activity)).toContain('Chris Green has one license.');
    expect(response.body?.value).toBe('Answered below: licenses of chris.green@contoso.com');
  });

  it('does not let a choice do what its presser may not', async () => {
    bot.services.roles.set(MEGAN, 'reader');
    bot.services.answer = () => anAnswer({ intent: 'scan', request: { kind: 'scan' } });
    const response = await bot.press('ask', { ask: 'scan now' });
    expect(response.body?.value).toContain('Only operators can');
    expect(bot.services.scans).toBe(0);
  });

  it('does not answer invokes that are none of ours', async () => {
    const response = await bot.send({ type: 'invoke', name: 'something/else', value: {} });
    expect(response.status).toBe(501);
  });
});
