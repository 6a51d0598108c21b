import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anAnswer } from '../../builders/answer.ts';
import { anIncidentView } from '../../builders/incident-view.ts';
import { BotUnderTest, MEGAN, NOW, TENANT, textOf } from './bot-under-test.ts';

const INCIDENT = anIncidentView().incidentId;
const USER = '5f3c0a10-0000-4000-8000-000000000001';

describe('pressing a button', () => {
  const bot = new BotUnderTest();
  beforeAll(() => bot.start());
  afterAll(() => bot.stop());
  beforeEach(() => {
    bot.services.decided.length = 0;
    bot.services.roles.set(MEGAN, 'operator');
    bot.services.outcome = () => ({ kind: 'accepted', view: anIncidentView({ status: 'approved' }) });
    bot.services.incidents.set(INCIDENT, anIncidentView());
  });

  it.each([
    ['reassign', { who: 'all' }, { kind: 'reassign', incidentId: INCIDENT, userIds: null }],
    [
      'reassign',
      { who: 'chosen', users: `${USER},${USER.toUpperCase()}` },
      { kind: 'reassign', incidentId: INCIDENT, userIds: [USER] },
    ],
    ['reassign', { who: 'all', users: USER }, { kind: 'reassign', incidentId: INCIDENT, userIds: null }],
    ['approve', { approveReason: ' Leaver ' }, { kind: 'approve', incidentId: INCIDENT, reason: 'Leaver' }],
    [
      'snooze',
      { length: '1d', snoozeReason: 'Billing' },
      { kind: 'snooze', incidentId: INCIDENT, until: NOW + 86_400_000, reason: 'Billing' },
    ],
  ])('takes the decision as the person of the activity: %s %o', async (verb, data, request) => {
    const response = await bot.press(verb, { incidentId: INCIDENT, cardKey: 'incident:x', ...data });
    expect(bot.services.decided).toEqual([
      { request, by: { aadObjectId: MEGAN, tenantId: TENANT, name: 'Megan Bowen' } },
    ]);
    expect(response).toMatchObject({
      status: 200,
      body: { type: 'application/vnd.microsoft.card.adaptive' },
    });
    expect(textOf(response.body)).toContain('✓ Approved: the change was intended');
  });

  it('answers a click that came too late with the reason and the incident as it is now', async () => {
    bot.services.outcome = () => ({
      kind: 'refused',
      reason: 'Somebody else was first.',
      view: anIncidentView({ status: 'restored' }),
    });
    const response = await bot.press('reassign', { incidentId: INCIDENT, who: 'all' });
    expect(textOf(response.body)).toContain('Somebody else was first.');
    expect(textOf(response.body)).toContain('✓ All 5 restored');
  });

  it('says so when nobody was chosen', async () => {
    const response = await bot.press('reassign', { incidentId: INCIDENT, who: 'chosen', users: '' });
    expect(textOf(response.body)).toContain('Nobody was chosen, so nothing was changed.');
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

  it.each([
    ['no data', 'reassign', undefined],
    ['data that is a text', 'reassign', 'all'],
    ['data that is a list', 'approve', []],
    ['no incident', 'reassign', { who: 'all' }],
    ['an incident that is an object', 'reassign', { incidentId: { $ne: null }, who: 'all' }],
    ['an incident with a quote in it', 'reassign', { incidentId: "x' OR 1=1 --", who: 'all' }],
    ['an endless incident', 'reassign', { incidentId: 'x'.repeat(5_000), who: 'all' }],
    ['neither all nor chosen', 'reassign', { incidentId: INCIDENT }],
    ['users that are no ids', 'reassign', { incidentId: INCIDENT, who: 'chosen', users: '../../etc,<b>' }],
    [
      'too many users',
      'reassign',
      { incidentId: INCIDENT, who: 'chosen', users: Array(1_500).fill('u').join(',') },
    ],
    ['no reason', 'approve', { incidentId: INCIDENT }],
    ['an empty reason', 'approve', { incidentId: INCIDENT, approveReason: '   ' }],
    ['an endless reason', 'approve', { incidentId: INCIDENT, approveReason: 'x'.repeat(5_000) }],
    ['a length of its own', 'snooze', { incidentId: INCIDENT, length: '900y', snoozeReason: 'x' }],
    ['an end of its own', 'snooze', { incidentId: INCIDENT, until: 9e15, snoozeReason: 'x' }],
    ['a verb that does not exist', 'delete-everything', { incidentId: INCIDENT }],
    ['a verb of JavaScript', '__proto__', { incidentId: INCIDENT }],
    ['an endless verb', 'x'.repeat(10_000), {}],
  ])('answers forged data shortly and changes nothing: %s', async (_name, verb, data) => {
    const logged = bot.logged.length;
    const response = await bot.press(verb, data);
    expect(response.status).toBe(200);
    expect(response.body?.type).toBe('application/vnd.microsoft.activity.message');
    expect(String(response.body?.value).length).toBeLessThan(120);
    expect(bot.services.decided).toEqual([]);
    expect(bot.logged.length).toBeGreaterThan(logged);
  });

  it.each([
    ['reader', 'Only operators may do this.'],
    ['none', 'Only operators may do this.'],
  ] as const)('is refused to a %s, whatever the card shows', async (role, sentence) => {
    bot.services.roles.set(MEGAN, role);
    const response = await bot.press('approve', {
      incidentId: INCIDENT,
      approveReason: 'x',
      by: 'owner',
      role: 'owner',
    });
    expect(response.body?.value).toContain(sentence);
    expect(bot.services.decided).toEqual([]);
  });

  it('is refused to another tenant', async () => {
    const response = await bot.press(
      'approve',
      { incidentId: INCIDENT, approveReason: 'x', tenantId: TENANT },
      {
        channelData: { tenant: { id: 'other' } },
        conversation: { id: 'c', conversationType: 'personal', tenantId: 'other' },
      },
    );
    expect(response.body?.value).toBe('I work for another organisation and cannot help here.');
    expect(bot.services.decided).toEqual([]);
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
    expect(response.body?.value).toContain('Only operators may do this.');
    expect(bot.services.scans).toBe(0);
  });

  it('works for clients that only know Action.Submit: the new card takes the place of the old one', async () => {
    await bot.send({
      text: undefined,
      replyToId: 'card-7',
      value: { verb: 'approve', incidentId: INCIDENT, approveReason: 'Leaver' },
    });
    expect(bot.services.decided).toHaveLength(1);
    const sent = bot.connector.said.at(-1);
    expect([sent?.method, sent?.activityId]).toEqual(['PUT', 'card-7']);
    expect(textOf(sent?.activity)).toContain('✓ Approved');
  });

  it('does not answer invokes that are none of ours', async () => {
    const response = await bot.send({ type: 'invoke', name: 'something/else', value: {} });
    expect(response.status).toBe(501);
  });
});
