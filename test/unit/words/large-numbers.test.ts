import { glob, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildIncidentView } from '../../../src/domain/incident-view/build-view.ts';
import type { IncidentView } from '../../../src/domain/incident-view/view.ts';
import type { Store } from '../../../src/domain/ports.ts';
import { answerCard } from '../../../src/teams/cards/answer.ts';
import { type IncidentCardOptions, incidentCard } from '../../../src/teams/cards/incident/card.ts';
import { timesIn } from '../../../src/teams/cards/times.ts';
import { aDecision, aRestoreStep } from '../../builders/incident/decision.ts';
import { incidentFacts } from '../../builders/incident/incident-facts.ts';
import { aViewer } from '../../builders/incident/viewer.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';
import { anEmptyStore } from '../../builders/storage/store-in-memory.ts';
import {
  asker,
  at,
  completeTo,
  E3,
  rickLost,
  STANDARD,
  scanned,
  TENANT,
  VISIO,
} from '../answers/a-watched-tenant.ts';
import { ONE_OF_EACH } from '../answers/one-of-each.ts';
import { textOf } from '../teams/bot-under-test.ts';

const times = timesIn('Europe/Amsterdam', 'UTC');
const MANY = 1_234;

/** Four digits that stand alone: no year, and no part of an id, an address or a time. */
const UNGROUPED = /(?<![\w.,@:/-])(?!(?:19|20)\d\d\b)\d{4,}(?![\w@:/-]|[.,]\d)/g;
const ungrouped = (text: string): string[] =>
  text.split('\n').filter((line) => line.match(UNGROUPED) !== null);

const people = Array.from({ length: MANY }, (_, index) =>
  aUserState({
    id: `user-${index}`,
    displayName: index === 0 ? 'Rick van Oosterhout' : index === 1 ? 'Adele Vance' : `Person ${index % 26}`,
    userPrincipalName: `person${index}@contoso.com`,
    userType: index % 2 ? 'Guest' : 'Member',
    department: 'Sales',
    assignments: [
      anAssignment({ skuId: STANDARD }),
      anAssignment({ skuId: E3 }),
      anAssignment({ skuId: VISIO, state: 'Error', error: 'CountViolation' }),
    ],
  }),
);

describe('numbers from a thousand on have separators', () => {
  let store: Store;
  let ask: ReturnType<typeof asker>;
  beforeAll(async () => {
    store = await anEmptyStore();
    ask = asker(store);
    const tenant = {
      ...TENANT,
      skus: [
        aSkuState({ skuId: E3, partNumber: 'SPE_E3', enabled: 14_000, consumed: 12_345, suspended: 1_500 }),
        aSkuState({ skuId: STANDARD, partNumber: 'O365_BUSINESS_PREMIUM', enabled: 5_000, consumed: 6_789 }),
        aSkuState({ skuId: VISIO, partNumber: 'VISIOCLIENT', enabled: 9_100, consumed: 4_321 }),
      ],
      subscriptions: TENANT.subscriptions.map((one) => ({ ...one, totalLicenses: 9_100 })),
    };
    await scanned(store, people, at('20T08:00'), [], tenant);
    const lost = people.map(({ id, displayName }) =>
      rickLost({
        id: `change-${id}`,
        userId: id,
        user: {
          displayName,
          userPrincipalName: '',
          usageLocationBefore: 'NL',
          usageLocationAfter: 'NL',
          onPremisesSyncEnabled: null,
          accountEnabled: true,
        },
      }),
    );
    const left = people.map((one) => ({
      ...one,
      assignments: one.assignments.filter(({ skuId }) => skuId !== STANDARD),
    }));
    await scanned(store, left, at('23T10:20'), lost, tenant);
    await completeTo(store, 'directoryAudits', at('23T10:25'));
    await completeTo(store, 'activity', at('23T09:40'));
  });
  afterAll(() => store.close());

  it.each([...ONE_OF_EACH, 'free seats of E3', 'how many seats of Business Standard are left'])(
    'in the answer to “%s”',
    async (question) => {
      const { answer } = await ask(question);
      expect(ungrouped(textOf(answerCard(answer, times)))).toEqual([]);
      expect(ungrouped(textOf(JSON.parse(JSON.stringify(answer))))).toEqual([]);
      expect(answer.lead.match(UNGROUPED)).toBeNull();
    },
  );

  it('at least somewhere in these answers', async () => {
    const { answer } = await ask('free seats of Business Standard');
    expect(answer.lead).toBe(
      'Microsoft 365 Business Standard has 1,789 more users than seats: 6,789 used, 5,000 bought.',
    );
  });

  const decision = aDecision();
  const facts = (over: object = {}) =>
    incidentFacts(people, {
      tenant: { skus: [aSkuState({ enabled: 2_000, consumed: 1_000 })], subscriptions: [], groups: [] },
      ...over,
    });
  const steps = people.slice(0, 1_100).map(({ id }, index) =>
    aRestoreStep({
      decisionId: decision.id,
      stepNo: index,
      userIds: [id],
      status: index < 1_050 ? 'done' : 'planned',
    }),
  );
  const views: readonly (readonly [string, () => IncidentView, Partial<IncidentCardOptions>])[] = [
    ['open, in the channel', () => buildIncidentView(facts()), {}],
    ['open, an operator’s', () => buildIncidentView(facts()), { viewer: aViewer('operator') }],
    [
      'with the form open',
      () => buildIncidentView(facts()),
      { viewer: aViewer('operator'), open: 'reassign', choosing: true },
    ],
    [
      'of a person who may see some',
      () => buildIncidentView(facts({ sees: new Set(people.slice(0, 1_100).map(({ id }) => id)) })),
      {
        viewer: aViewer(
          'operator',
          people.slice(0, 1_100).map(({ id }) => id),
        ),
      },
    ],
    ['while it is being restored', () => buildIncidentView(facts({ decisions: [decision], steps })), {}],
  ];
  it.each(views)('on the card %s', (_name, view, options) => {
    const card = incidentCard({ view: view(), viewer: null, times, key: null, notice: null, ...options });
    const shown = textOf(card);
    expect(shown).toMatch(/1,234|1,100/);
    // What a press sends back is no text: user ids, and a plan's digest.
    expect(ungrouped(shown)).toEqual([]);
  });
});

describe('a number that goes into a sentence', () => {
  /** A count put into words as it is, without `numeral` or `count` of domain/numerals.ts. */
  const RAW =
    /\$\{(?:[\w.]+\.(?:length|size|consumed|enabled|users|licensed|waiting|usersRead|changes|removed)|consumed|free|missing|total|losers|licensed|blocked|removed|waiting)\} [a-z]|String\([\w.]*(?:users|licenses|seats\.\w+|consumed|totalLicenses|length|size)\)/;
  it('goes through numerals.ts', async () => {
    const raw: string[] = [];
    for await (const file of glob('src/{answers,domain,jobs,teams}/**/*.ts')) {
      const lines = (await readFile(file, 'utf8')).split('\n');
      for (const [index, line] of lines.entries()) {
        if (/toLocaleString\(/.test(line) && !file.endsWith('numerals.ts')) raw.push(`${file}:${index + 1}`);
        else if (RAW.test(line)) raw.push(`${file}:${index + 1} ${line.trim()}`);
      }
    }
    expect(raw).toEqual([]);
  });
});
