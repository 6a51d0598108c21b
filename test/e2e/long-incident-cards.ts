import { DAY_MS } from '../../src/domain/durations.ts';
import type { IncidentView } from '../../src/domain/incident-view/view.ts';
import { portalsOf } from '../../src/microsoft365/portals.ts';
import { asPosted } from '../../src/teams/cards/as-posted.ts';
import { type IncidentCardOptions, incidentCard } from '../../src/teams/cards/incident/card.ts';
import { FORMS, type Form } from '../../src/teams/cards/incident/viewer.ts';
import type { AdaptiveCard } from '../../src/teams/cards/render.ts';
import { timesIn } from '../../src/teams/cards/times.ts';
import { affectedUsers, anIncidentView } from '../builders/incident/incident-view.ts';
import { aPlanView, aRequestView } from '../builders/incident/plan-view.ts';
import { aViewer } from '../builders/incident/viewer.ts';
import { LONGEST } from '../builders/simulator/longest-names.ts';
import { LONG_NAME } from '../unit/answers/a-tenant-of-long-names.ts';

export const ZONE = 'Europe/Amsterdam';
export const times = timesIn(ZONE, 'UTC');
export const T = Date.UTC(2026, 10, 30, 0, 53);

export const person = { name: LONG_NAME, address: LONGEST.address };
export const product = LONGEST.products[0]?.name ?? '';
export const wordiest = LONGEST.products.map(({ name }) => name).join(' and ');
export const plans = LONGEST.plans.map(({ name }) => name);
export const group = LONGEST.groups[0] ?? '';
export const GUID = '11111111-0000-4000-8000-000000000001';

export const users = affectedUsers(LONGEST.people.length, (index) => ({
  name: LONGEST.people[index]?.name ?? '',
  userPrincipalName: LONGEST.people[index]?.address ?? '',
  had: [{ product, path: `through ${group}`, disabledPlans: index === 0 ? plans : [] }],
}));
export const plan = aPlanView(users, new Set([users[1]?.userId ?? '']), {
  sentence: `${person.name} gets ${wordiest} back through the group ${group}; 1 cannot: No seat of ${product} is free. Buy 1 seat of ${product} or free one.`,
});
export const undo = {
  decisionId: 'd',
  until: T + DAY_MS,
  sentence: `Takes ${wordiest} from ${users.length} users again.`,
};
export const open = anIncidentView({
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
  deadlines: [
    { at: T + 30 * DAY_MS, what: `The mailbox of ${person.name} is deleted, unless it is on hold` },
  ],
  advice: ['Office apps can take up to 72 hours to notice.'],
  ruleOffer: `Removals by ${person.name} from the group ${group} of ${wordiest}, up to 5 users at a time`,
  log: [{ at: T, what: `${person.name} snoozed it`, until: T + DAY_MS, because: `migration of ${product}` }],
  watched: true,
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
const ending = {
  at: T + 660_000,
  by: person.name,
  reason: `leavers of ${group}`,
  ruleUntil: T + 30 * DAY_MS,
};
const over = { plan: null, directPlan: null, deadlines: [], ending };

export const operator = { viewer: aViewer('operator') };
export const incident = (view: IncidentView, options: Partial<IncidentCardOptions> = {}): AdaptiveCard =>
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
  takeOn: open,
  reopen: BY_STATUS.approved,
};
const USER_STATES = [
  'lost',
  'restoring',
  'restored',
  'failed',
] as const satisfies IncidentView['users'][number]['status'][];

/** The card of an incident with the longest names, in each state and with each form. */
export const INCIDENTS: Readonly<Record<string, () => AdaptiveCard>> = {
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
      snoozedUntil: T + DAY_MS,
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
