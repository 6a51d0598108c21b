import { describe, expect, it } from 'vitest';
import type { PlanView } from '../../../../src/domain/restore/plan-view-types.ts';
import type { LicenseRequest } from '../../../../src/domain/restore/requests/on-request.ts';
import type { LicenseOutcome } from '../../../../src/domain/restore/requests/request-outcome.ts';
import { licenseChangeCard, licenseChangedCard } from '../../../../src/teams/cards/license-change.ts';
import { timesIn } from '../../../../src/teams/cards/times.ts';
import { aPlanView } from '../../../builders/incident/plan-view.ts';
import { textOf } from '../bot-under-test.ts';
import { elementsOf, problemsOf } from './check-card.ts';

const times = timesIn('Europe/Amsterdam', 'UTC');
const T = Date.UTC(2026, 2, 5, 9, 25);
// biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the card templating library, in a name.
const HOSTILE = '[click](http://evil) **${plan}** <at>everyone</at>\n# big';
const DEADLINES = [{ at: T, what: 'The mailbox of Lee Gu is deleted, unless it is on hold' }];

const people = (count: number, name = 'Lee Gu') =>
  Array.from({ length: count }, (_, index) => ({
    userId: `${String(index).padStart(8, '0')}-0000-4000-8000-000000000001`,
    name,
  }));
const planOf = (count: number, fields: Partial<PlanView> = {}) =>
  aPlanView(people(count), new Set(), { sentence: 'Lee Gu gets Visio Plan 2 directly.', ...fields });
const requestOf = (kind: LicenseRequest['kind'], count = 1): LicenseRequest => ({
  kind,
  userIds: people(count).map(({ userId }) => userId),
  skuIds: ['sku-visio'],
});
const ask = (
  kind: LicenseRequest['kind'],
  { plan = planOf(1), count = 1, deadlines = [] as typeof DEADLINES, reading = '' } = {},
) => licenseChangeCard(requestOf(kind, count), { plan, deadlines, reading }, times);
const outcome = (over: Partial<LicenseOutcome> = {}) =>
  licenseChangedCard({ sentence: 'Lee Gu has Visio Plan 2 now.', deadlines: [], undo: null, ...over }, times);
const UNDO = { decisionId: 'decision-1', until: T, sentence: 'Undo takes Visio Plan 2 from Lee Gu again' };
const buttons = (card: unknown) => elementsOf(card).filter(({ type }) => type === 'Action.Execute');

describe('the card that asks before licenses change', () => {
  it.each([
    ['assign', 'Assign', 'positive'],
    ['remove', 'Remove', 'destructive'],
  ] as const)('says what would be done, and has one button: %s', (kind, title, style) => {
    const card = ask(kind);
    expect(textOf(card)).toContain('Lee Gu gets Visio Plan 2 directly.');
    expect(textOf(card)).toContain('Nothing has been changed yet.');
    const data = { kind, users: people(1)[0]?.userId, products: 'sku-visio', plan: '00000000000ab12c' };
    expect(buttons(card)).toMatchObject([
      {
        title,
        style,
        verb: 'change-licenses',
        data,
        fallback: { type: 'Action.Submit', title, data: { verb: 'change-licenses', ...data } },
      },
    ]);
  });

  it('tells what goes with the license, when, and how a sentence was read', () => {
    const text = textOf(
      ask('remove', { deadlines: DEADLINES, reading: 'Read as: remove Visio from Lee Gu.' }),
    );
    expect(text).toContain('Unless another license replaces it');
    expect(JSON.stringify(ask('remove', { deadlines: DEADLINES }))).toContain('5 March 2026');
    expect(text).toContain('Read as: remove Visio from Lee Gu.');
    expect(textOf(ask('remove'))).not.toContain('Unless another license');
  });
});

describe('the card that says what came of it', () => {
  it('has nothing to press but the way back, with what it does and until when', () => {
    expect(buttons(outcome())).toEqual([]);
    const card = outcome({ undo: UNDO });
    expect(textOf(card)).toContain(
      'Undo takes Visio Plan 2 from Lee Gu again: possible until 5 March 2026, 10:25.',
    );
    expect(buttons(card)).toMatchObject([
      {
        title: 'Undo',
        verb: 'undo-licenses',
        data: { decisionId: 'decision-1' },
        fallback: { data: { verb: 'undo-licenses', decisionId: 'decision-1' } },
      },
    ]);
  });

  it('tells what goes while the license is gone', () => {
    const card = outcome({ deadlines: DEADLINES });
    expect(textOf(card)).toContain('If it isn’t restored');
    expect(JSON.stringify(card)).toContain('The mailbox of Lee Gu is deleted');
  });
});

describe('every such card', () => {
  const hostilePlan = aPlanView(people(50, HOSTILE.repeat(20)), new Set(), {
    sentence: HOSTILE.repeat(100),
  });
  const hostileDeadlines = DEADLINES.map((one) => ({ ...one, what: HOSTILE.repeat(50) }));

  it.each([
    ['one user', ask('assign')],
    ['a removal', ask('remove', { deadlines: DEADLINES })],
    ['50 users', ask('assign', { count: 50, plan: planOf(50) })],
    [
      'hostile texts',
      ask('remove', { count: 50, plan: hostilePlan, deadlines: hostileDeadlines, reading: HOSTILE }),
    ],
    ['an outcome', outcome({ undo: UNDO, deadlines: DEADLINES })],
    [
      'a hostile outcome',
      outcome({
        sentence: HOSTILE.repeat(100),
        deadlines: hostileDeadlines,
        undo: { ...UNDO, sentence: HOSTILE.repeat(50) },
      }),
    ],
  ])('is drawn by the real renderer, under the limit, without a link or an expression: %s', (_name, card) => {
    expect(problemsOf(card)).toEqual([]);
    expect(JSON.stringify(card)).not.toMatch(/[^\\]\[click\]\(http/);
  });
});
