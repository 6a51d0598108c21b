import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/domain/durations.ts';
import type { IncidentView } from '../../src/domain/incident-view/view.ts';
import { portalsOf } from '../../src/microsoft365/portals.ts';
import { type IncidentCardOptions, incidentCard } from '../../src/teams/cards/incident/card.ts';
import { timesIn } from '../../src/teams/cards/times.ts';
import { affectedUsers, anIncidentView } from '../builders/incident/incident-view.ts';
import { aPlanView, aRequestView } from '../builders/incident/plan-view.ts';
import { aViewer } from '../builders/incident/viewer.ts';
import { CardPage } from './card-page.ts';

/** Where pictures go for people to look at; none are taken without it. */
const PICTURES = process.env.CARD_PICTURES;

const T = Date.UTC(2026, 10, 30, 0, 53);
/** The longest names of the simulated tenant. */
const NAMES = [
  'Anna-Sophia Konstantinopoulou-van der Westhuizen',
  'José Álvarez',
  'Rick van Oosterhout',
  'Wei Zhang',
  'Zoë Müller',
];
const users = affectedUsers(5, (index) => ({
  name: NAMES[index] ?? '',
  userPrincipalName: index === 0 ? 'anna-sophia.konstantinopoulou@contoso.com' : `user${index}@contoso.com`,
  had: [
    {
      product: 'Microsoft 365 Business Standard',
      path: 'assigned directly',
      disabledPlans: index === 2 ? ['Kaizala Pro', 'Sway'] : [],
    },
  ],
}));

/** The morning that five licenses vanished, as the card of it says it. */
const morning = anIncidentView({
  users,
  plan: aPlanView(users),
  observedBefore: T - 300_000,
  observedAfter: T,
  saysHowSure: true,
  causeSentence:
    'Cause not known yet: no audit record so far. Microsoft’s logs can lag by hours. Microsoft service incident MO213912 was open at the time. I’ll update this card.',
  checked: {
    ...anIncidentView().checked,
    serviceIssues: [{ id: 'MO213912', title: 'Some users may lose licenses', status: 'service degradation' }],
  },
  ruleOffer: 'Removals by Offboarding runbook, up to 5 users at a time',
  deadlines: [
    { at: T + 30 * DAY_MS, what: '5 mailboxes are deleted, unless they are on hold' },
    { at: T + 60 * DAY_MS, what: '5 OneDrives become read-only' },
  ],
  log: [{ at: T, what: 'Megan Bowen ended the snooze' }],
});
const nothing = {
  reassign: false,
  approve: false,
  snooze: false,
  reopen: false,
  takeOn: false,
  wake: false,
  undo: null,
};
const undo = { decisionId: 'd', until: T + DAY_MS, sentence: 'Takes Business Standard from 5 users again.' };
const restored: IncidentView = {
  ...morning,
  status: 'restored',
  plan: null,
  deadlines: [],
  can: { ...nothing, undo },
  ending: { at: T + 660_000, by: 'Megan Bowen', reason: null, ruleUntil: null },
  advice: ['Office apps can take up to 72 hours to notice.'],
};
const snooze = { by: 'Lee Gu', reason: 'known migration' };
const operator = { viewer: aViewer('operator') };

type Shown = readonly [name: string, view: IncidentView, options: Partial<IncidentCardOptions>];
const CARDS: readonly Shown[] = [
  ['channel', morning, {}],
  ['operator', morning, operator],
  ['reassign', morning, { ...operator, open: 'reassign', choosing: true }],
  ['approve', morning, { ...operator, open: 'approve' }],
  ['snooze', morning, { ...operator, open: 'snooze' }],
  ['blocked', { ...morning, plan: aPlanView(users, new Set([users[0]?.userId ?? ''])) }, operator],
  ['snoozed', { ...morning, snoozedUntil: T + 4 * DAY_MS, snooze, can: { ...morning.can, wake: true } }, {}],
  ['waiting', { ...morning, request: aRequestView({ plan: aPlanView(users) }) }, {}],
  ['restored', restored, {}],
  ['approved', { ...restored, status: 'approved', can: nothing, advice: [] }, {}],
  ['many', anIncidentView({ users: affectedUsers(50), title: '50 users lost Microsoft 365 E3' }), {}],
];

let page: CardPage;
beforeAll(async () => {
  page = await CardPage.open();
});
afterAll(() => page.close());

const show = async ([name, view, options]: Shown, width: number) => {
  const card = incidentCard({
    view,
    viewer: null,
    times: timesIn('Europe/Amsterdam', 'UTC'),
    key: null,
    notice: null,
    portals: portalsOf({ name: 'public' }),
    ...options,
  });
  const shown = await page.show(card, 'light', width);
  if (PICTURES) {
    await mkdir(PICTURES, { recursive: true });
    await page.page.screenshot({
      path: path.join(PICTURES, `incident-${name}-${width}.png`),
      fullPage: true,
    });
  }
  return shown;
};

describe.each(CARDS)('the incident card by Microsoft’s renderer: %s', (...shown) => {
  it.each([320, 446])('breaks no word, %d px wide', async (width) => {
    const { outside, broken } = await show(shown, width);
    expect(outside).toEqual([]);
    expect(broken).toEqual([]);
  });
});

describe('how much stands before the buttons', () => {
  const named = (name: string): Shown => {
    const found = CARDS.find(([one]) => one === name);
    if (!found) throw new Error(`no card ${name}`);
    return found;
  };
  it.each([
    ['channel', 446, 14],
    ['channel', 320, 20],
    ['operator', 446, 14],
    ['many', 446, 14],
    ['snoozed', 446, 5],
    ['restored', 446, 8],
    ['approved', 446, 5],
  ])('of the card %s, %d px wide: %d lines at most', async (name, width, most) => {
    const { lines } = await show(named(name), width);
    expect(lines).toBeGreaterThan(2);
    expect(lines).toBeLessThanOrEqual(most);
  });
});
