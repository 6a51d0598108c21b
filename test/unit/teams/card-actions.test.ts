import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FORMS } from '../../../src/teams/cards/incident/viewer.ts';
import { anAnswer } from '../../builders/answer.ts';
import { anIncidentView } from '../../builders/incident-view.ts';
import { BotUnderTest, MEGAN, NOW, TENANT, textOf } from './bot-under-test.ts';
import { elementsOf } from './cards/check-card.ts';

const INCIDENT = anIncidentView().incidentId;
const USER = '5f3c0a10-0000-4000-8000-000000000001';

/** A channel whose members nobody has asked for yet. */
const ELSEWHERE = {
  conversation: {
    id: '19:another@thread.tacv2',
    conversationType: 'channel',
    tenantId: TENANT,
    isGroup: true,
  },
};

const CHANGE = { kind: 'assign', users: USER, products: 'sku-1', plan: '00000000000ab12c' };
const manyIds = (count: number): string => Array.from({ length: count }, (_, index) => `id-${index}`).join();

describe('pressing a button', () => {
  const bot = new BotUnderTest();
  beforeAll(() => bot.start());
  afterAll(() => bot.stop());
  beforeEach(() => {
    bot.services.decided.length = 0;
    bot.services.stood.length = 0;
    bot.services.licensesChanged.length = 0;
    bot.services.licensesUndone.length = 0;
    bot.services.scopes.clear();
    bot.services.viewers.length = 0;
    bot.connector.delivered.length = 0;
    bot.services.roles.set(MEGAN, 'operator');
    bot.services.outcome = () => ({ kind: 'accepted', view: anIncidentView({ status: 'approved' }) });
    bot.services.incidents.set(INCIDENT, anIncidentView());
  });

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
    [
      'approve',
      { approveWhy: 'leaver', ruleFor: '90d' },
      { reason: 'Leaver', ruleUntil: NOW + 90 * 86_400_000 },
    ],
    [
      'snooze',
      { length: '1d', snoozeReason: 'Billing' },
      { until: NOW + 86_400_000, reason: 'Billing', about: 'incident' },
    ],
    [
      'snooze',
      { length: '4h', about: 'group', snoozeReason: 'Migration' },
      { until: NOW + 4 * 3_600_000, reason: 'Migration', about: 'group' },
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
      { until: NOW + 86_400_000 },
      { kind: 'extend-rule', ruleId: 'rule-1', until: NOW + 86_400_000 },
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
    ['a way of its own', 'reassign', { incidentId: INCIDENT, who: 'all', way: 'delete' }],
    ['a plan that is no digest', 'reassign', { incidentId: INCIDENT, who: 'all', plan: '{"steps":[]}' }],
    ['no decision to undo', 'undo', { incidentId: INCIDENT }],
    ['a decision that is a list', 'undo', { incidentId: INCIDENT, decisionId: ['decision-1'] }],
    ['no request to confirm', 'confirm', { incidentId: INCIDENT }],
    ['a request with a path in it', 'confirm', { incidentId: INCIDENT, requestId: '../request' }],
    ['no request to decline', 'decline', { incidentId: INCIDENT, declineReason: 'x' }],
    [
      'an endless reason to decline',
      'decline',
      { incidentId: INCIDENT, requestId: 'r', declineReason: 'x'.repeat(501) },
    ],
    ['another reason without words', 'approve', { incidentId: INCIDENT, approveWhy: 'other' }],
    ['a reason that is not offered', 'approve', { incidentId: INCIDENT, approveWhy: 'because' }],
    ['a rule for ever', 'approve', { incidentId: INCIDENT, approveWhy: 'leaver', ruleFor: '99y' }],
    [
      'a rule with an end of its own',
      'approve',
      { incidentId: INCIDENT, approveWhy: 'leaver', ruleFor: { until: 9e15 } },
    ],
    [
      'a snooze about everything',
      'snooze',
      { incidentId: INCIDENT, length: '1d', about: 'tenant', snoozeReason: 'x' },
    ],
    ['no incident to wake', 'wake', {}],
    ['no incident to look at', 'view', {}],
    ['an incident to look at that is a number', 'view', { incidentId: 7 }],
    ['no rule to end', 'end-rule', { incidentId: INCIDENT }],
    ['a rule to extend without an end', 'extend-rule', { ruleId: 'rule-1' }],
    ['a rule to extend until a word', 'extend-rule', { ruleId: 'rule-1', until: 'for ever' }],
    ['a standing order that is none', 'stand', { kind: 'end-rule', ruleId: 'rule-1' }],
    ['a snooze of the whole tenant', 'stand', { kind: 'snooze', subjectKind: 'tenant', subjectId: 'x' }],
    ['a mark on a product', 'stand', { kind: 'watch', subjectKind: 'sku', subjectId: 'sku-1' }],
    ['licenses of nobody', 'change-licenses', { ...CHANGE, users: ' , ' }],
    ['licenses of too many', 'change-licenses', { ...CHANGE, users: manyIds(51) }],
    ['too many products', 'change-licenses', { ...CHANGE, products: manyIds(11) }],
    ['no product', 'change-licenses', { ...CHANGE, products: '' }],
    ['users as a list', 'change-licenses', { ...CHANGE, users: [USER] }],
    ['users that are paths', 'change-licenses', { ...CHANGE, users: '../../groups/x' }],
    ['a change that is neither', 'change-licenses', { ...CHANGE, kind: 'reassign' }],
    ['a change without the plan that was shown', 'change-licenses', { ...CHANGE, plan: '' }],
    ['a change with a plan of its own', 'change-licenses', { ...CHANGE, plan: '{"steps":[]}' }],
    ['no change to undo', 'undo-licenses', {}],
    ['a change to undo with a path in it', 'undo-licenses', { decisionId: '../decision' }],
    ['a verb that does not exist', 'delete-everything', { incidentId: INCIDENT }],
    ['a verb of JavaScript', '__proto__', { incidentId: INCIDENT }],
    ['an endless verb', 'x'.repeat(10_000), {}],
  ])('answers forged data shortly and changes nothing: %s', async (_name, verb, data) => {
    bot.services.roles.set(MEGAN, 'owner');
    const logged = bot.logged.length;
    const response = await bot.press(verb, data);
    expect(response.status).toBe(200);
    expect(response.body?.type).toBe('application/vnd.microsoft.activity.message');
    expect(String(response.body?.value).length).toBeLessThan(120);
    expect(bot.services.decided).toEqual([]);
    expect(bot.services.stood).toEqual([]);
    expect([...bot.services.licensesChanged, ...bot.services.licensesUndone]).toEqual([]);
    expect(bot.logged.length).toBeGreaterThan(logged);
  });

  it.each(
    (['reader', 'none'] as const).flatMap((role) =>
      [
        ['reassign', { who: 'all' }],
        ['undo', { decisionId: 'd' }],
        ['confirm', { requestId: 'r' }],
        ['decline', { requestId: 'r' }],
        ['approve', { approveReason: 'x' }],
        ['snooze', { length: '1d', snoozeReason: 'x' }],
        ['wake', {}],
      ].map(([verb, data]) => [role, verb, data] as [typeof role, string, object]),
    ),
  )('is refused to a %s, whatever the card shows: %s', async (role, verb, data) => {
    bot.services.roles.set(MEGAN, role);
    const response = await bot.press(verb, { incidentId: INCIDENT, ...data, by: 'owner', role: 'owner' });
    expect(response.body?.value).toContain('Only operators can');
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

  it('changes licenses as the card showed, each user once, and shows what came of it', async () => {
    const response = await bot.press('change-licenses', {
      ...CHANGE,
      users: `${USER},${USER.toUpperCase()},lee`,
    });
    expect(bot.services.licensesChanged).toEqual([
      {
        request: { kind: 'assign', userIds: [USER, 'lee'], skuIds: ['sku-1'] },
        shown: CHANGE.plan,
      },
    ]);
    expect(textOf(response.body)).toContain('Lee Gu has Visio Plan 2 now.');
  });

  it('puts a refusal in the place of the card that asked, but leaves an Undo that may help later', async () => {
    bot.services.licenses = () => ({ kind: 'refused', sentence: 'Not now.' });
    const asked = await bot.press('change-licenses', CHANGE);
    expect(asked.body?.type).toBe('application/vnd.microsoft.card.adaptive');
    expect(textOf(asked.body)).toContain('Not now.');
    const undo = await bot.press('undo-licenses', { decisionId: 'Decision-1' });
    expect(undo.body).toMatchObject({
      type: 'application/vnd.microsoft.activity.message',
      value: 'Not now.',
    });
    expect(bot.services.licensesUndone).toEqual(['decision-1']);
  });

  it.each(['reader', 'none'] as const)('changes and undoes no licenses for a %s', async (role) => {
    bot.services.roles.set(MEGAN, role);
    for (const [verb, data] of [
      ['change-licenses', CHANGE],
      ['undo-licenses', { decisionId: 'd' }],
    ] as const) {
      expect((await bot.press(verb, data)).body?.value).toContain('Only operators can');
    }
    expect([...bot.services.licensesChanged, ...bot.services.licensesUndone]).toEqual([]);
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

  describe('the card of whoever looks', () => {
    const buttonsOf = (body: unknown) =>
      elementsOf(body).flatMap(({ type, verb }) => (type === 'Action.Execute' ? [verb] : []));

    it('has the buttons of an operator, and asks Teams for itself again', async () => {
      const response = await bot.press('view', { incidentId: INCIDENT, cardKey: 'incident:x' });
      expect(response.body?.type).toBe('application/vnd.microsoft.card.adaptive');
      expect(buttonsOf(response.body)).toEqual(
        expect.arrayContaining(['reassign', 'approve', 'snooze', 'view']),
      );
      expect(response.body?.value).toMatchObject({
        refresh: { action: { verb: 'view' }, userIds: ['user-id-0'] },
      });
    });

    it.each(['reassign', 'approve', 'snooze'] as const)(
      'opens the form of the button that was pressed: %s',
      async (open) => {
        const response = await bot.press('view', { incidentId: INCIDENT, open });
        expect(response.body?.type).toBe('application/vnd.microsoft.card.adaptive');
        expect(buttonsOf(response.body)).toEqual(expect.arrayContaining([open, 'view']));
        expect(textOf(response.body)).toContain('Cancel');
        expect(bot.services.decided).toEqual([]);
      },
    );

    it('keeps the form open, and says beside the list that nobody was selected', async () => {
      const response = await bot.press('reassign', { incidentId: INCIDENT, who: 'chosen', users: '' });
      const card = response.body?.value as { body: { items?: { type: string; text?: string }[] }[] };
      const form = card.body.at(-1)?.items ?? [];
      const notice = form.findIndex(({ text }) => text === 'Nobody was selected, so nothing was changed.');
      expect(form[notice + 1]?.type).toBe('ActionSet');
      expect(elementsOf(card).find(({ id }) => id === 'users-choose')?.isVisible).toBe(true);
    });

    it.each(['reader', 'none'] as const)(
      'answers a %s who wants to decide by who can, and by nothing else',
      async (role) => {
        bot.services.roles
          .set(MEGAN, role)
          .set('lee', 'operator')
          .set('anna', 'owner')
          .set('unit', 'operator');
        bot.services.scopes.set('unit', { sees: null, acts: new Set([USER]) });
        bot.connector.roster = [
          [
            { id: '29:0', name: 'Megan Bowen', objectId: MEGAN },
            { id: '29:1', name: 'Lee Gu', objectId: 'lee' },
            { id: '29:2', name: 'Isaiah Langer', objectId: 'unit' },
            { id: '29:3', name: 'Anna Kowalska', objectId: 'anna' },
          ],
        ];
        for (const open of FORMS) {
          const response = await bot.press('view', { incidentId: INCIDENT, open }, ELSEWHERE);
          expect(response.body).toEqual({
            statusCode: 200,
            type: 'application/vnd.microsoft.activity.message',
            value: 'Only operators can decide this. Operators here: Lee Gu, Anna Kowalska.',
          });
        }
        const inChat = await bot.press('view', { incidentId: INCIDENT, open: 'approve' }, bot.personal());
        expect(inChat.body?.value).toBe('Only operators can decide this. Ask an owner for the role.');
        expect(bot.services.viewers).toEqual([]);
      },
    );

    it('has no button to decide with for a reader', async () => {
      bot.services.roles.set(MEGAN, 'reader');
      const response = await bot.press('view', { incidentId: INCIDENT });
      expect(buttonsOf(response.body)).toEqual(['view']);
      expect(textOf(response.body)).toContain('Only operators can decide this.');
    });

    it('is of users whom they may see', async () => {
      const sees = new Set([USER]);
      bot.services.scopes.set(MEGAN, { sees, acts: sees });
      await bot.press('view', { incidentId: INCIDENT });
      expect(bot.services.viewers.at(-1)?.sees).toBe(sees);
    });

    it('is refused to somebody without a role', async () => {
      bot.services.roles.set(MEGAN, 'none');
      const response = await bot.press('view', { incidentId: INCIDENT });
      expect(response.body).toMatchObject({
        type: 'application/vnd.microsoft.activity.message',
        value: expect.stringContaining('You are not among the people') as string,
      });
    });

    it('is not there for an incident that is not there', async () => {
      const response = await bot.press('view', { incidentId: 'incident-of-others' });
      expect(response.body?.value).toContain('I don’t know this incident');
    });

    it.each([
      ['view', {}],
      ['wake', {}],
      ['reassign', { who: 'all' }],
    ])('takes the place of the channel’s card for nobody else, time after time: %s', async (verb, data) => {
      for (let press = 0; press < 3; press++) {
        const response = await bot.press(verb, { incidentId: INCIDENT, ...data });
        expect(response.body).toMatchObject({
          type: 'application/vnd.microsoft.card.adaptive',
          value: { refresh: { userIds: ['user-id-0'] } },
        });
      }
      expect(bot.connector.said).toEqual([]);
    });
  });

  describe('in a client that only knows Action.Submit', () => {
    const submit = (fields: object) =>
      bot.send({
        text: undefined,
        replyToId: 'card-7',
        value: { verb: 'approve', incidentId: INCIDENT, approveReason: 'Leaver' },
        ...fields,
      });

    it('puts the new card in the place of the old one where nobody else sees it', async () => {
      await submit(bot.personal());
      expect(bot.services.decided).toHaveLength(1);
      const sent = bot.connector.said.at(-1);
      expect([sent?.method, sent?.activityId]).toEqual(['PUT', 'card-7']);
      expect(textOf(sent?.activity)).toContain('Approved');
    });

    it('answers in the thread of a channel, whose card is everybody’s', async () => {
      await submit({});
      expect(bot.services.decided).toHaveLength(1);
      expect(bot.connector.said.map(({ method }) => method)).toEqual(['POST']);
      expect(textOf(bot.connector.said[0]?.activity)).toContain('Approved');
    });
  });

  describe('by Action.Submit in a channel where not everybody may see everybody', () => {
    const careful = new BotUnderTest();
    careful.channelShowsNames = false;
    beforeAll(() => careful.start());
    afterAll(() => careful.stop());

    it('shows nobody’s own card to the others', async () => {
      careful.services.incidents.set(INCIDENT, anIncidentView());
      const [user] = anIncidentView().users;
      await careful.send({
        text: undefined,
        replyToId: 'card-7',
        value: { verb: 'view', incidentId: INCIDENT },
      });
      const told = textOf(careful.connector.said.at(-1)?.activity);
      expect(told).toContain('in our personal chat');
      expect(told).not.toContain(user?.name);
    });
  });

  it('does not answer invokes that are none of ours', async () => {
    const response = await bot.send({ type: 'invoke', name: 'something/else', value: {} });
    expect(response.status).toBe(501);
  });
});
