import { describe, expect, it } from 'vitest';
import type { IncidentView } from '../../../../src/domain/incident-view/view.ts';
import { portalsOf } from '../../../../src/microsoft365/portals.ts';
import { incidentCard } from '../../../../src/teams/cards/incident/card.ts';
import { affectedUsers, anIncidentView } from '../../../builders/incident/incident-view.ts';
import { textOf } from '../bot-under-test.ts';
import { elementsOf, problemsOf } from './check-card.ts';
import { done, render, times } from './rendered-incident.ts';

describe('the incident card', () => {
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

  it('tells the person who clicked what was not done', () => {
    expect(textOf(render({}, 'Somebody else was first.'))).toContain('Somebody else was first.');
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
