import type { AnswerBlock } from '../../src/answers/answer/answer.ts';
import { DAY_MS } from '../../src/domain/durations.ts';
import type { AskedView } from '../../src/domain/restore/requests/asked-view.ts';
import { planOnRequest } from '../../src/domain/restore/requests/on-request.ts';
import { requestFacts } from '../../src/domain/restore/requests/request-facts.ts';
import { PLAN_CHANGED } from '../../src/jobs/decisions/incident-plan.ts';
import { answerCard } from '../../src/teams/cards/answer.ts';
import { asPosted } from '../../src/teams/cards/as-posted.ts';
import {
  askedOwnCard,
  askedPostedCard,
  askedToConfirmCard,
  endedCard,
} from '../../src/teams/cards/asked-change.ts';
import { decidersCard, USUAL_DECIDERS } from '../../src/teams/cards/choose-deciders.ts';
import { forYouCard } from '../../src/teams/cards/for-you.ts';
import {
  licenseChangeCard,
  licenseChangedCard,
  licensesKeptCard,
  undoAskingCard,
} from '../../src/teams/cards/license-change.ts';
import { alertsGoCard, moveAlertsCard } from '../../src/teams/cards/move-alerts.ts';
import { noticeCard } from '../../src/teams/cards/notice.ts';
import type { AdaptiveCard } from '../../src/teams/cards/render.ts';
import { settingsAskedCard, settingsChangedCard } from '../../src/teams/cards/settings.ts';
import { confirmCard, standingCard } from '../../src/teams/cards/suppression.ts';
import { helpCard, welcomeCard } from '../../src/teams/cards/welcome.ts';
import { COMMANDS } from '../../src/teams/commands/index.ts';
import { elsewhereCard } from '../../src/teams/files/elsewhere-card.ts';
import { anAnswer } from '../builders/answer.ts';
import { aLicensedGroup } from '../builders/license/licensed-group.ts';
import { aSkuState } from '../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../builders/license/user-state.ts';
import { LONGEST } from '../builders/simulator/longest-names.ts';
import {
  GUID,
  group,
  INCIDENTS,
  open,
  person,
  plan,
  plans,
  product,
  T,
  times,
  undo,
  users,
  wordiest,
} from './long-incident-cards.ts';
import { SECURITY } from './security-cards.ts';

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
  readings: {
    kind: 'readings',
    readings: [
      {
        label: `Who changed the license of ${person.name} from 16 November 2026 to 22 November 2026?`,
        title: 'Who changed the license?',
        intent: 'who-changed',
        ask: `who lost ${product}`,
      },
      { label: 'Lost licenses', title: 'Lost licenses', intent: 'lost-licenses', ask: `who lost ${product}` },
      { label: 'Something else', title: 'Something else', intent: 'unknown', ask: `who lost ${product}` },
    ],
    namePeople: true,
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
  expiresAt: T + DAY_MS,
  what: `assign ${wordiest} to ${users.length} users`,
  plan,
  deadlines,
  ended: null,
};

/** Every kind of card, by the function that makes it. */
/** The plan for a group of long names, as it is really made. */
function groupCard(kind: 'license-group' | 'remove-from-group'): AdaptiveCard {
  const skuId = aSkuState().skuId;
  const gives = kind === 'remove-from-group';
  const members = ['one', 'two', 'three'].map((id, index) =>
    aUserState({
      id,
      displayName: index === 0 ? person.name : `Person ${id}`,
      assignments: [
        ...(gives ? [anAssignment({ path: 'group' })] : []),
        ...(index === 1 ? [anAssignment({ disabledPlans: [] })] : []),
      ],
    }),
  );
  const license = { skuId, disabledPlans: ['a23b959c-7ce8-4e57-9140-b90eb88a9e97'] };
  const facts = requestFacts({
    users: members.map((state) => ({ state, firstSeenAt: 0, removedAt: null, formerNames: [] })),
    tenant: { skus: [aSkuState({ enabled: 9, consumed: 1 })], subscriptions: [], groups: [] },
    openSteps: [],
    now: T,
    group: {
      group: aLicensedGroup({
        id: 'group',
        displayName: group,
        assignedLicenses: gives ? [license] : [],
      }),
      userIds: members.map(({ id }) => id),
      nested: 2,
    },
  });
  const asked = {
    kind,
    userIds: gives ? members.map(({ id }) => id) : [],
    skuIds: gives ? [] : [skuId],
    ...(gives ? {} : { planIds: license.disabledPlans }),
    groupId: 'group',
  };
  const { view, deadlines: ends } = planOnRequest(asked, facts);
  return licenseChangeCard(asked, { plan: view, deadlines: ends, reading: '' }, times);
}

export const MAKERS: Readonly<Record<string, Readonly<Record<string, () => AdaptiveCard>>>> = {
  incidentCard: INCIDENTS,
  securityCard: SECURITY,
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
    'a product for a group': () => groupCard('license-group'),
    'somebody out of a group': () => groupCard('remove-from-group'),
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
  decidersCard: {
    usual: () => decidersCard(USUAL_DECIDERS, `Nobody is in ${group}.`),
  },
  settingsAskedCard: {
    change: () =>
      settingsAskedCard(
        { kind: 'change', changes: [{ key: 'QUIET_HOURS', from: null, to: '22:00-07:00' }] },
        'Quiet hours: never → 22:00-07:00',
        `${person.name} set it last.`,
      ),
    decline: () =>
      settingsAskedCard(
        { kind: 'decline', requestId: GUID },
        `Owners: ${group} → ${group}`,
        'It waits for a second owner.',
      ),
  },
  settingsChangedCard: {
    changed: () =>
      settingsChangedCard('Done. Quiet hours: never → 22:00-07:00', [
        { key: 'QUIET_HOURS', from: '22:00-07:00', to: null },
      ]),
  },
  helpCard: { help: () => helpCard(COMMANDS, 'owner') },
  welcomeCard: {
    welcome: () => welcomeCard(COMMANDS, { alertsIn: group, alertsHere: false, isOwned: true }),
  },
  elsewhereCard: {
    export: () => {
      const reply = elsewhereCard('28:bot');
      if (reply.kind !== 'card') throw new Error('a card is expected');
      return reply.card;
    },
  },
};
