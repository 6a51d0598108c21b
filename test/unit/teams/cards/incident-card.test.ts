import { describe, expect, it } from 'vitest';
import type { IncidentView } from '../../../../src/domain/incident/view.ts';
import { incidentCard } from '../../../../src/teams/cards/incident.ts';
import { cardBytes, MAX_CARD_BYTES } from '../../../../src/teams/cards/render.ts';
import { timesIn } from '../../../../src/teams/cards/times.ts';
import { affectedUsers, anIncidentView } from '../../../builders/incident-view.ts';
import { textOf } from '../bot-under-test.ts';
import { elementsOf, problemsOf } from './check-card.ts';

const times = timesIn('Europe/Amsterdam', 'UTC');
const T = Date.UTC(2026, 2, 5, 9, 40);
const render = (fields: Partial<IncidentView> = {}, notice: string | null = null) =>
  incidentCard({ view: anIncidentView(fields), times, key: 'incident:7d9a', notice });

const done = { reassign: false, approve: false, snooze: false };
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
  ['proved', { level: 'proved', severity: 'medium', chain: [{ at: T, what: 'Anna changed it' }] }],
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
    'hostile everywhere',
    {
      title: hostile,
      causeSentence: hostile,
      certainty: hostile,
      chain: [{ at: T, what: hostile }],
      log: [{ at: T, what: hostile }],
      users: affectedUsers(3, () => ({
        name: hostile,
        userPrincipalName: hostile,
        note: hostile,
        had: [{ product: hostile, path: hostile, disabledPlans: [hostile] }],
      })),
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

describe('the incident card', () => {
  it.each(VARIANTS)('is a valid card: %s', (_name, fields) => {
    expect(problemsOf(render(fields))).toEqual([]);
  });

  it('says what happened, to whom, since when, how sure we are and what was checked', () => {
    const text = textOf(render());
    expect(text).toContain('5 users lost Microsoft 365 Business Standard');
    expect(text).toContain('5 March 2026, between 10:05 and 10:25 (Europe/Amsterdam)');
    expect(text).toContain('Not explained yet: no record of this change has arrived.');
    expect(text).toContain('Each had Microsoft 365 Business Standard, assigned directly');
    expect(text).toContain('Adele Vance\nadele.vance@contoso.com');
    expect(text).toContain('Unified audit log\ncomplete to 5 Mar, 09:40');
    expect(text).toContain('Service incidents\nnone open');
    expect(text).toContain('2026-03-05 09:05:00 UTC');
  });

  it('says at each user what they had when it is not the same for all', () => {
    const users = affectedUsers(2, (index) =>
      index === 0
        ? {}
        : { had: [{ product: 'Visio Plan 2', path: 'through LIC-Visio', disabledPlans: ['Sway'] }] },
    );
    const text = textOf(render({ users }));
    expect(text).not.toContain('Each had');
    expect(text).toContain('Visio Plan 2, through LIC-Visio, without Sway');
  });

  it.each([
    ['open and untouched', {}, null],
    [
      'partly restored',
      { users: affectedUsers(5, (i) => ({ status: i < 3 ? 'restored' : 'lost' })) },
      '3 of 5 restored',
    ],
    ['running', { users: affectedUsers(2, () => ({ status: 'restoring' })) }, '2 being restored'],
    ['failed', { users: affectedUsers(2, () => ({ status: 'failed' })) }, '2 could not be restored'],
    ['snoozed', { snoozedUntil: Date.UTC(2026, 2, 6, 9, 0) }, 'Snoozed until 6 March 2026, 10:00'],
    ['approved', { status: 'approved', can: done }, '✓ Approved: the change was intended'],
    ['restored', { status: 'restored', can: done }, '✓ All 5 restored'],
    ['closed', { status: 'closed', can: done }, 'Closed: nothing is left to do'],
  ] as [string, Partial<IncidentView>, string | null][])('shows its state: %s', (_name, fields, expected) => {
    const text = textOf(render(fields));
    if (expected === null) expect(text).not.toMatch(/restored|snoozed|Closed/i);
    else expect(text).toContain(expected);
  });

  it('has only the buttons that may be pressed now', () => {
    const titles = (fields: Partial<IncidentView>) =>
      (render(fields).actions as { title: string }[]).map(({ title }) => title);
    expect(titles({})).toEqual(['Reassign', 'Approve', 'Snooze', 'Details']);
    expect(titles({ can: { reassign: false, approve: true, snooze: true } })).toEqual([
      'Approve',
      'Snooze',
      'Details',
    ]);
    expect(titles({ can: done })).toEqual(['Details']);
  });

  it('puts nothing but ids into its buttons, and its key where it can be found again', () => {
    const buttons = elementsOf(render()).filter(({ type }) => type === 'Action.Execute');
    expect(buttons.map(({ verb, data }) => [verb, data])).toEqual([
      [
        'reassign',
        { incidentId: '7d9a52c0-1111-4222-8333-944455556666', cardKey: 'incident:7d9a', who: 'all' },
      ],
      [
        'reassign',
        { incidentId: '7d9a52c0-1111-4222-8333-944455556666', cardKey: 'incident:7d9a', who: 'chosen' },
      ],
      ['approve', { incidentId: '7d9a52c0-1111-4222-8333-944455556666', cardKey: 'incident:7d9a' }],
      ['snooze', { incidentId: '7d9a52c0-1111-4222-8333-944455556666', cardKey: 'incident:7d9a' }],
    ]);
    expect(render({ can: done }).fallbackText).toContain('incident:7d9a');
  });

  it('offers only users who are not restored yet', () => {
    const users = affectedUsers(5, (index) => ({ status: index < 3 ? 'restored' : 'lost' }));
    const choices = elementsOf(render({ users })).find(({ id }) => id === 'users')?.choices as unknown[];
    expect(choices).toHaveLength(2);
  });

  it('tells the person who clicked what was not done', () => {
    expect(textOf(render({}, 'Somebody else was first.'))).toContain('Somebody else was first.');
  });

  it.each([
    ['200 letters', 'n'.repeat(200)],
    ['200 marks to escape', '*'.repeat(200)],
    ['200 characters of three bytes', '山'.repeat(200)],
  ])('stays under the limit with 5,000 users whose names have %s', (_name, name) => {
    const users = affectedUsers(5_000, () => ({
      name,
      userPrincipalName: name,
      note: name,
      status: 'failed',
      had: [{ product: name, path: name, disabledPlans: Array(40).fill(name) }],
    }));
    const long = Array.from({ length: 50 }, () => ({ at: T, what: name.repeat(20) }));
    const card = render({
      users,
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
    expect(textOf(card)).toMatch(/and [\d,]+ more, whom this card has no room for/);
  });

  it('lists as many users as there is room for', () => {
    const text = textOf(render({ users: affectedUsers(40) }));
    expect(text).toContain('Show 30 more');
    expect(text).toContain('User 40');
  });
});
