import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../src/domain/durations.ts';
import {
  servicePlanIdOf,
  servicePlanIdsOf,
  skuIdOfPartNumber,
} from '../../../src/domain/license/catalogue.ts';
import { planNamesIn, plansBySku } from '../../../src/domain/license/plan-services.ts';
import { accountOf, sharedNeed } from '../../../src/domain/spend/needless.ts';
import { looseAddOns } from '../../../src/domain/usage/add-ons.ts';
import { noActivity, plansOn } from '../../../src/domain/usage/no-activity.ts';
import { evidenceFor, PLAN_EVIDENCE, shownByOf } from '../../../src/domain/usage/plan-evidence.ts';
import { coverageOf, REPORT_NAMES, type ReportState, SHOWN_BY } from '../../../src/domain/usage/report.ts';
import { judgeSize, sizeOf } from '../../../src/domain/usage/right-size.ts';
import type { PersonUsage } from '../../../src/domain/usage/usage.ts';
import { WORKLOADS } from '../../../src/domain/usage/workload.ts';
import { aSkuState } from '../../builders/license/sku-state.ts';
import { anAssignment, aUserState } from '../../builders/license/user-state.ts';

const NOW = Date.UTC(2026, 10, 30);
const SINCE = NOW - 93 * DAY_MS;
const id = (partNumber: string): string => skuIdOfPartNumber(partNumber) ?? partNumber;
const plan = (name: string): string => servicePlanIdOf(name) ?? name;
const names = planNamesIn([]);
const skus = [
  'SPE_E5',
  'SPE_E3',
  'SPE_F1',
  'VISIOCLIENT',
  'EXCHANGESTANDARD',
  'MCOEV',
  'MCOPSTN1',
  'Microsoft_365_Copilot',
];
const bySku = plansBySku(skus.map((partNumber) => aSkuState({ skuId: id(partNumber), partNumber })));

const reports: ReportState[] = REPORT_NAMES.map((report) => ({
  report,
  run: 1,
  refreshedAt: NOW - 3 * DAY_MS,
  periodDays: report.endsWith('D90') ? 90 : 180,
  workloads: SHOWN_BY[report],
  rows: 1,
  unmatched: 0,
  problem: null,
}));
const coverage = coverageOf(reports, NOW);
const idle = (over: Partial<PersonUsage> = {}): PersonUsage => ({
  userId: 'u',
  last: Object.fromEntries(WORKLOADS.map((workload) => [workload, { run: 1, at: null }])),
  mailbox: { bytes: 2 ** 20, hasArchive: false, kind: 'User' },
  driveBytes: 2 ** 20,
  ...over,
});
const holderOf = (partNumber: string, disabledPlans: string[] = []) =>
  aUserState({ assignments: [anAssignment({ skuId: id(partNumber), disabledPlans })] });

describe('the plans whose use is shown', () => {
  it.each([
    ['EXCHANGE_S_ENTERPRISE', 'exchange'],
    ['TEAMS1', 'teams'],
    ['SHAREPOINTENTERPRISE', 'sharepoint'],
    ['ONEDRIVESTANDARD', 'onedrive'],
    ['OFFICESUBSCRIPTION', 'apps'],
    ['YAMMER_ENTERPRISE', 'yammer'],
    ['EXCHANGE_S_FOUNDATION', 'along'],
    ['VISIO_CLIENT_SUBSCRIPTION', null],
    ['PROJECT_CLIENT_SUBSCRIPTION', null],
    ['BI_AZURE_P2', null],
    ['INTUNE_A', null],
    ['AAD_PREMIUM', null],
    ['AAD_PREMIUM_P2', null],
    ['SHAREPOINT_PROJECT', null],
    ['MCOEV', null],
    ['A_PLAN_OF_TOMORROW', null],
  ] as const)('%s: %s', (name, shown) => {
    expect(shownByOf(name)).toBe(shown);
  });

  it('never make a person idle in Visio, whose OneDrive alone is seen', () => {
    const found = noActivity(
      holderOf('VISIOCLIENT'),
      id('VISIOCLIENT'),
      { bySku, names },
      idle(),
      coverage,
      SINCE,
    );
    expect(found?.unseen.map(names.code)).toContain('VISIO_CLIENT_SUBSCRIPTION');
  });

  it('make a mailbox product unused as a whole', () => {
    const sku = id('EXCHANGESTANDARD');
    const of = (usage: PersonUsage | null) =>
      noActivity(holderOf('EXCHANGESTANDARD'), sku, { bySku, names }, usage, coverage, SINCE);
    expect(of(idle())).toEqual({ lastAt: null, until: NOW - 3 * DAY_MS, unseen: [] });
    expect(of(idle({ last: { exchange: { run: 1, at: NOW - 10 * DAY_MS } } }))).toBeNull();
    expect(of(idle({ last: {} }))).toBeNull();
    expect(of(null)).toBeNull();
  });

  it('are in one table without a line that nothing can reach', () => {
    for (const { service, plans } of PLAN_EVIDENCE) {
      const all = new Set([...bySku.values()].flat().map(names.code));
      expect(plans.source.length, service).toBeGreaterThan(3);
      expect(all.size).toBeGreaterThan(50);
    }
  });
});

describe('a smaller product', () => {
  const rules = { bySku, names, coverage, since: SINCE };
  const e5ToE3 = (off: string[], usage: PersonUsage | null = idle()) =>
    judgeSize(holderOf('SPE_E5', off), { from: id('SPE_E5'), to: id('SPE_E3'), others: [] }, usage, rules);
  const unseen = e5ToE3([]).unseen;

  it('cannot be told of while nothing shows the rest of E5, which is named', () => {
    const verdict = e5ToE3([]);
    expect(sizeOf(verdict)).toBe('cannot-tell');
    expect(verdict.unseen.map(names.code)).toEqual(
      expect.arrayContaining(['AAD_PREMIUM_P2', 'MCOEV', 'BI_AZURE_P2']),
    );
    expect(verdict.unseen.map(names.code)).not.toContain('FORMS_PLAN_E5');
  });

  it('will do where the rest of E5 is switched off', () => {
    expect(sizeOf(e5ToE3(unseen))).toBe('fits');
    expect(sizeOf(e5ToE3(unseen.filter((one) => names.code(one) !== 'MCOEV')))).toBe('cannot-tell');
  });

  it('of E3 is F3 only without Office on a computer, and with a small mailbox and OneDrive', () => {
    const off = servicePlanIdsOf(id('SPE_E3')).filter(
      (one) => !/^(?:EXCHANGE_S_ENT|SHAREPOINTENT|OFFICESUB|TEAMS1)/.test(names.code(one)),
    );
    const of = (usage: PersonUsage | null) =>
      sizeOf(
        judgeSize(
          holderOf('SPE_E3', off),
          { from: id('SPE_E3'), to: id('SPE_F1'), others: [] },
          usage,
          rules,
        ),
      );
    expect(of(idle())).toBe('fits');
    expect(of(idle({ mailbox: { bytes: 3 * 2 ** 30, hasArchive: false, kind: 'User' } }))).toBe('needs-it');
    expect(of(idle({ mailbox: { bytes: 5, hasArchive: true, kind: 'User' } }))).toBe('needs-it');
    expect(of(idle({ driveBytes: 3 * 2 ** 30 }))).toBe('needs-it');
    expect(of(idle({ driveBytes: null }))).toBe('cannot-tell');
    expect(of(idle({ last: { ...idle().last, desktop: { run: 1, at: NOW - 9 * DAY_MS } } }))).toBe(
      'needs-it',
    );
    expect(of(null)).toBe('cannot-tell');
  });
});

describe('add-ons', () => {
  const loose = (...partNumbers: string[]) =>
    looseAddOns(aUserState({ assignments: partNumbers.map((one) => anAssignment({ skuId: id(one) })) }), {
      partNumber: (skuId) => skus.find((one) => id(one) === skuId) ?? '',
      plansOf: (user, skuId) => plansOn(user, skuId, bySku).map(names.code),
    }).map(({ skuId }) => skus.find((one) => id(one) === skuId));
  it.each([
    [['MCOEV'], ['MCOEV']],
    [['MCOEV', 'SPE_E3'], []],
    [['MCOPSTN1', 'SPE_E3'], ['MCOPSTN1']],
    [['MCOPSTN1', 'SPE_E5'], []],
    [['Microsoft_365_Copilot'], ['Microsoft_365_Copilot']],
    [['Microsoft_365_Copilot', 'SPE_F1'], []],
    [['VISIOCLIENT'], []],
  ])('of %s lack their base: %s', (held, found) => {
    expect(loose(...held)).toEqual(found);
  });
});

describe('what an account is', () => {
  const facts = { usage: null, purpose: null, holdsResourceProduct: false };
  const lee = aUserState({ displayName: 'Lee Gu', userPrincipalName: 'lee@contoso.com' });
  const info = aUserState({
    displayName: 'Info',
    givenName: null,
    surname: null,
    userPrincipalName: 'info@contoso.com',
  });
  it.each([
    ['by Exchange', lee, { ...facts, purpose: 'shared' }, 'shared', true],
    ['by Exchange, a room', lee, { ...facts, purpose: 'room' }, 'room', true],
    [
      'by the report',
      lee,
      { ...facts, usage: idle({ mailbox: { bytes: 1, hasArchive: null, kind: 'Shared' } }) },
      'shared',
      true,
    ],
    ['by its name', info, facts, 'shared', false],
    ['a person whatever the name', info, { ...facts, purpose: 'user' }, 'person', true],
    ['blocked', { ...lee, accountEnabled: false }, facts, 'blocked', true],
    ['a guest', { ...lee, userType: 'Guest' }, facts, 'guest', true],
    [
      'emergency access, though shared',
      aUserState({ displayName: 'Break-glass One' }),
      { ...facts, purpose: 'shared' },
      'emergency',
      false,
    ],
  ] as const)('%s', (_how, user, known, kind, certain) => {
    expect(accountOf({ ...user, assignments: [] }, known)).toMatchObject({ kind, certain });
  });

  it.each([
    [{ bytes: 51 * 2 ** 30, hasArchive: false, kind: 'Shared' }, 'too-large'],
    [{ bytes: 1, hasArchive: true, kind: 'Shared' }, 'archive'],
    [{ bytes: 1, hasArchive: false, kind: 'Shared' }, 'not-seen'],
    [{ bytes: null, hasArchive: null, kind: 'Shared' }, 'not-known'],
  ] as const)('a shared mailbox of %s: %s', (mailbox, need) => {
    expect(sharedNeed(idle({ mailbox }))).toBe(need);
  });
});

it('plans of a product count once, and only those that are on', () => {
  expect(evidenceFor([plan('TEAMS1'), plan('TEAMS1'), plan('VISIOONLINE')], names)).toEqual({
    workloads: ['teams'],
    unseen: [plan('VISIOONLINE')],
  });
});
