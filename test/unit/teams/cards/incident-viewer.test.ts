import { describe, expect, it } from 'vitest';
import type { IncidentView } from '../../../../src/domain/incident-view/view.ts';
import { incidentCard } from '../../../../src/teams/cards/incident/card.ts';
import {
  asksForDecision,
  type Form,
  limitOf,
  type Viewer,
} from '../../../../src/teams/cards/incident/viewer.ts';
import { timesIn } from '../../../../src/teams/cards/times.ts';
import { affectedUsers, anIncidentView } from '../../../builders/incident/incident-view.ts';
import { aPlanView, aRequestView } from '../../../builders/incident/plan-view.ts';
import { aViewer } from '../../../builders/incident/viewer.ts';
import { textOf } from '../bot-under-test.ts';
import { elementsOf, problemsOf } from './check-card.ts';

const T = Date.UTC(2026, 2, 5, 9, 40);
const times = timesIn('Europe/Amsterdam', 'UTC');
const users = affectedUsers(5);
const ids = users.map(({ userId }) => userId);
const nothing = {
  reassign: false,
  approve: false,
  snooze: false,
  reopen: false,
  takeOn: false,
  wake: false,
  undo: null,
};
const open = anIncidentView({ users, plan: aPlanView(users) });
const undo = { decisionId: 'decision-1', until: T, sentence: 'Takes it from 5 users again.' };

const states = {
  open,
  'with a second best': { ...open, directPlan: aPlanView(users.slice(0, 1)) },
  snoozed: { ...open, snoozedUntil: T, can: { ...open.can, wake: true } },
  waiting: { ...open, request: aRequestView(), can: { ...open.can, reassign: false } },
  'waiting for others': {
    ...open,
    request: aRequestView({ answerable: false }),
    can: { ...open.can, reassign: false },
  },
  blocked: {
    ...open,
    plan: aPlanView(users, new Set(ids)),
    can: { ...open.can, reassign: false },
  },
  'being restored': {
    ...open,
    plan: aPlanView(users, new Set(ids)),
    restoringCount: 5,
    can: { ...open.can, reassign: false },
  },
  restored: { ...open, status: 'restored', plan: null, can: { ...nothing, undo } },
  approved: { ...open, status: 'approved', plan: null, can: nothing },
  'approved and not given back': {
    ...open,
    status: 'approved',
    can: { ...nothing, reassign: true },
  },
  'approved today': { ...open, status: 'approved', plan: null, can: { ...nothing, reopen: true } },
} satisfies Record<string, IncidentView>;

const asker: Viewer = { ...aViewer('operator'), aadObjectId: aRequestView().by.aadObjectId };
const viewers = {
  channel: null,
  reader: aViewer('reader'),
  none: aViewer('none'),
  operator: aViewer('operator'),
  owner: aViewer('owner'),
  'operator of all five': aViewer('operator', ids),
  'operator of two': aViewer('operator', ids.slice(0, 2)),
  'operator of others': aViewer('operator', ['somebody-else']),
  asker,
} satisfies Record<string, Viewer | null>;

/** All but "Details", which every card has. */
const titlesOf = (view: IncidentView, viewer: Viewer | null, secondAbove: number | null = null) =>
  (
    incidentCard({ view, viewer, times, key: null, notice: null, secondAbove }).actions as { title: string }[]
  ).flatMap(({ title }) => (title === 'Details' ? [] : [title]));

/** What every card has for all who look at it. */
const IN_DETAILS = 'support-case';

describe('the buttons of a card', () => {
  const decide = ['Approve…', 'Snooze…', 'I’m on it…'];
  const direct = ['Reassign all 5', 'Choose…', ...decide];
  it.each<[keyof typeof states, keyof typeof viewers, string[]]>([
    ['open', 'channel', ['Reassign…', ...decide]],
    ['open', 'reader', []],
    ['open', 'none', []],
    ['open', 'operator', direct],
    ['open', 'owner', direct],
    ['open', 'operator of all five', direct],
    ['open', 'operator of two', ['Reassign…']],
    ['open', 'operator of others', []],
    ['with a second best', 'operator', ['Reassign…', 'Assign directly instead…', ...decide]],
    ['with a second best', 'reader', []],
    ['snoozed', 'operator', ['Reassign all 5', 'Choose…', 'Approve…', 'Wake']],
    ['snoozed', 'operator of two', ['Reassign…']],
    ['snoozed', 'channel', ['Reassign…', 'Approve…', 'Wake']],
    ['waiting', 'channel', ['Confirm…', 'Decline…']],
    ['waiting', 'reader', []],
    ['waiting', 'operator', ['Confirm the reassign', 'Decline…']],
    ['waiting', 'owner', ['Confirm the reassign', 'Decline…']],
    ['waiting', 'asker', ['Withdraw my request']],
    ['waiting', 'operator of two', ['Confirm the reassign', 'Decline…']],
    ['waiting for others', 'operator of two', []],
    ['waiting for others', 'asker', ['Withdraw my request']],
    ['blocked', 'operator', ['Why can’t I reassign?', ...decide]],
    ['being restored', 'operator', decide],
    ['restored', 'operator', ['Undo…']],
    ['restored', 'operator of all five', ['Undo…']],
    ['restored', 'operator of two', ['Undo…']],
    ['restored', 'reader', []],
    ['restored', 'channel', ['Undo…']],
    ['approved', 'operator', []],
    ['approved', 'channel', []],
    ['approved and not given back', 'operator', ['Reassign all 5', 'Choose…']],
    ['approved and not given back', 'operator of others', []],
    ['approved and not given back', 'reader', []],
    ['approved and not given back', 'channel', ['Reassign…']],
    ['approved today', 'operator', ['Reopen…']],
    ['approved today', 'operator of two', []],
    ['approved today', 'reader', []],
    ['approved today', 'channel', ['Reopen…']],
  ])('of an incident that is %s, for %s', (state, viewer, titles) => {
    expect(titlesOf(states[state], viewers[viewer])).toEqual(titles);
  });

  it.each(
    Object.keys(states).flatMap((state) =>
      Object.keys(viewers).map((viewer) => [state, viewer] as [keyof typeof states, keyof typeof viewers]),
    ),
  )('make a valid card: %s, for %s', (state, viewer) => {
    const card = incidentCard({
      view: states[state],
      viewer: viewers[viewer],
      times,
      key: 'incident:1',
      notice: null,
      refreshFor: ['29:1'],
    });
    expect(problemsOf(card)).toEqual([]);
  });

  it.each<[string, Partial<IncidentView>, number | null, string]>([
    ['nobody in the way', {}, null, 'Reassign all 5'],
    ['as many as may be written by one', {}, 5, 'Reassign all 5'],
    ['a second operator for so many', {}, 4, 'Reassign…'],
    ['a second operator for any', {}, 0, 'Reassign…'],
    ['somebody who cannot be helped', { plan: aPlanView(users, new Set(ids.slice(4))) }, null, 'Reassign…'],
    ['a group to write', { plan: aPlanView(users, new Set(), { direct: false }) }, null, 'Reassign…'],
    ['a first try that failed', { failedCount: 1 }, null, 'Retry the remaining 5…'],
  ])('give everybody back at one press only in the simple case: %s', (_name, fields, above, first) => {
    expect(titlesOf({ ...open, ...fields }, viewers.operator, above)[0]).toBe(first);
  });

  it('of the channel ask for the card of whoever presses, and carry nothing but ids and what to open', () => {
    for (const view of [states.open, states.waiting, states.restored]) {
      const card = incidentCard({ view, viewer: null, times, key: 'k', notice: null });
      for (const { type, verb, data, fallback } of elementsOf(card)) {
        if (type !== 'Action.Execute' || verb === IN_DETAILS) continue;
        expect(verb).toBe('view');
        expect(data).toEqual({ incidentId: view.incidentId, cardKey: 'k', open: expect.any(String) });
        expect(fallback).toMatchObject({ type: 'Action.Submit', data: { verb, ...(data as object) } });
      }
    }
  });

  it('show an open form alone, on the card of somebody who may use it', () => {
    const shown = (viewer: Viewer | null, form: Form) => {
      const card = incidentCard({ view: open, viewer, times, key: null, notice: null, open: form });
      expect(problemsOf(card)).toEqual([]);
      return elementsOf(card).flatMap(({ type, verb }) =>
        type === 'Action.Execute' && verb !== IN_DETAILS ? [verb] : [],
      );
    };
    expect(shown(viewers.operator, 'approve')).toEqual(['approve', 'view']);
    expect(shown(viewers.operator, 'reassign')).toEqual(['reassign', 'view', 'reassign']);
    expect(shown(viewers.operator, 'undo'), 'nothing to undo').toContain('approve');
    expect(shown(viewers.reader, 'approve')).toEqual([]);
    expect(shown(null, 'approve')).toEqual(['view', 'view', 'view', 'view']);
  });

  it('are never more than fit beside each other', () => {
    const can = {
      reassign: true,
      approve: true,
      snooze: true,
      takeOn: false,
      reopen: false,
      wake: true,
      undo,
    };
    const plan = aPlanView(users, new Set(), { direct: false });
    const view = { ...states['with a second best'], can, plan };
    const titles = titlesOf(view, viewers.operator);
    expect(titles).toEqual(['Reassign…', 'Assign directly instead…', 'Undo…', 'Approve…', 'Wake']);
    const card = incidentCard({ view, viewer: viewers.operator, times, key: null, notice: null });
    expect(card.actions).toHaveLength(6);
    expect(problemsOf(card)).toEqual([]);
  });

  it('are not there for what a scoped operator cannot see: an incident about the whole tenant', () => {
    const view = anIncidentView({ users: [], userCount: 0, kind: 'seats-changed' });
    expect(titlesOf(view, viewers['operator of two'])).toEqual([]);
    expect(titlesOf(view, viewers.operator)).toContain('Approve…');
  });
});

describe('a card that is about others too', () => {
  const some = anIncidentView({ users: users.slice(0, 2), userCount: 5, others: 3 });

  it('says how many, and leaves what concerns all of them to others', () => {
    const viewer = viewers['operator of two'];
    const card = incidentCard({ view: some, viewer, times, key: null, notice: null });
    expect(textOf(card)).toContain('and 3 users outside your administrative units');
    expect(textOf(card)).not.toContain('no room');
    expect(titlesOf(some, viewer)).toEqual(['Reassign…']);
    expect(limitOf(viewer, some)).toContain('users outside your administrative units');
  });

  it('says in a channel where names are not for everybody that there are some', () => {
    const told = (count: number): string => {
      const view = anIncidentView({ users: [], userCount: count, others: count });
      return textOf(incidentCard({ view, viewer: null, times, key: null, notice: null }));
    };
    expect(told(5)).toContain('The names are shown only to those who may see them');
    expect(told(1)).toContain('The name is shown only to those who may see it');
  });
});

describe('why there are fewer buttons', () => {
  it.each<[keyof typeof viewers, string]>([
    ['channel', ''],
    ['reader', 'Only operators can decide this.'],
    ['operator', ''],
    ['operator of all five', ''],
  ])('is told where it is so: %s', (viewer, sentence) => {
    expect(limitOf(viewers[viewer], open)).toBe(sentence);
    expect(limitOf(viewers[viewer], states.approved)).toBe('');
  });
});

describe('the refresh of a card', () => {
  const refreshOf = (people: string[]) =>
    incidentCard({ view: open, viewer: null, times, key: 'incident:1', notice: null, refreshFor: people })
      .refresh as { userIds: string[]; action: object } | undefined;

  it('names nobody where nobody is known', () => {
    expect(refreshOf([])).toBeUndefined();
  });

  it('asks for the view of the incident, for at most sixty people', () => {
    const many = Array.from({ length: 99 }, (_, index) => `29:${index}`);
    expect(refreshOf(many)?.userIds).toEqual(many.slice(0, 60));
    expect(refreshOf(many)?.action).toMatchObject({
      type: 'Action.Execute',
      verb: 'view',
      data: { incidentId: open.incidentId, cardKey: 'incident:1' },
    });
  });

  it('is there only while there is anything to decide', () => {
    expect(Object.values(states).filter((view) => !asksForDecision(view))).toEqual([
      states.approved,
      states['approved and not given back'],
    ]);
  });

  it('and every other button carry ids only', () => {
    const view = { ...states['with a second best'], can: { ...open.can, wake: true, undo } };
    const card = incidentCard({ view, viewer: viewers.operator, times, key: 'k', notice: null });
    const sent = elementsOf(card).filter(({ type }) => type === 'Action.Execute');
    expect(sent.map(({ verb, data }) => [verb, data])).toEqual(
      [
        ['reassign', { who: 'all', way: 'as-it-was', plan: '00000000000ab12c' }],
        ['reassign', { who: 'chosen', way: 'as-it-was', plan: '00000000000ab12c' }],
        ['reassign', { who: 'all', way: 'direct', plan: '00000000000ab12c' }],
        ['undo', { decisionId: 'decision-1' }],
        ['approve', {}],
        ['wake', {}],
        [IN_DETAILS, {}],
      ].map(([verb, data]) => [verb, { incidentId: view.incidentId, cardKey: 'k', ...(data as object) }]),
    );
  });
});
