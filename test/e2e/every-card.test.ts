import { glob, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerBlock } from '../../src/answers/answer/answer.ts';
import type { IncidentView } from '../../src/domain/incident-view/view.ts';
import type { Store } from '../../src/domain/ports.ts';
import type { AskedView } from '../../src/domain/restore/asked-view.ts';
import { PLAN_CHANGED } from '../../src/jobs/decisions/incident-plan.ts';
import { INTENTS } from '../../src/language/query.ts';
import { portalsOf } from '../../src/microsoft365/portals.ts';
import { answerCard } from '../../src/teams/cards/answer.ts';
import { asPosted } from '../../src/teams/cards/as-posted.ts';
import {
  askedOwnCard,
  askedPostedCard,
  askedToConfirmCard,
  endedCard,
} from '../../src/teams/cards/asked-change.ts';
import { forYouCard } from '../../src/teams/cards/for-you.ts';
import { type IncidentCardOptions, incidentCard } from '../../src/teams/cards/incident/card.ts';
import { FORMS, type Form } from '../../src/teams/cards/incident/viewer.ts';
import {
  licenseChangeCard,
  licenseChangedCard,
  licensesKeptCard,
  undoAskingCard,
} from '../../src/teams/cards/license-change.ts';
import { alertsGoCard, moveAlertsCard } from '../../src/teams/cards/move-alerts.ts';
import { noticeCard } from '../../src/teams/cards/notice.ts';
import type { AdaptiveCard } from '../../src/teams/cards/render.ts';
import { confirmCard, standingCard } from '../../src/teams/cards/suppression.ts';
import { timesIn } from '../../src/teams/cards/times.ts';
import { helpCard, welcomeCard } from '../../src/teams/cards/welcome.ts';
import { COMMANDS } from '../../src/teams/commands/index.ts';
import { elsewhereCard } from '../../src/teams/files/elsewhere-card.ts';
import { anAnswer } from '../builders/answer.ts';
import { affectedUsers, anIncidentView } from '../builders/incident-view.ts';
import { LONGEST } from '../builders/longest-names.ts';
import { aPlanView, aRequestView } from '../builders/plan-view.ts';
import { aViewer } from '../builders/viewer.ts';
import { aTenantOfLongNames, LONG_NAME } from '../unit/answers/a-tenant-of-long-names.ts';
import { ask } from '../unit/answers/a-watched-tenant.ts';
import { ONE_OF_EACH } from '../unit/answers/one-of-each.ts';
import { CardPage } from './card-page.ts';

/** Where pictures go for people to look at; none are taken without it. */
const PICTURES = process.env.CARD_PICTURES;
const WIDTHS = [320, 446];

const ZONE = 'Europe/Amsterdam';
const times = timesIn(ZONE, 'UTC');
const T = Date.UTC(2026, 10, 30, 0, 53);
const DAY = 86_400_000;

const person = { name: LONG_NAME, address: LONGEST.address };
const product = LONGEST.products[0]?.name ?? '';
const wordiest = LONGEST.products.map(({ name }) => name).join(' and ');
const plans = LONGEST.plans.map(({ name }) => name);
const group = LONGEST.groups[0] ?? '';
const GUID = '11111111-0000-4000-8000-000000000001';

const users = affectedUsers(LONGEST.people.length, (index) => ({
  name: LONGEST.people[index]?.name ?? '',
  userPrincipalName: LONGEST.people[index]?.address ?? '',
  had: [{ product, path: `through ${group}`, disabledPlans: index === 0 ? plans : [] }],
}));
const plan = aPlanView(users, new Set([users[1]?.userId ?? '']), {
  sentence: `${person.name} gets ${wordiest} back through the group ${group}; 1 cannot: No seat of ${product} is free. Buy 1 seat of ${product} or free one.`,
});
const undo = {
  decisionId: 'd',
  until: T + DAY,
  sentence: `Takes ${wordiest} from ${users.length} users again.`,
};
const open = anIncidentView({
  title: `${users.length} users lost ${wordiest}`,
  restoredTitle: `${users.length} users have ${wordiest} again`,
  users,
  plan,
  directPlan: plan,
  observedBefore: T - 300_000,
  observedAfter: T,
  causeSentence: `${person.name} removed the license group ${group} (${person.address}).`,
  certainty: 'Confirmed by the audit log',
  level: 'proved',
  chain: [
    {
      at: T,
      what: `${person.address} removed ${product} from ${person.name}.`,
      evidence: [GUID, GUID, GUID],
    },
  ],
  checked: {
    ...anIncidentView().checked,
    serviceIssues: [
      { id: 'MO213912', title: 'Some users may lose assigned licenses', status: 'serviceDegradation' },
    ],
    syncedUsers: 2,
  },
  deadlines: [{ at: T + 30 * DAY, what: `The mailbox of ${person.name} is deleted, unless it is on hold` }],
  advice: ['Office apps can take up to 72 hours to notice.'],
  ruleOffer: `Removals by ${person.name} from the group ${group} of ${wordiest}, up to 5 users at a time`,
  log: [{ at: T, what: `${person.name} snoozed it`, until: T + DAY, because: `migration of ${product}` }],
  watched: true,
});
const nothing = { reassign: false, approve: false, snooze: false, reopen: false, wake: false, undo: null };
const ending = { at: T + 660_000, by: person.name, reason: `leavers of ${group}`, ruleUntil: T + 30 * DAY };
const over = { plan: null, directPlan: null, deadlines: [], ending };

const operator = { viewer: aViewer('operator') };
const incident = (view: IncidentView, options: Partial<IncidentCardOptions> = {}): AdaptiveCard =>
  incidentCard({
    view,
    viewer: null,
    times,
    key: null,
    notice: null,
    portals: portalsOf({ name: 'public' }),
    ...options,
  });

const BY_STATUS: Readonly<Record<IncidentView['status'], IncidentView>> = {
  open,
  restored: { ...open, ...over, status: 'restored', can: { ...nothing, undo } },
  approved: { ...open, ...over, status: 'approved', can: { ...nothing, reopen: true } },
  closed: { ...open, ...over, status: 'closed', can: nothing },
};
const waiting = aRequestView({
  plan,
  by: { aadObjectId: GUID, name: person.name },
  what: `reassign all ${users.length} users`,
});
const OPENED: Readonly<Record<Form, IncidentView>> = {
  reassign: open,
  undo: BY_STATUS.restored,
  confirm: { ...open, request: waiting },
  decline: { ...open, request: waiting },
  approve: open,
  snooze: open,
  reopen: BY_STATUS.approved,
};
const USER_STATES = [
  'lost',
  'restoring',
  'restored',
  'failed',
] as const satisfies IncidentView['users'][number]['status'][];

const INCIDENTS: Readonly<Record<string, () => AdaptiveCard>> = {
  ...Object.fromEntries(
    Object.entries(BY_STATUS).flatMap(([status, view]) => [
      [status, () => incident(view)],
      [`${status}, an operator’s`, () => incident(view, operator)],
      [`${status}, a reader’s`, () => incident(view, { viewer: aViewer('reader') })],
    ]),
  ),
  ...Object.fromEntries(
    FORMS.map((form) => [
      `with ${form} open`,
      () =>
        incident(OPENED[form], {
          ...operator,
          open: form,
          choosing: true,
          notice: 'Nobody was chosen, so nothing was changed.',
        }),
    ]),
  ),
  waiting: () => incident({ ...open, request: waiting }),
  snoozed: () =>
    incident({
      ...open,
      snoozedUntil: T + DAY,
      snooze: { by: person.name, reason: `migration of ${product}` },
      can: { ...open.can, wake: true },
    }),
  'in every state of a user': () =>
    incident(
      {
        ...open,
        users: users.map((user, index) => ({
          ...user,
          status: USER_STATES[index % USER_STATES.length] ?? 'lost',
          note: index % 2 ? `No seat of ${product} is free.` : null,
        })),
        restoredCount: 1,
        failedCount: 1,
        restoringCount: 1,
      },
      { mention: { kind: 'user', id: GUID, name: person.name } },
    ),
  'posted twice': () => asPosted(incident(open), { key: 'incident:1', copy: 'maybe' }),
};

const BLOCKS: Readonly<Record<AnswerBlock['kind'], AnswerBlock>> = {
  text: { kind: 'text', text: `${person.name} lost ${wordiest} (${plans.join(', ')}).` },
  facts: {
    kind: 'facts',
    facts: [{ label: 'Audit records kept as they came', value: `${person.address}, ${wordiest}` }],
  },
  table: {
    kind: 'table',
    columns: ['User', 'Sign-in name', 'Product', 'Assigned', 'Plans off'],
    rows: LONGEST.people.map(({ name, address }) => [name, address, product, group, plans.join(', ')]),
    hiddenRows: 12_345,
  },
  timeline: {
    kind: 'timeline',
    entries: [
      { at: T, what: `${person.name} lost ${product}`, detail: `Record ${GUID} by ${person.address}` },
    ],
    hiddenEntries: 1_234,
  },
  choices: {
    kind: 'choices',
    choices: LONGEST.people.map(({ name, address }) => ({
      label: name,
      detail: address,
      ask: `licenses of ${address}`,
    })),
  },
  chart: {
    kind: 'chart',
    title: 'Seats',
    bars: LONGEST.products.map(({ name }) => ({
      label: name,
      parts: [{ legend: 'Used', value: 12_345, tone: 'used' }],
    })),
  },
  utc: { kind: 'utc', times: [{ label: `${person.name} lost ${product}`, at: T, since: T - 300_000 }] },
};

const subject = { kind: 'user', id: GUID } as const;
const request = { kind: 'assign', userIds: [GUID], skuIds: [GUID] } as const;
const deadlines = open.deadlines;

const asked: AskedView = {
  id: 'r',
  kind: 'assign',
  by: { aadObjectId: GUID, name: person.name },
  at: T,
  expiresAt: T + DAY,
  what: `assign ${wordiest} to ${users.length} users`,
  plan,
  deadlines,
  ended: null,
};

/** Every kind of card, by the function that makes it. */
const MAKERS: Readonly<Record<string, Readonly<Record<string, () => AdaptiveCard>>>> = {
  incidentCard: INCIDENTS,
  answerCard: Object.fromEntries(
    Object.entries(BLOCKS).map(([kind, block]) => [
      `with ${kind}`,
      () =>
        answerCard(
          anAnswer({
            lead: `${person.name} (${person.address}) has ${wordiest}.`,
            blocks: [block],
            next: [`licenses of ${person.address}`],
            nextTitles: [`Licenses of ${person.name}`],
            reading: `Understood by the language model as: licenses of ${person.address}`,
          }),
          times,
        ),
    ]),
  ),
  noticeCard: {
    notice: () =>
      noticeCard({
        key: 'snooze-over:1',
        title: 'Somebody on the watch list is affected',
        text: `${users.length} users are still without ${wordiest}.`,
        mention: { kind: 'user', id: GUID, name: person.name },
      }),
  },
  forYouCard: { 'in a channel': () => forYouCard(`licenses of ${person.address}`) },
  licenseChangeCard: {
    assign: () =>
      licenseChangeCard(
        { ...request, userIds: [GUID], skuIds: [GUID] },
        { plan, deadlines, reading: '' },
        times,
      ),
  },
  licenseChangedCard: {
    done: () =>
      licenseChangedCard({ sentence: `${wordiest} were taken from ${person.name}.`, deadlines, undo }, times),
  },
  undoAskingCard: {
    undo: () => undoAskingCard('d', { plan, deadlines, second: 'can-be-asked' }, times),
  },
  askedPostedCard: {
    waits: () => asPosted(askedPostedCard(asked, 'request:r', times), { key: 'request:r' }),
    'without names': () => askedPostedCard({ ...asked, plan: null, deadlines: [] }, 'request:r', times),
  },
  askedToConfirmCard: {
    changed: () => askedToConfirmCard(asked, { key: null, notice: PLAN_CHANGED, times }),
  },
  askedOwnCard: { waits: () => askedOwnCard(asked, { channel: group, notice: null, times }) },
  endedCard: {
    declined: () =>
      endedCard({ ...asked, ended: { how: 'declined', name: person.name, at: T, reason: wordiest } }, times),
  },
  licensesKeptCard: {
    refused: () => licensesKeptCard(`Not done for ${person.name}: no seat of ${product} is free.`, times),
  },
  confirmCard: {
    watch: () =>
      confirmCard(
        { kind: 'watch', subject },
        `Keep an eye on ${person.name}`,
        `${person.address} is on no list.`,
      ),
  },
  standingCard: {
    watched: () =>
      standingCard(`If ${person.name} loses a license, I alert immediately.`, { kind: 'unwatch', subject }),
  },
  moveAlertsCard: {
    asked: () =>
      moveAlertsCard({ name: `Alerts of ${group}`, unreachable: 'Teams does not know the channel.' }),
  },
  alertsGoCard: { moved: () => alertsGoCard(`I post license alerts in Alerts of ${group} now.`) },
  helpCard: { help: () => helpCard(COMMANDS, 'owner') },
  welcomeCard: { welcome: () => welcomeCard(COMMANDS, { alertsIn: group, alertsHere: false }) },
  elsewhereCard: {
    export: () => {
      const reply = elsewhereCard('28:bot');
      if (reply.kind !== 'card') throw new Error('a card is expected');
      return reply.card;
    },
  },
};

const named = LONG_NAME;
const QUESTIONS: readonly string[] = [
  ...ONE_OF_EACH,
  ...['licenses of', 'history of', 'who changed licenses of', 'audit log of', 'unused licenses of'].map(
    (question) => `${question} ${named}`,
  ),
  'licenses of Schimmelpenninck',
  `who has ${product}`,
  `who lost ${product} this month`,
  'open incidents',
  'lost licenses this week',
  'license cost by department',
];

let page: CardPage;
let store: Store;
beforeAll(async () => {
  page = await CardPage.open();
  store = await aTenantOfLongNames();
});
afterAll(async () => {
  await page.close();
  await store.close();
});

async function measure(card: AdaptiveCard, name: string): Promise<void> {
  for (const width of WIDTHS) {
    const { outside, broken } = await page.show(card, 'light', width);
    if (PICTURES) {
      await mkdir(PICTURES, { recursive: true });
      const file = `every-${name.replaceAll(/[^\w]+/g, '-').slice(0, 80)}-${width}.png`;
      await page.page.screenshot({ path: path.join(PICTURES, file), fullPage: true });
    }
    expect({ width, outside, broken }).toEqual({ width, outside: [], broken: [] });
  }
}

describe('no word breaks on a phone or in a narrow window', () => {
  const cards = Object.entries(MAKERS).flatMap(([maker, kinds]) =>
    Object.entries(kinds).map(([kind, make]) => [maker, kind, make] as const),
  );
  it.each(cards)('on the %s: %s', (maker, kind, make) => measure(make(), `${maker} ${kind}`));

  it.each(QUESTIONS)('in the answer to “%s”', async (question) => {
    const { answer } = await ask(store, question, ZONE);
    const shown =
      answer.request?.kind === 'show-incident'
        ? incident(answer.request.incident, operator)
        : answerCard(answer, times);
    await measure(shown, `answer ${question}`);
  });
});

describe('what is measured', () => {
  it('is every function that makes a card', async () => {
    const makers: string[] = [];
    for await (const file of glob('src/teams/**/*.ts')) {
      const text = await readFile(file, 'utf8');
      if (file.endsWith('cards/render.ts') || !text.includes('renderCard(')) continue;
      const found = [...text.matchAll(/^export (?:const|(?:async )?function) (\w+Card)\b/gm)].map(
        ([, name]) => name ?? '',
      );
      // A file that renders a card in a function of another kind of name would be measured nowhere.
      expect(found, file).not.toEqual([]);
      makers.push(...found);
    }
    expect(Object.keys(MAKERS).sort()).toEqual(makers.sort());
  });

  it('is an answer to every kind of question', async () => {
    const asked = await Promise.all(
      QUESTIONS.map(async (question) => (await ask(store, question, ZONE)).query.intent),
    );
    expect(INTENTS.filter((intent) => !asked.includes(intent))).toEqual([]);
  });
});
