import { describe, expect, it } from 'vitest';
import { MEGAN, TENANT } from '../bot-under-test.ts';
import { aPressedBot, INCIDENT, USER } from './pressed-bot.ts';

const CHANGE = { kind: 'assign', users: USER, products: 'sku-1', plan: '00000000000ab12c' };
const manyIds = (count: number): string => Array.from({ length: count }, (_, index) => `id-${index}`).join();

const bot = aPressedBot();

describe('a press that is refused', () => {
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
});
