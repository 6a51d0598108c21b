import { describe, expect, it } from 'vitest';
import type { IncidentView } from '../../../../src/domain/incident-view/view.ts';
import { incidentCard } from '../../../../src/teams/cards/incident/card.ts';
import type { Viewer } from '../../../../src/teams/cards/incident/viewer.ts';
import { timesIn } from '../../../../src/teams/cards/times.ts';
import { affectedUsers, anIncidentView } from '../../../builders/incident/incident-view.ts';
import { aPlanView, aRequestView } from '../../../builders/incident/plan-view.ts';
import { aViewer } from '../../../builders/incident/viewer.ts';
import { textOf } from '../bot-under-test.ts';
import { elementsOf } from './check-card.ts';

const T = Date.UTC(2026, 2, 5, 9, 40);
const times = timesIn('Europe/Amsterdam', 'UTC');
const users = affectedUsers(5);
const ids = users.map(({ userId }) => userId);
const last = new Set(ids.slice(4));

const card = (fields: Partial<IncidentView>, viewer: Viewer | null = aViewer('operator')) =>
  incidentCard({ view: anIncidentView({ users, ...fields }), viewer, times, key: null, notice: null });

/** The form behind a button. */
const formOf = (fields: Partial<IncidentView>, title: string, viewer?: Viewer) =>
  elementsOf(card(fields, viewer)).find((one) => one.type === 'Action.ShowCard' && one.title === title)?.card;

const buttonsIn = (form: unknown) =>
  elementsOf(form).flatMap(({ type, title, data }) =>
    type === 'Action.Execute' ? [[title, (data as { plan: string }).plan]] : [],
  );
const choicesIn = (form: unknown) =>
  elementsOf(form).flatMap(({ id, choices }) =>
    id === 'users' || id === 'directUsers' ? (choices as { value: string }[]).map(({ value }) => value) : [],
  );

describe('the Reassign form', () => {
  it('says what will be done before anything is written: in a sentence, and for each user on a click', () => {
    const form = formOf({ plan: aPlanView(users, last) }, 'Reassign…');
    const text = textOf(form);
    expect(text).toContain('Nothing changes until you confirm.');
    expect(text).toContain('4 users get Microsoft 365 Business Standard back directly.');
    expect(text).toContain('Adele Vance\nAssign Microsoft 365 Business Standard directly, without Yammer');
    expect(elementsOf(form).find(({ id }) => id === 'users-plan')?.isVisible).toBe(false);
  });

  it('names first whom it cannot help, why, and what would', () => {
    const text = textOf(formOf({ plan: aPlanView(users, last) }, 'Reassign…'));
    expect(text).toContain(
      'Rick Astley\nNot possible: No seat of Microsoft 365 Business Standard is free. Buy 1 seat.\nAdele',
    );
  });

  it('is one press where nothing stands in the way, with a list beside it', () => {
    const buttons = card({ plan: aPlanView(users) }).actions as Record<string, unknown>[];
    expect([buttons[0]?.type, buttons[0]?.title]).toEqual(['Action.Execute', 'Reassign all 5']);
    expect(choicesIn(formOf({ plan: aPlanView(users) }, 'Choose…'))).toEqual(ids);
  });

  it.each<[string, ReadonlySet<string>, string]>([
    ['most', last, 'Reassign the 4 that can be'],
    ['one', new Set(ids.slice(1)), 'Reassign the one that can be'],
  ])('says on its button whom it helps: %s', (_name, blocked, title) => {
    const [first] = buttonsIn(formOf({ plan: aPlanView(users, blocked) }, 'Reassign…'));
    expect(first).toEqual([title, '00000000000ab12c']);
  });

  it('offers nobody whom the plan does not help, and nobody who is back', () => {
    const mixed = affectedUsers(5, (index) => ({ status: index === 0 ? 'restored' : 'lost' }));
    const form = formOf({ users: mixed, plan: aPlanView(mixed.slice(1), last) }, 'Reassign the remaining 3…');
    expect(choicesIn(form)).toEqual(ids.slice(1, 4));
  });

  it('is for the rest after a failure, and says so', () => {
    const failed = affectedUsers(5, (index) => ({ status: index < 2 ? 'restored' : 'failed' }));
    const form = formOf({ users: failed, plan: aPlanView(failed.slice(2)) }, 'Retry the remaining 3…');
    expect(buttonsIn(form)[0]?.[0]).toBe('Reassign all 3');
    expect(
      formOf({ users: failed, plan: aPlanView(failed.slice(4)) }, 'Retry the remaining user…'),
    ).toBeDefined();
  });

  it('offers a scoped operator their own users only', () => {
    const mine = aViewer('operator', ids.slice(0, 2));
    const narrowed = aPlanView(users.slice(0, 2));
    const form = formOf({ plan: narrowed, users: users.slice(0, 2), others: 3 }, 'Reassign…', mine);
    expect(choicesIn(form)).toEqual(ids.slice(0, 2));
    expect(buttonsIn(form)[0]).toEqual(['Reassign all 2', '00000000000ab12c']);
  });

  it('does not measure a press by a plan that is about others too', () => {
    const mine = aViewer('operator', ids.slice(0, 2));
    const form = formOf({ plan: aPlanView(users) }, 'Reassign…', mine);
    expect(choicesIn(form)).toEqual(ids.slice(0, 2));
    expect(buttonsIn(form).map(([, plan]) => plan)).toEqual(['', '']);
  });

  it('is left without a button where nothing can be given back, and says what would help', () => {
    const plan = aPlanView(users, new Set(ids));
    const can = { ...anIncidentView().can, reassign: false };
    const form = formOf({ plan, can }, 'Why can’t I reassign?');
    expect(buttonsIn(form)).toEqual([]);
    expect(textOf(form)).toContain('Nothing can be restored yet. What would help:');
    expect(textOf(form)).toContain('Buy 1 seat.');
  });
});

describe('the second best', () => {
  it('says that it does not follow the group, and has its own plan and list', () => {
    const plan = aPlanView(users, new Set(ids));
    const directPlan = aPlanView(users.slice(0, 3), new Set(), { digest: 'd1' });
    const form = formOf({ plan, directPlan }, 'Assign directly instead…');
    expect(textOf(form)).toContain('It doesn’t follow the group');
    expect(choicesIn(form)).toEqual(ids.slice(0, 3));
    expect(buttonsIn(form)).toEqual([
      ['Reassign all 3 directly', 'd1'],
      ['Reassign selected directly', 'd1'],
    ]);
  });
});

describe('a request that waits', () => {
  const request = aRequestView({ plan: aPlanView(users, last) });
  const can = { ...anIncidentView().can, reassign: false };

  it('says to everybody who asked for what, until when, and what would be written', () => {
    for (const viewer of [null, aViewer('reader'), aViewer('operator')]) {
      const text = textOf(card({ request, can }, viewer));
      expect(text).toContain('Needs a second operator by 6 March 2026, 10:40');
      expect(text).toContain('Lee Gu wants to reassign all 5 users');
      expect(text).toContain('4 users get Microsoft 365 Business Standard back directly.');
    }
  });

  it('tells who asked that they may only withdraw', () => {
    const lee = { ...aViewer('operator'), aadObjectId: request.by.aadObjectId };
    expect(textOf(card({ request, can }, lee))).toContain('You can withdraw it.');
    expect(textOf(card({ request, can }))).not.toContain('You can withdraw it.');
  });

  it('is named by the buttons that answer it', () => {
    const answers = elementsOf(card({ request, can })).filter(
      ({ type, verb }) => type === 'Action.Execute' && (verb === 'confirm' || verb === 'decline'),
    );
    expect(answers.map(({ title, data }) => [title, (data as { requestId: string }).requestId])).toEqual([
      ['Confirm the reassign', 'request-1'],
      ['Decline the reassign', 'request-1'],
    ]);
    expect(answers[0]?.data).toMatchObject({ plan: request.plan?.digest });
  });
});

describe('Undo', () => {
  it('says what it does and until when', () => {
    const undo = { decisionId: 'decision-1', until: T, sentence: 'Takes 5 users out of LIC-Sales again.' };
    const form = formOf({ can: { ...anIncidentView().can, undo } }, 'Undo…');
    expect(textOf(form)).toContain('Takes 5 users out of LIC-Sales again.');
    expect(textOf(form)).toContain('You can undo until 5 March 2026, 10:40.');
  });
});
