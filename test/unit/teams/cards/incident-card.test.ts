import { describe, expect, it } from 'vitest';
import type { IncidentView } from '../../../../src/domain/incident-view/view.ts';
import { portalsOf } from '../../../../src/microsoft365/portals.ts';
import { incidentCard } from '../../../../src/teams/cards/incident/card.ts';
import { cardBytes, MAX_CARD_BYTES } from '../../../../src/teams/cards/render.ts';
import { timesIn } from '../../../../src/teams/cards/times.ts';
import { affectedUsers, anIncidentView } from '../../../builders/incident-view.ts';
import { aPlanView, aRequestView } from '../../../builders/plan-view.ts';
import { aViewer } from '../../../builders/viewer.ts';
import { textOf } from '../bot-under-test.ts';
import { elementsOf, problemsOf } from './check-card.ts';

const times = timesIn('Europe/Amsterdam', 'UTC');
const T = Date.UTC(2026, 2, 5, 9, 40);
const render = (fields: Partial<IncidentView> = {}, notice: string | null = null) =>
  incidentCard({
    view: anIncidentView(fields),
    viewer: aViewer('operator'),
    times,
    key: 'incident:7d9a',
    notice,
    refreshFor: ['29:1'],
  });

const done = { reassign: false, approve: false, snooze: false, reopen: false, wake: false, undo: null };
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

describe('the incident card', () => {
  it.each(VARIANTS)('is a valid card: %s', (_name, fields) => {
    expect(problemsOf(render(fields))).toEqual([]);
  });

  it('says what happened, to whom, since when, how sure we are and what was checked', () => {
    const text = textOf(render());
    expect(text).toContain('5 users lost Microsoft 365 Business Standard');
    expect(text).toContain('HIGH · 5 Mar 2026, 10:05–10:25, Amsterdam time');
    expect(text).toContain('Cause not known yet: no audit record so far.');
    expect(text).toContain('All assigned directly.');
    expect(text).toContain('Adele Vance\nIsaiah Langer');
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
    expect(text).not.toContain('All assigned');
    expect(text).toContain(' — Visio Plan 2, through LIC-Visio, without Sway');
  });

  it.each([
    ['open and untouched', {}, null],
    [
      'partly restored',
      { users: affectedUsers(5, (i) => ({ status: i < 3 ? 'restored' : 'lost' })) },
      '✓ 3 of 5 restored',
    ],
    [
      'a long run',
      { users: affectedUsers(200, (i) => ({ status: i < 120 ? 'restored' : 'restoring' })) },
      '120 of 200 restored, 80 being restored…',
    ],
    [
      'partly restored, of those whom one may see',
      {
        users: affectedUsers(2, (i) => ({ status: i < 1 ? 'restored' : 'lost' })),
        userCount: 5,
        others: 3,
      },
      '1 of 2 restored',
    ],
    ['running', { users: affectedUsers(2, () => ({ status: 'restoring' })) }, '2 being restored…'],
    ['failed', { users: affectedUsers(2, () => ({ status: 'failed' })) }, '2 could not be restored'],
    ['snoozed', { snoozedUntil: Date.UTC(2026, 2, 6, 9, 0) }, 'Snoozed until Friday 6 March 2026, 10:00'],
    ['approved', { status: 'approved', can: done }, 'Approved'],
    [
      'restored',
      { status: 'restored', can: done },
      '✓ Restored: 5 users have Microsoft 365 Business Standard again',
    ],
    ['closed', { status: 'closed', can: done }, 'Closed: nothing is left to do'],
  ] as [string, Partial<IncidentView>, string | null][])('shows its state: %s', (_name, fields, expected) => {
    const text = textOf(render(fields));
    if (expected === null) expect(text).not.toMatch(/\d restored|snoozed|Closed/i);
    else expect(text).toContain(expected);
  });

  it('can be found again by its key', () => {
    expect(render().fallbackText).toContain('incident:7d9a');
  });

  it('tells the person who clicked what was not done', () => {
    expect(textOf(render({}, 'Somebody else was first.'))).toContain('Somebody else was first.');
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

  it('says what goes while the license is gone, by days in the zone of who reads it', () => {
    const deadlines = [
      { at: Date.UTC(2026, 3, 3, 22, 30), what: 'Mailboxes of 5 users are deleted' },
      { at: Date.UTC(2026, 4, 4), what: 'OneDrive of 2 users becomes read-only' },
    ];
    const text = textOf(render({ deadlines }));
    expect(text).toContain('If it isn’t restored by 4 April 2026: Mailboxes of 5 users are deleted.');
    expect(text).toContain(
      'If it isn’t restored\n4 April 2026\nMailboxes of 5 users are deleted\n4 May 2026\nOneDrive',
    );
    expect(textOf(render())).not.toContain('If it isn’t restored');
  });

  it('says after a restore what users may have to do', () => {
    const advice = ['Office apps can take up to 72 hours to see it.'];
    expect(textOf(render({ status: 'restored', can: done, advice }))).toContain(
      'Tell the users: Office apps can take up to 72 hours to see it.',
    );
    expect(textOf(render())).not.toContain('Tell the users');
  });

  it('has a text for the users to copy: what to press, what to expect, and how they see that it worked', () => {
    const text = textOf(render());
    for (const expected of [
      'File → Account → Update License',
      'sign in',
      'start them again',
      'It worked when File → Account shows Microsoft 365 Business Standard',
    ]) {
      expect(text).toContain(expected);
    }
  });

  it('has that text whole, however full the card is, and none where nothing is given back', () => {
    const long = 'Microsoft Defender for Endpoint Plan 2 for Government Community Cloud Customers';
    const users = affectedUsers(800, () => ({
      had: [1, 2].map((number) => ({ product: `${long} ${number}`, path: 'directly', disabledPlans: [] })),
    }));
    expect(textOf(render({ users }))).toMatch(/It worked when .* under “Product Information”\./);
    for (const status of ['approved', 'closed'] as const) {
      expect(textOf(render({ status, can: done }))).not.toContain('Update License');
    }
  });

  it('says once what is the same for all, and at each user what is not', () => {
    const users = affectedUsers(5, (index) => ({
      had: [
        {
          product: 'P',
          path: 'assigned directly',
          disabledPlans: index === 2 ? ['Kaizala Pro', 'Sway'] : [],
        },
      ],
    }));
    const text = textOf(render({ users }));
    expect(text).toContain('Lynne Robbins\n — without Kaizala Pro and Sway');
    expect(text.match(/assigned directly/g)).toHaveLength(1);
  });

  it('names four of many, and the others on a press', () => {
    const card = render({ users: affectedUsers(50) });
    const text = textOf(card);
    expect(text).toContain('and 46 others');
    expect(elementsOf(card).find(({ id }) => id === 'folded-face')?.isVisible).toBe(false);
    expect(textOf(render({ users: affectedUsers(5) }))).not.toContain('others');
  });

  it('links people, Microsoft’s incident and the products to the portals of the cloud', () => {
    const checked = {
      ...anIncidentView().checked,
      serviceIssues: [{ id: 'MO213912', title: 'Licenses', status: 'service degradation' }],
    };
    const [user] = affectedUsers(1);
    const card = incidentCard({
      view: anIncidentView({
        checked,
        causeSentence: 'Microsoft service incident MO213912 was open at the time.',
      }),
      viewer: null,
      times,
      key: null,
      notice: null,
      portals: portalsOf({ name: 'gcch' }),
    });
    const urls = elementsOf(card).flatMap(({ type, url }) => (type === 'Action.OpenUrl' ? [url] : []));
    expect(problemsOf(card)).toEqual([]);
    expect(urls).toEqual(
      expect.arrayContaining([
        `https://entra.microsoft.us/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/overview/userId/${user?.userId}`,
        'https://portal.office365.us/adminportal/home#/servicehealth/:/alerts/MO213912',
        'https://portal.office365.us/adminportal/home#/subscriptions',
      ]),
    );
    expect(elementsOf(render()).filter(({ type }) => type === 'Action.OpenUrl')).toEqual([]);
  });

  it('begins with those who still ask for something', () => {
    const users = affectedUsers(4, (i) => ({
      status: (['restored', 'restoring', 'lost', 'failed'] as const)[i] ?? 'lost',
    }));
    const text = textOf(render({ users }));
    const places = [...users].reverse().map(({ name }) => text.indexOf(name));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });
});
