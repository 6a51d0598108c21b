import { describe, expect, it } from 'vitest';
import type { IncidentView } from '../../../../src/domain/incident-view/view.ts';
import { cardBytes, MAX_CARD_BYTES } from '../../../../src/teams/cards/render.ts';
import { affectedUsers } from '../../../builders/incident/incident-view.ts';
import { aPlanView, aRequestView } from '../../../builders/incident/plan-view.ts';
import { textOf } from '../bot-under-test.ts';
import { problemsOf } from './check-card.ts';
import { done, render, T } from './rendered-incident.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the templating library.
const hostile = '[x](http://evil) ${secret} {{DATE(1)}} *b* \n# h \u202e <at>a</at>';

const VARIANTS: [string, Partial<IncidentView>][] = [
  ['just found', {}],
  ['without users', { users: [], userCount: 0, kind: 'seats-changed', can: done }],
  ['one user', { users: affectedUsers(1) }],
  ['many users', { users: affectedUsers(23) }],
  [
    'half restored',
    {
      users: affectedUsers(5, (i) => ({
        status: i < 3 ? 'restored' : 'failed',
        note: i < 3 ? null : 'No seat is left.',
      })),
    },
  ],
  ['snoozed', { snoozedUntil: T, log: [{ at: T, what: 'Megan Bowen snoozed this' }] }],
  ['approved', { status: 'approved', can: done, log: [{ at: T, what: 'Megan Bowen approved the change' }] }],
  ['restored', { status: 'restored', can: done, users: affectedUsers(5, () => ({ status: 'restored' })) }],
  ['closed', { status: 'closed', can: done }],
  [
    'proved',
    {
      level: 'proved',
      severity: 'medium',
      chain: [{ at: T, what: 'Anna changed it', evidence: ['record-1'] }],
    },
  ],
  ['low', { level: 'likely', severity: 'low' }],
  ['critical', { level: 'unrecorded', severity: 'critical' }],
  [
    'never read logs',
    {
      checked: {
        sources: [{ name: 'Entra audit log', completeTo: null }],
        auditingEnabled: null,
        serviceIssues: [],
        cloudUsers: 3,
        syncedUsers: 2,
      },
    },
  ],
  [
    'a hostile request',
    {
      request: aRequestView({
        by: { aadObjectId: 'x', name: hostile },
        what: hostile,
        plan: aPlanView([{ userId: 'u', name: hostile }]),
      }),
    },
  ],
  [
    'hostile everywhere',
    {
      title: hostile,
      causeSentence: hostile,
      certainty: hostile,
      chain: [{ at: T, what: hostile, evidence: [hostile] }],
      log: [{ at: T, what: hostile }],
      users: affectedUsers(3, () => ({
        name: hostile,
        userPrincipalName: hostile,
        note: hostile,
        had: [{ product: hostile, path: hostile, disabledPlans: [hostile] }],
      })),
      plan: aPlanView([{ userId: 'u', name: hostile }], new Set(), {
        sentence: hostile,
        lines: [
          {
            userId: 'u',
            name: hostile,
            does: [hostile],
            blocked: [{ reason: hostile, wayOut: hostile }],
          },
        ],
      }),
      directPlan: aPlanView([{ userId: 'u', name: hostile }]),
      deadlines: [{ at: T, what: hostile }],
      advice: [hostile],
      ruleOffer: hostile,
      can: {
        reassign: true,
        approve: true,
        snooze: true,
        reopen: false,
        wake: false,
        takeOn: false,
        undo: { decisionId: 'd', until: T, sentence: hostile },
      },
      checked: {
        sources: [{ name: hostile, completeTo: T }],
        auditingEnabled: false,
        serviceIssues: [{ id: hostile, title: hostile, status: hostile }],
        cloudUsers: 1,
        syncedUsers: 0,
      },
    },
  ],
];

describe('the form of the incident card', () => {
  it.each(VARIANTS)('is a valid card: %s', (_name, fields) => {
    expect(problemsOf(render(fields))).toEqual([]);
  });

  it('can be found again by its key', () => {
    expect(render().fallbackText).toContain('incident:7d9a');
  });

  it.each([
    ['200 letters', 'n'.repeat(200), false],
    ['200 marks to escape', '*'.repeat(200), false],
    ['200 characters of three bytes', '山'.repeat(200), false],
    ['200 letters, with a request', 'n'.repeat(200), true],
    ['200 characters of three bytes, with a request', '山'.repeat(200), true],
  ])('stays under the limit with 5,000 users whose names have %s', (_name, name, waiting) => {
    const users = affectedUsers(5_000, () => ({
      name,
      userPrincipalName: name,
      note: name,
      status: 'failed' as const,
      had: [{ product: name, path: name, disabledPlans: Array(40).fill(name) }],
    }));
    const long = Array.from({ length: 50 }, () => ({ at: T, what: name.repeat(20), evidence: [name] }));
    const plan = aPlanView(users, new Set(), {
      sentence: name.repeat(5),
      lines: users.map(({ userId }) => ({
        userId,
        name,
        does: Array(10).fill(name),
        blocked: Array(10).fill({ reason: name, wayOut: name }),
      })),
    });
    const card = render({
      users,
      plan,
      directPlan: plan,
      deadlines: long,
      advice: long.map(({ what }) => what),
      ruleOffer: name.repeat(20),
      request: waiting ? aRequestView({ what: name, plan }) : null,
      title: name,
      causeSentence: name,
      chain: long,
      log: long,
      checked: {
        sources: [{ name, completeTo: T }],
        auditingEnabled: true,
        serviceIssues: Array(20).fill({ id: name, title: name, status: name }),
        cloudUsers: 1,
        syncedUsers: 1,
      },
    });
    expect(cardBytes(card)).toBeLessThanOrEqual(MAX_CARD_BYTES);
    expect(problemsOf(card)).toEqual([]);
    expect(textOf(card)).toMatch(/and [\d,]+ more that this card has no room for/);
  });

  it('lists as many users as there is room for', () => {
    const text = textOf(render({ users: affectedUsers(40) }));
    expect(text).toContain('and 36 others');
    expect(text).toContain('User 40');
  });
});
